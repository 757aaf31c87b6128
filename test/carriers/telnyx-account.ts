import { type KeyObject, createHash, createPrivateKey, createPublicKey } from 'node:crypto';

export type TelnyxProfile = {
  readonly record_type: 'messaging_profile';
  readonly id: string;
  name: string;
  enabled: boolean;
  webhook_url: string | null;
  webhook_failover_url: string | null;
  webhook_api_version: '1' | '2' | '2010-04-01';
  whitelisted_destinations: string[];
};

export type TelnyxNumber = {
  readonly id: string;
  readonly phone_number: string;
  readonly phone_number_type: 'local' | 'toll_free';
  status: string;
  customer_reference: string | null;
  connection_id: string | null;
  messaging_profile_id: string | null;
  sms: boolean;
  mms: boolean;
};

export type TelnyxShortCode = {
  readonly record_type: 'short_code';
  readonly id: string;
  readonly short_code: string;
  readonly country_code: string;
  messaging_profile_id: string | null;
};

export type TelnyxMoney = { readonly amount: string; readonly currency: string };

/** A text as the carrier keeps it, in the form in which it also shows it. */
export type TelnyxMessage = {
  readonly record_type: 'message';
  readonly id: string;
  readonly direction: 'inbound' | 'outbound';
  readonly type: string;
  readonly messaging_profile_id: string;
  readonly from: { readonly phone_number: string; readonly carrier: string };
  readonly to: { readonly phone_number: string; status: string }[];
  readonly cc: { readonly phone_number: string; status: string }[];
  readonly text: string | null;
  readonly subject: null;
  readonly media: readonly { readonly url: string; readonly content_type: string | null }[];
  readonly encoding: string;
  readonly parts: number;
  readonly received_at: string;
  sent_at: string | null;
  completed_at: string | null;
  cost: TelnyxMoney | null;
  cost_breakdown: { readonly carrier_fee: TelnyxMoney; readonly rate: TelnyxMoney } | null;
  errors: { readonly code: string; readonly title: string; readonly detail?: string }[];
  readonly tags: readonly string[];
  readonly webhook_url: string | null;
  readonly webhook_failover_url: string | null;
};

/** A leg of a call, as the carrier's records show it. */
export type TelnyxCall = Readonly<Record<string, unknown>> & {
  readonly id: string;
  readonly started_at: string;
};

export type TelnyxOrder = {
  readonly id: string;
  readonly number: string;
  readonly profileId: string | null;
  status: 'pending' | 'success' | 'failure';
  looks: number;
};

/** Everything a test can set or look at. */
export type TelnyxAccount = {
  readonly apiKey: string;
  readonly profiles: Map<string, TelnyxProfile>;
  readonly numbers: TelnyxNumber[];
  readonly shortCodes: TelnyxShortCode[];
  readonly assignments: Record<string, unknown>[];
  readonly verifications: Record<string, unknown>[];
  readonly available: Record<string, unknown>[];
  readonly orders: Map<string, TelnyxOrder>;
  /** In the order they came. */
  readonly messages: Map<string, TelnyxMessage>;
  readonly calls: TelnyxCall[];
  /** Codes with which texts to these numbers are refused. */
  readonly refusals: Map<string, string>;
  /** Seconds until the limit of texts to these numbers is reset. */
  readonly rateLimited: Map<string, number>;
  /** Paths the key may not use. */
  readonly forbidden: Set<string>;
  /** How long it takes until a text stands in the records, in milliseconds. */
  listLagMs: number;
  /** What becomes of orders, and after how many looks at them. */
  ordersEnd: { readonly status: 'success' | 'failure'; readonly afterLooks: number };
};

export const profileId = '40000000-aaaa-4bbb-8ccc-000000000001';
export const ours = '+15550100001';

/** An account with one profile and one number on it. */
export function openAccount(apiKey: string): TelnyxAccount {
  const profile = makeProfile(profileId, 'Call centre');
  return {
    apiKey,
    profiles: new Map([[profile.id, profile]]),
    numbers: [makeNumber(ours, { messaging_profile_id: profile.id })],
    shortCodes: [],
    assignments: [],
    verifications: [],
    available: [],
    orders: new Map(),
    messages: new Map(),
    calls: [],
    refusals: new Map(),
    rateLimited: new Map(),
    forbidden: new Set(),
    listLagMs: 0,
    ordersEnd: { status: 'success', afterLooks: 1 },
  };
}

export function makeProfile(id: string, name: string): TelnyxProfile {
  return {
    record_type: 'messaging_profile',
    id,
    name,
    enabled: true,
    webhook_url: null,
    webhook_failover_url: null,
    webhook_api_version: '2',
    whitelisted_destinations: ['US'],
  };
}

export function makeNumber(number: string, more: Partial<TelnyxNumber> = {}): TelnyxNumber {
  const tollFree = /^\+18(00|33|44|55|66|77|88)/.test(number);
  return {
    id: `12933842610757${number.slice(-5)}`,
    phone_number: number,
    phone_number_type: tollFree ? 'toll_free' : 'local',
    status: 'active',
    customer_reference: null,
    connection_id: null,
    messaging_profile_id: null,
    sms: true,
    mms: true,
    ...more,
  };
}

export function makeShortCode(code: string, profile: string | null): TelnyxShortCode {
  return {
    record_type: 'short_code',
    id: `sc-${code}`,
    short_code: code,
    country_code: 'US',
    messaging_profile_id: profile,
  };
}

const privateWrapping = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The carrier's signing key, made from a few words so that tests can name it; real ones are made by chance. */
export function keyFrom(words: string): KeyObject {
  return keyFromSeed(createHash('sha256').update(words).digest());
}

/** An Ed25519 key from its 32 octets. */
export function keyFromSeed(seed: Uint8Array): KeyObject {
  return createPrivateKey({
    key: Buffer.concat([privateWrapping, seed]),
    format: 'der',
    type: 'pkcs8',
  });
}

/** A key's public half as the portal shows it. */
export function publicHalf(key: KeyObject): string {
  const der = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return der.subarray(-32).toString('base64');
}
