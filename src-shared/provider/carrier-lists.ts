import type { Direction } from '../message/entry.ts';
import type { NumberType } from '../message/line.ts';
import type { Billing } from './billing.ts';
import type { HookPurpose } from './capabilities.ts';
import type { ReceiptState, RemoteMedia } from './delivery.ts';
import type { SendFailure } from './send-failure.ts';

/** An answer that may be missing: `failure` says why, in the one taxonomy. */
export type Asked<Answer> =
  | { readonly kind: 'told'; readonly answer: Answer }
  | { readonly kind: 'not-told'; readonly failure: SendFailure };

/** A page of a list; `next` is handed back to get the following one, null on the last. */
export type ListPage<Row> = { readonly rows: readonly Row[]; readonly next: string | null };

/** What a credential test found. `account` names the account or its balance where the carrier tells. */
export type CredentialTest = { readonly account: string | null };

/** How far a number is registered for the traffic it carries, as far as the carrier tells. */
export type Registration = {
  readonly state: 'registered' | 'pending' | 'unregistered' | 'rejected';
  /** Ids as the registry gives them; null where the carrier does not tell. */
  readonly brandId: string | null;
  readonly campaignId: string | null;
  /** In the carrier's words. */
  readonly detail: string | null;
};

/** One number of the account. */
export type CarrierNumber = {
  /** E.164, or the digits of a short code. */
  readonly number: string;
  /** The carrier's own id of it, where it needs one to configure it. */
  readonly id: string | null;
  readonly label: string | null;
  readonly numberType: NumberType;
  readonly sms: boolean;
  readonly mms: boolean;
  readonly voice: boolean;
  /** Where the carrier sends its texts now; null where it does not tell or has none. */
  readonly hookUrl: string | null;
  /** Null where the carrier does not tell. */
  readonly registration: Registration | null;
};

/** A number that can be bought. Money in millionths of a dollar. */
export type NumberOffer = {
  readonly number: string;
  readonly numberType: NumberType;
  readonly place: string | null;
  readonly sms: boolean;
  readonly mms: boolean;
  readonly setupMicros: number | null;
  readonly monthlyMicros: number | null;
};

export type NumberSearch = {
  /** Digits the number should begin with after the country code: an area code or more. */
  readonly areaCode: string | null;
  readonly tollFree: boolean;
  readonly limit: number;
};

/** One text in either direction as the carrier's list shows it (a message detail record). */
export type ListedText = {
  readonly providerMessageId: string;
  readonly direction: Direction;
  /** Our own uid, where the carrier keeps it. */
  readonly reference: string | null;
  readonly from: string;
  readonly to: string;
  /** Null where the carrier keeps no content. */
  readonly text: string | null;
  readonly media: readonly RemoteMedia[];
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** Of a text out; null for a text in. */
  readonly state: ReceiptState | null;
  readonly failure: SendFailure | null;
  readonly billing: Billing | null;
};

/** Which texts to list: created in this span (milliseconds since 1970), in both directions, between two numbers where given. */
export type TextQuery = {
  readonly since: number;
  readonly until: number;
  readonly between: { readonly line: string; readonly peer: string } | null;
  readonly cursor: string | null;
};

/** One call as the carrier's records show it. */
export type ListedCall = {
  readonly providerCallId: string;
  readonly direction: Direction;
  readonly line: string;
  readonly peer: string;
  readonly outcome: 'answered' | 'missed' | 'declined' | 'busy';
  readonly seconds: number;
  readonly startedAt: number;
};

export type CallQuery = {
  readonly since: number;
  readonly until: number;
  readonly cursor: string | null;
};

/** Addresses a carrier should call, by purpose. */
export type HookAddress = { readonly purpose: HookPurpose; readonly url: string };
