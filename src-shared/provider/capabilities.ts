/** What a hook is for. A carrier calls each of its purposes at an address of its own, or all at one. */
export type HookPurpose = 'messages' | 'mms' | 'receipts' | 'mms-receipts' | 'calls';

/** What may stand as the sender of a text. */
export type SenderType = '10dlc' | 'toll-free' | 'short-code' | 'alphanumeric';

export type MediaLimits = {
  /** Octets of all attachments and the text together. */
  readonly maxTotalOctets: number;
  readonly maxCount: number;
  /** Media types a handset is likely to show. */
  readonly types: readonly string[];
};

/** One thing a person must enter to connect. `secret` ones go to the secret store alone. */
export type CredentialField = {
  readonly name: string;
  readonly label: string;
  readonly secret: boolean;
  readonly optional: boolean;
  /** Where to find it, in a sentence. */
  readonly hint: string;
  /** Longer than a line, such as a private key. */
  readonly multiline?: boolean;
  /** The only values there are, the first being the default. */
  readonly choices?: readonly string[];
};

/** What a carrier can do, as data: the screen and the judge ask these, never the carrier's name. */
export type Capabilities = {
  readonly label: string;
  /** One sentence for the person choosing a carrier. */
  readonly about: string;
  readonly credentials: readonly CredentialField[];
  readonly mms: boolean;
  readonly groupMms: boolean;
  readonly deliveryReceipts: boolean;
  /** Hooks are signed; otherwise their address holds a secret. */
  readonly signedWebhooks: boolean;
  /** The purposes that each have an address of their own. Empty where texts come over a standing session. */
  readonly hooks: readonly HookPurpose[];
  /** Texts come over a session that this program keeps open, not by webhook. */
  readonly keepsSession: boolean;
  /** Our reference comes back in receipts or lists, so that an unknown outcome can be resolved for certain. */
  readonly echoesReference: boolean;
  readonly idempotencyKey: boolean;
  readonly schedules: boolean;
  readonly listsMessages: boolean;
  readonly listsNumbers: boolean;
  readonly searchesNumbers: boolean;
  readonly buysNumbers: boolean;
  readonly configuresWebhooks: boolean;
  readonly tellsCampaigns: boolean;
  readonly listsCalls: boolean;
  readonly senderTypes: readonly SenderType[];
  /** Null where there is no MMS. */
  readonly media: MediaLimits | null;
  /** Longest text in UTF-16 units. */
  readonly maxTextUnits: number;
  /** How many sends may be under way at once on one connection. */
  readonly parallelSends: number;
  /** When to look for a text of unknown outcome in the carrier's list: milliseconds after the outcome became unknown. */
  readonly reconcileAfterMs: readonly number[];
};

/** What holds for most carriers; a carrier's own file says only where it differs. */
export const usualCapabilities = {
  groupMms: false,
  deliveryReceipts: true,
  signedWebhooks: true,
  hooks: ['messages', 'receipts'],
  keepsSession: false,
  echoesReference: false,
  idempotencyKey: false,
  schedules: false,
  listsMessages: false,
  listsNumbers: false,
  searchesNumbers: false,
  buysNumbers: false,
  configuresWebhooks: false,
  tellsCampaigns: false,
  listsCalls: false,
  maxTextUnits: 1_600,
  parallelSends: 5,
  reconcileAfterMs: [15_000, 60_000, 300_000, 1_800_000],
} as const satisfies Partial<Capabilities>;
