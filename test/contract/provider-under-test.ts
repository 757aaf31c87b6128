import type { DeliveryEvent, RawDelivery } from '#shared/provider/delivery.ts';
import type { OutboundText, ProviderDefinition } from '#shared/provider/provider.ts';
import type { FailureKind } from '#shared/provider/send-failure.ts';

/** A delivery as the carrier truly makes it, and what it means; fields not named in `means` may be anything. */
export type Sample = {
  readonly what: string;
  readonly raw: RawDelivery;
  readonly means: readonly (Partial<DeliveryEvent> & { readonly kind: DeliveryEvent['kind'] })[];
};

/** A running carrier that speaks as documented, and what the suite must know to make it behave. */
export type CarrierUnderTest = AsyncDisposable & {
  /** Where its API is. */
  readonly baseUrl: string;
  /** What a connection is opened with before its webhook secret is rotated, and while both secrets are good. */
  readonly credentials: Readonly<Record<string, string>>;
  readonly rotatedCredentials: Readonly<Record<string, string>>;
  /** Credentials of the right form that the carrier does not know, where changing each of them would break their form. */
  readonly wrongCredentials?: Readonly<Record<string, string>>;
  /** The names of credentials without which a connection cannot open. */
  readonly neededCredentials: readonly string[];
  /** The names of credentials that say how the carrier is spoken to and are no secret; none where not given. */
  readonly plainCredentials?: readonly string[];
  readonly secrets: { readonly current: string; readonly next: string };
  /** A number of the account. */
  readonly ours: string;
  /** Recipients by what the carrier does with a text to them. */
  readonly recipients: {
    readonly taken: string;
    readonly refused: readonly { readonly to: string; readonly kind: FailureKind }[];
    readonly rateLimited: { readonly to: string; readonly retryAfterMs: number | null };
  };
  /** Texts the carrier refuses for what they are. */
  readonly refusedTexts: readonly {
    readonly what: string;
    readonly change: Partial<OutboundText>;
    readonly kind: FailureKind;
  }[];
  /** Statuses by which the carrier says that it took nothing; other faults of its own leave that open. */
  readonly unsentStatuses: readonly number[];
  /** What the carrier's list keeps of a text beside its numbers. */
  readonly listKeeps: { readonly reference: boolean; readonly text: boolean };
  /** The status of an answer to a text that was taken, and bodies under that status that are no such answer. */
  readonly takenStatus: number;
  readonly notTaken: readonly string[];
  /** A complaint with this code in the carrier's own form, and the status it comes with. */
  complaint(code: string): { readonly status: number; readonly body: string };
  /** One of every kind of delivery: texts, pictures, parts, every state of a receipt, calls. */
  samples(): Promise<readonly Sample[]>;
  /** Headers that make any body authentic, signed at a time (milliseconds since 1970) for the URL that is called. */
  sign(
    body: Uint8Array,
    how: { readonly at: number; readonly secret: string; readonly url: string },
  ): Readonly<Record<string, string>>;
  /** The header that holds the signature; asked for only where hooks are signed. */
  readonly signatureHeader: string;
  /** The header may hold several signatures with commas between, of which one must be good. */
  readonly severalSignatures?: boolean;
  /** How old a signature may be, in milliseconds; null where the carrier signs no time. */
  readonly toleranceMs: number | null;
  /** How far ahead of our clock it may be, where that is not the same. */
  readonly aheadMs?: number;
  /** Bodies in the carrier's own form that are wrong in one place. */
  readonly hostileBodies: readonly { readonly what: string; readonly body: string }[];
};

export type ProviderUnderTest = {
  readonly definition: ProviderDefinition;
  start(): Promise<CarrierUnderTest>;
};
