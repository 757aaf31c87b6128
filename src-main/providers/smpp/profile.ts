import type { Login } from './wire/bind-body.ts';
import type { Tlvs } from './wire/tlvs.ts';

/** `trx`: one bind for both ways. `tx_rx`: a transmitter and a receiver, as some carriers want. */
export const bindModes = ['trx', 'tx_rx'] as const;
export type BindMode = (typeof bindModes)[number];

/** What the carrier takes data_coding 0 for. */
export const alphabets = ['gsm-7', 'latin-1'] as const;
export type DefaultAlphabet = (typeof alphabets)[number];

/**
 * How a long text goes out. `udh`, `udh-16`: parts with a header of their own, the reference in 8 or 16 bits. `sar`: parts with
 * optional parameters. `payload`: whole, for the carrier to split.
 */
export const longModes = ['udh', 'udh-16', 'sar', 'payload'] as const;
export type LongMode = (typeof longModes)[number];

/** How ids look in the answer to a text and in its receipt, where the two differ. */
export const idFormats = ['as-given', 'hex', 'hex-then-decimal', 'decimal-then-hex'] as const;
export type IdFormat = (typeof idFormats)[number];

/** Type of number and numbering plan of a short code as sender. */
export const shortCodeForms = ['3/0', '0/0', '0/1', '3/1', '6/0'] as const;
export type ShortCodeForm = (typeof shortCodeForms)[number];

/** Where the carrier listens. */
export type Place = {
  readonly host: string;
  readonly port: number;
  /** Null in the clear. */
  readonly tls: { readonly serverName: string | null; readonly authority: string | null } | null;
};

/** How a carrier is reached and what it is used to, as its own account sheet tells. */
export type Profile = {
  readonly place: Place;
  readonly login: Login;
  readonly bindMode: BindMode;
  readonly alphabet: DefaultAlphabet;
  readonly longMode: LongMode;
  readonly idFormat: IdFormat;
  readonly shortCodeForm: ShortCodeForm;
  /** How many parts may be on the road unanswered. */
  readonly window: number;
  /** Parts in a second; null for as many as the carrier takes. */
  readonly partsPerSecond: number | null;
  /** Parameters the carrier wants with every text, such as a campaign's id. */
  readonly extraTlvs: Tlvs;
};
