import type { Capabilities } from './capabilities.ts';
import type {
  Asked,
  CallQuery,
  CarrierNumber,
  CredentialTest,
  HookAddress,
  ListPage,
  ListedCall,
  ListedText,
  NumberOffer,
  NumberSearch,
  TextQuery,
} from './carrier-lists.ts';
import type { DeliveryEvent, RawDelivery } from './delivery.ts';
import type { SendFailure } from './send-failure.ts';

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

/** What became of asking the carrier itself whether a delivery is true. `unclear`: ask again later. */
export type Confirmation =
  | { readonly kind: 'confirmed'; readonly raw: RawDelivery }
  | { readonly kind: 'denied' }
  | { readonly kind: 'unclear'; readonly failure: SendFailure };

/**
 * The one interface every carrier fills. Answers are values: no method throws for what a carrier does, and each ends at its
 * deadline (milliseconds). Optional methods are there exactly where the capability says so.
 */
export type ProviderAdapter = {
  readonly capabilities: Capabilities;
  /** Sends one text. Past the deadline, `unknown` or `unsent` as the bytes had left or not. */
  send(text: OutboundText, deadlineMs: number): Promise<SendOutcome>;
  /** Are the credentials good? Costs nothing and sends nothing. */
  testCredentials(deadlineMs: number): Promise<Asked<CredentialTest>>;
  /** Understands a delivery. Throws {@link UnreadableDelivery}. */
  readDelivery(raw: RawDelivery): readonly DeliveryEvent[];
  /**
   * Only where hooks are unsigned: asks the carrier for what a delivery tells of, and puts the carrier's own copy in its
   * place. Called after the delivery is durable and before it is believed.
   */
  confirm?(raw: RawDelivery, deadlineMs: number): Promise<Confirmation>;
  /** Hosts from which inbound media of this connection may be fetched, with the headers that fetch needs. */
  mediaAccess(): {
    readonly origins: readonly string[];
    readonly headers: Readonly<Record<string, string>>;
  };
  /** The carrier's own list of texts, newest first. */
  listTexts?(query: TextQuery, deadlineMs: number): Promise<Asked<ListPage<ListedText>>>;
  listCalls?(query: CallQuery, deadlineMs: number): Promise<Asked<ListPage<ListedCall>>>;
  listNumbers?(cursor: string | null, deadlineMs: number): Promise<Asked<ListPage<CarrierNumber>>>;
  searchNumbers?(search: NumberSearch, deadlineMs: number): Promise<Asked<readonly NumberOffer[]>>;
  /** Buys a number: it costs money, so only ever after a person confirmed the price. */
  buyNumber?(offer: NumberOffer, deadlineMs: number): Promise<Asked<CarrierNumber>>;
  /** Points a number's hooks at these addresses. */
  configureHooks?(
    number: CarrierNumber,
    hooks: readonly HookAddress[],
    deadlineMs: number,
  ): Promise<Asked<null>>;
  /** Only where texts come over a standing session: opens it and keeps it open. */
  keepSession?(road: SessionRoad): KeptSession;
};

/** What a standing session works with; lent by the relay it lives in. */
export type SessionRoad = {
  /** Resolves when what came in is durable; only then may it be answered. Rejects where it could not be stored. */
  append(arrival: SessionArrival): Promise<void>;
  /** Hears how the session fares. */
  onState(state: SessionState): void;
};

/** Something that came in over a session, as raw as it can be kept, with the key that a repetition of it shares. */
export type SessionArrival = {
  readonly body: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
  readonly key: string;
};

export type SessionState = {
  readonly state: 'starting' | 'ok' | 'trouble';
  readonly sentence: string;
};

/** An open session. `stop` says goodbye to the carrier, waits for what is under way (at most 5 s) and closes. */
export type KeptSession = { stop(): Promise<void> };

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
  /** Our numbers on this connection. */
  readonly numbers: readonly string[];
  /** Addresses the carrier can reach us at, by purpose; empty where there is none, so that none is told to it. */
  readonly hooks: readonly HookAddress[];
};

/** A carrier as the registry knows it. */
export type ProviderDefinition = {
  /** Stands in webhook URLs: `/hooks/<id>/…`. */
  readonly id: string;
  readonly capabilities: Capabilities;
  /** Throws an Error that names the field where an address or a credential is missing or malformed. */
  open(connection: OpenConnection): {
    readonly adapter: ProviderAdapter;
    readonly guard: WebhookGuard;
  };
};
