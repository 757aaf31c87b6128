import type { Billing } from './billing.ts';
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
  /** What the carrier charged, where the receipt tells. */
  readonly billing?: Billing | null;
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
