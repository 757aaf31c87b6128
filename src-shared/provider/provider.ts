import type { SendFailure } from './send-failure.ts';

/** A webhook call as it came in, before anybody has understood it. Header names are lower case. */
export type RawDelivery = {
  readonly provider: string;
  readonly connectionId: string;
  readonly method: string;
  /** The public URL the carrier called, as configured, not as derived from the Host header. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
};

/** Which part of a longer text this is: reference and its width in bits, parts in all, this part counted from 1. */
export type PartOfText = {
  readonly reference: number;
  readonly width: 8 | 16;
  readonly total: number;
  readonly sequence: number;
};

export type RemoteMedia = { readonly url: string; readonly type: string | null };

export type TextReceived = {
  readonly kind: 'text-received';
  readonly providerMessageId: string;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly media: readonly RemoteMedia[];
  readonly part: PartOfText | null;
  /** When the carrier says it was sent, milliseconds since 1970; null where it does not say. */
  readonly sentAt: number | null;
};

export type ReceiptState = 'accepted' | 'sent' | 'delivered' | 'failed';

export type ReceiptReceived = {
  readonly kind: 'receipt';
  readonly providerMessageId: string;
  /** Our own uid of the text, where the carrier echoes it. */
  readonly reference: string | null;
  readonly state: ReceiptState;
  readonly failure: SendFailure | null;
  /** When the carrier says it happened, milliseconds since 1970; null where it does not say. */
  readonly happenedAt: number | null;
};

export type CallReceived = {
  readonly kind: 'call';
  readonly providerCallId: string;
  readonly direction: 'in' | 'out';
  /** Our number and theirs, whatever the direction. */
  readonly line: string;
  readonly peer: string;
  readonly outcome: 'answered' | 'missed' | 'declined' | 'busy';
  readonly seconds: number;
};

export type VoicemailReceived = {
  readonly kind: 'voicemail';
  readonly providerCallId: string;
  readonly direction: 'in' | 'out';
  readonly line: string;
  readonly peer: string;
  readonly seconds: number;
  readonly media: readonly RemoteMedia[];
};

/** What a delivery turned out to say. One delivery may hold several. */
export type DeliveryEvent = TextReceived | ReceiptReceived | CallReceived | VoicemailReceived;

/** Authentic but not understood: kept raw and shown as needing attention. */
export class UnreadableDelivery extends Error {
  override readonly name = 'UnreadableDelivery';
}

/** A text ready to leave. `uid` is our own reference, echoed in callbacks where the carrier can. */
export type OutboundText = {
  readonly uid: string;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly mediaUrls: readonly string[];
};

/**
 * How a send ended.
 * `refused`: the carrier said no, for good. `unsent`: nothing was taken, so the same text may be tried again, not before
 * `retryAfterMs`. `unknown`: bytes left and no clear answer came; never tried again blindly.
 */
export type SendOutcome =
  | { readonly kind: 'accepted'; readonly providerMessageId: string }
  | { readonly kind: 'refused'; readonly failure: SendFailure }
  | { readonly kind: 'unsent'; readonly failure: SendFailure; readonly retryAfterMs: number | null }
  | { readonly kind: 'unknown'; readonly failure: SendFailure };

/** One outbound text as the carrier's own list shows it. */
export type ListedText = {
  readonly providerMessageId: string;
  readonly reference: string | null;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly createdAt: number;
  readonly state: ReceiptState;
  readonly failure: SendFailure | null;
};

/** Which outbound texts to list: between two of the numbers, created at or after `since` (milliseconds since 1970). */
export type ListQuery = { readonly from: string; readonly to: string; readonly since: number };

/** What a carrier can do, as data, so that nobody asks for its name. */
export type Capabilities = {
  readonly label: string;
  readonly mms: boolean;
  readonly deliveryReceipts: boolean;
  readonly listsMessages: boolean;
  /** Longest text in UTF-16 units. */
  readonly maxTextUnits: number;
  /** How many sends may be under way at once on one connection. */
  readonly parallelSends: number;
  /** When to look for a text of unknown outcome in the carrier's list: milliseconds after the outcome became unknown. */
  readonly reconcileAfterMs: readonly number[];
};

/** The one interface every carrier fills. Answers are values: `send` and `listSent` never throw for what a carrier does. */
export type ProviderAdapter = {
  readonly capabilities: Capabilities;
  /** Sends one text. Resolves always; past the deadline (milliseconds), with `unknown` or `unsent` as the bytes had left or not. */
  send(text: OutboundText, deadlineMs: number): Promise<SendOutcome>;
  /** The carrier's own list of texts out, newest first; null where it could not be read this time. */
  listSent?(query: ListQuery, deadlineMs: number): Promise<readonly ListedText[] | null>;
  /** Understands a delivery. Throws {@link UnreadableDelivery}. */
  readDelivery(raw: RawDelivery): readonly DeliveryEvent[];
  /** Hosts from which inbound media of this connection may be fetched, with the headers that fetch needs. */
  mediaAccess(): {
    readonly origins: readonly string[];
    readonly headers: Readonly<Record<string, string>>;
  };
};

/** What the intake needs of a carrier before anything is stored. */
export type WebhookGuard = {
  /** Is this call truly the carrier's? Constant-time over the raw bytes. */
  authenticate(raw: RawDelivery): 'authentic' | 'forged';
  /** The same call repeated has the same key; two different calls never do. */
  dedupeKey(raw: RawDelivery): string;
  /** Answer to a call that is safely stored. */
  reply(raw: RawDelivery): {
    readonly status: number;
    readonly type: string;
    readonly body: string;
  };
};

/** What a connection is opened with. Credentials come from the host's secret store and are never logged. */
export type OpenConnection = {
  readonly connectionId: string;
  /** Where the carrier's API is; null for the carrier's own address. */
  readonly baseUrl: string | null;
  readonly credentials: Readonly<Record<string, string>>;
};

/** A carrier as the registry knows it. */
export type ProviderDefinition = {
  /** Stands in webhook URLs: `/hooks/<id>/…`. */
  readonly id: string;
  readonly capabilities: Capabilities;
  open(connection: OpenConnection): {
    readonly adapter: ProviderAdapter;
    readonly guard: WebhookGuard;
  };
};
