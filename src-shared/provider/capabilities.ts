import { z } from 'zod';

/** What a hook is for. */
export const hookPurposeSchema = z.enum(['messages', 'mms', 'receipts', 'mms-receipts', 'calls']);
export type HookPurpose = z.infer<typeof hookPurposeSchema>;

const mediaLimitsSchema = z.object({
  /** Octets of all attachments and the text together. */
  maxTotalOctets: z.int(),
  maxCount: z.int(),
  /** Media types a handset is likely to show. */
  types: z.array(z.string()).readonly(),
});

/** One thing a person must enter to connect. `secret` ones go to the secret store alone. */
export const credentialFieldSchema = z.object({
  name: z.string(),
  label: z.string(),
  secret: z.boolean(),
  optional: z.boolean(),
  /** Where to find it, in a sentence. */
  hint: z.string(),
  /** Longer than a line, such as a private key. */
  multiline: z.boolean().optional(),
  /** The only values there are, the first being the default. */
  choices: z.array(z.string()).readonly().optional(),
});
export type CredentialField = z.infer<typeof credentialFieldSchema>;

/** What a carrier can do, as data: the screen and the judge ask these, never the carrier's name. */
export const capabilitiesSchema = z
  .object({
    label: z.string(),
    /** One sentence for the person choosing a carrier. */
    about: z.string(),
    credentials: z.array(credentialFieldSchema).readonly(),
    /** The address of the API must be given, because the carrier has none of its own. */
    needsAddress: z.boolean().optional(),
    mms: z.boolean(),
    groupMms: z.boolean(),
    deliveryReceipts: z.boolean(),
    /** Hooks are signed; otherwise their address holds a secret. */
    signedWebhooks: z.boolean(),
    /** What the carrier calls us for. Empty where texts come over a standing session. */
    hooks: z.array(hookPurposeSchema).readonly(),
    /** Texts come over a session that this program keeps open, not by webhook. */
    keepsSession: z.boolean(),
    /** Our reference comes back in receipts or lists, so that an unknown outcome can be resolved for certain. */
    echoesReference: z.boolean(),
    idempotencyKey: z.boolean(),
    schedules: z.boolean(),
    listsMessages: z.boolean(),
    /** False where the list holds no words, so that texts cannot come in by it. */
    listsWords: z.boolean().optional(),
    listsNumbers: z.boolean(),
    searchesNumbers: z.boolean(),
    buysNumbers: z.boolean(),
    configuresWebhooks: z.boolean(),
    tellsCampaigns: z.boolean(),
    listsCalls: z.boolean(),
    /**
     * Whole texts, in capitals, that the carrier itself answers as an opt-out, a call for help or an opt-in: a reply of ours would
     * be the second one. Empty where it answers nothing, or where nobody knows.
     */
    confirmsOptOut: z.array(z.string()).readonly(),
    answersHelp: z.array(z.string()).readonly(),
    confirmsOptIn: z.array(z.string()).readonly(),
    /** What may stand as the sender of a text. */
    senderTypes: z.array(z.enum(['10dlc', 'toll-free', 'short-code', 'alphanumeric'])).readonly(),
    /** Null where there is no MMS. */
    media: mediaLimitsSchema.nullable(),
    /** Longest text in UTF-16 units. */
    maxTextUnits: z.int(),
    /** How many sends may be under way at once on one connection. */
    parallelSends: z.int(),
    /** When to look for a text of unknown outcome in the carrier's list: milliseconds after it became unknown. */
    reconcileAfterMs: z.array(z.int()).readonly(),
  })
  .readonly();
export type Capabilities = z.infer<typeof capabilitiesSchema>;

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
  confirmsOptOut: [],
  answersHelp: [],
  confirmsOptIn: [],
  maxTextUnits: 1_600,
  parallelSends: 5,
  reconcileAfterMs: [15_000, 60_000, 300_000, 1_800_000],
} as const satisfies Partial<Capabilities>;
