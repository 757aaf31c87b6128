import type { Billing } from '#shared/provider/billing.ts';
import type { HookAddress } from '#shared/provider/carrier-lists.ts';

/** Something that came in from a person, as the person sent it. */
export type Arrival = {
  readonly from: string;
  readonly text: string;
  /** The bytes of its picture. */
  readonly picture: Uint8Array | null;
};

/** A call of a hook: a made-up text of this person. */
export type HookCall = {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** A strict local carrier as the suite over all carriers works with it. */
export type CarrierAtWork = AsyncDisposable & {
  /** The name by which it is connected. */
  readonly provider: string;
  readonly apiUrl: string;
  readonly credentials: Readonly<Record<string, string>>;
  /** A number of the account. */
  readonly ours: string;
  /** A person no text reaches, and what the details then say. */
  readonly failing: { readonly to: string; readonly words: RegExp };
  /** What a delivered text costs, as far as receipts and list tell. */
  readonly billing: Billing | null;
  /** What its list keeps of texts that came in. */
  readonly listsTextsIn: 'with words' | 'without words' | 'not at all';
  /** May a text with a picture be had whole from its list? */
  readonly listsPictures: boolean;
  /** Does it list texts that went out? */
  readonly listsTextsOut: boolean;
  /** Does it sign what it tells? */
  readonly signs: boolean;
  /** Does a signature cover the address that was called? */
  readonly signsUrl: boolean;
  /** Points the account at these addresses, as a person does on the carrier's own page. */
  point(hooks: readonly HookAddress[]): void;
  /** The carrier's ids of the texts it took for this person. */
  takenFor(to: string): Promise<readonly string[]>;
  /** Tells that a text was handed on, and then how it ended, unless the carrier does so by itself. */
  report(id: string): Promise<void>;
  /** Somebody writes, or sends a picture. */
  receive(what: 'text' | 'picture'): Promise<Arrival>;
  /** A text that nobody sent, as this hook would be told of it; signed with the true key or with another. */
  makeUp(url: string, by: 'carrier' | 'forger'): HookCall;
};

export const forgersText = 'Pay this invoice today';
export const forger = '+15550100666';

/** The address for texts, and for receipts where it is another. */
export function addressOf(hooks: readonly HookAddress[], purpose: HookAddress['purpose']): string {
  const address = hooks.find((hook) => hook.purpose === purpose)?.url;
  if (address === undefined) throw new Error(`no hook for ${purpose}`);
  return address;
}
