import type { DeliveryState } from '#shared/message/delivery-state.ts';
import type { CallEntry, Direction, Entry, Media } from '#shared/message/entry.ts';
import type { Billing } from '#shared/provider/billing.ts';
import type { FailureKind } from '#shared/provider/send-failure.ts';

/** Moments are ISO 8601 in UTC, to the millisecond. */
type Moment = string;

export type ExportedFailure = {
  readonly kind: FailureKind;
  /** In a few words. */
  readonly meaning: string;
  /** The carrier's own code and words. */
  readonly raw: string | null;
};

export type ExportedMedia = Pick<Media, 'id' | 'state' | 'type' | 'size' | 'problem'>;

/** One try at handing a text to a carrier. */
export type ExportedAttempt = {
  readonly attempt: number;
  readonly connection: string;
  readonly startedAt: Moment | null;
  readonly providerMessageId: string | null;
};

/** One thing learnt about a text out, in the order in which it was learnt. */
export type ExportedReceipt = {
  readonly at: Moment | null;
  readonly attempt: number;
  readonly state: DeliveryState;
  readonly source: 'own' | 'answer' | 'webhook' | 'list';
  /** When the carrier says it happened. */
  readonly happenedAt: Moment | null;
  readonly failure: ExportedFailure | null;
};

/** A text, call, voicemail, note or line of the program's own as it is exported. Every kind has every field; what does not concern a kind is null or empty. */
export type ExportedEntry = {
  readonly uid: string;
  readonly kind: Entry['kind'];
  readonly direction: Direction;
  readonly at: Moment | null;
  /** Our number, its label, and the account it is on. */
  readonly line: string;
  readonly lineLabel: string;
  readonly provider: string | null;
  readonly connection: string;
  /** Uid of the thread. */
  readonly thread: string;
  readonly peer: string;
  readonly name: string | null;
  /** Name of the desktop that wrote a text out or a note; null where there is no team, or where it is not known. */
  readonly author: string | null;
  readonly text: string | null;
  readonly state: DeliveryState | null;
  /** The outcome is unknown, and a person must decide. */
  readonly undecided: boolean | null;
  readonly failure: ExportedFailure | null;
  readonly segments: number | null;
  readonly encoding: 'GSM-7' | 'UCS-2' | null;
  /** The carrier's id: of the latest attempt at a text out, or of what came in since it is kept. */
  readonly providerMessageId: string | null;
  readonly billing: Billing | null;
  readonly outcome: CallEntry['outcome'] | null;
  /** Of a call or voicemail. */
  readonly seconds: number | null;
  readonly media: readonly ExportedMedia[];
  readonly attempts: readonly ExportedAttempt[];
  readonly receipts: readonly ExportedReceipt[];
};
