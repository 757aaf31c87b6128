import type { Login } from './digest/answer-challenge.ts';

/** How a SIP trunk is reached and what it expects, as the carrier's page or an engineer of theirs told. */
export type Profile = {
  /** Stands behind the @ of every address. */
  readonly domain: string;
  /** The host that REGISTER is addressed to. */
  readonly registrar: string;
  readonly way: Way;
  /** Stands before the @ of the account's own address. */
  readonly username: string;
  readonly login: Login;
  /** Stands before the @ of From, whatever the line; null to write the line there or the account. */
  readonly fromUser: string | null;
  /** Which header names the line a text is from: `From`, or one of its own. */
  readonly senderHeader: string;
  /** Which header of a text in names the line it is to; null to try the usual ones. */
  readonly didHeader: string | null;
  readonly numberFormat: NumberFormat;
  /** How long a registration is asked for, in seconds. */
  readonly expires: number;
  /** How often a sign of life is sent, in seconds. */
  readonly keepAlive: number;
  /** False where the trunk knows us by our address, so that there is nothing to register. */
  readonly register: boolean;
  /** Asks the registrar to know the connection again by RFC 5626. */
  readonly outbound: boolean;
  readonly cpim: boolean;
  readonly imdn: boolean;
  /** The longest body taken, in bytes. */
  readonly maxBytes: number;
  /** Our numbers on this connection. */
  readonly numbers: readonly string[];
};

export const transports = ['tls', 'tcp', 'wss', 'udp'] as const;

export const numberFormats = ['e164plus', 'e164', 'nanp10'] as const;
export type NumberFormat = (typeof numberFormats)[number];

/** Where the server is and how it is spoken to. */
export type Way =
  | {
      readonly transport: 'tls' | 'tcp' | 'udp';
      readonly host: string;
      /** Null to ask the name service. */
      readonly port: number | null;
      /** The authority, in PEM, that alone signs the server's certificate; null for the usual ones. */
      readonly ca: string | null;
    }
  | { readonly transport: 'wss'; readonly url: string; readonly ca: string | null };
