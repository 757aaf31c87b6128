import { z } from 'zod';

import { connectionIdSchema, lineIdSchema, numberTypeSchema } from '../message/line.ts';
import { hookPurposeSchema } from '../provider/capabilities.ts';
import { sendFailureSchema } from '../provider/send-failure.ts';

/** An address the carrier should call, whole where a public URL is set, else the path alone. */
export const hookShape = z.object({ purpose: hookPurposeSchema, url: z.string() });

/** How texts come in over a connection. `none`: nobody can reach us and the carrier has no list, so nothing comes in. */
export const inboundRoadSchema = z.enum(['webhook', 'polling', 'session', 'none']);
export type InboundRoad = z.infer<typeof inboundRoadSchema>;

/** A connection as its page shows it. Times are milliseconds since 1970. */
export const connectionSchema = z.object({
  id: connectionIdSchema,
  provider: z.string(),
  label: z.string(),
  baseUrl: z.string().nullable(),
  publicUrl: z.string().nullable(),
  disabled: z.boolean(),
  /** Kept by this desktop alone, or told by the team's relay, where alone it can be changed. */
  origin: z.enum(['own', 'team']),
  inboundRoad: inboundRoadSchema,
  hooks: z.array(hookShape),
  state: z.enum(['ok', 'trouble', 'starting', 'off']),
  /** The state in words. */
  sentence: z.string(),
  lastInboundAt: z.int().nullable(),
  lastReceiptAt: z.int().nullable(),
  /** Its lines, with when each last heard something. */
  lines: z.array(
    z.object({
      lineId: lineIdSchema,
      lastInboundAt: z.int().nullable(),
      lastReceiptAt: z.int().nullable(),
    }),
  ),
  /** Calls to its hooks that were not authentic, since the start of the program. */
  signatureFailures: z.int().nonnegative(),
});
export type ConnectionView = z.infer<typeof connectionSchema>;

/** A number that a connection is to use. */
export const wantedNumberSchema = z.strictObject({
  number: z.string().max(32),
  label: z.string().max(60),
  numberType: numberTypeSchema,
});

/** What a person enters to connect. `credentials` go to the secret store and nowhere else. */
export const newConnectionSchema = z.strictObject({
  provider: z.string().max(40),
  label: z.string().trim().min(1).max(60),
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .nullable(),
  publicUrl: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .regex(/^[^?#@]*$/, 'must end before any ?, # or @')
    .nullable(),
  credentials: z.record(z.string().max(60), z.string().max(20_000)),
  numbers: z.array(wantedNumberSchema).max(1_000),
});
export type NewConnection = z.infer<typeof newConnectionSchema>;

const registrationSchema = z.object({
  state: z.enum(['registered', 'pending', 'unregistered', 'rejected']),
  brandId: z.string().nullable(),
  campaignId: z.string().nullable(),
  detail: z.string().nullable(),
});

/** One number of the account as the carrier tells of it. */
export const carrierNumberSchema = z.object({
  number: z.string(),
  id: z.string().nullable(),
  label: z.string().nullable(),
  numberType: numberTypeSchema,
  sms: z.boolean(),
  mms: z.boolean(),
  voice: z.boolean(),
  hookUrl: z.string().nullable(),
  registration: registrationSchema.nullable(),
});

/** A number that can be bought. Money in millionths of a dollar. */
export const numberOfferSchema = z.object({
  number: z.string(),
  numberType: numberTypeSchema,
  place: z.string().nullable(),
  sms: z.boolean(),
  mms: z.boolean(),
  setupMicros: z.int().nullable(),
  monthlyMicros: z.int().nullable(),
});

/** What a test of credentials found. `numbers` is empty where the carrier lists none. */
export const connectionTestSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('good'),
    account: z.string().nullable(),
    numbers: z.array(carrierNumberSchema),
  }),
  z.object({ kind: z.literal('bad'), failure: sendFailureSchema }),
]);

/** How far the fetching of a connection's history has come. `failure` says why it stopped early. */
export const syncSchema = z.object({
  connectionId: connectionIdSchema,
  state: z.enum(['running', 'done', 'cancelled', 'failed']),
  /** Rows of the carrier's lists read so far, and what was new among them. */
  read: z.int().nonnegative(),
  texts: z.int().nonnegative(),
  calls: z.int().nonnegative(),
  failure: sendFailureSchema.nullable(),
});
export type Sync = z.infer<typeof syncSchema>;

/** What became of pointing one number's hooks at us. */
export const hookOutcomeSchema = z.object({
  number: z.string(),
  failure: sendFailureSchema.nullable(),
});

/** A carrier that is a filled form of another, as far as it is known. */
export const presetSchema = z.object({
  id: z.string(),
  label: z.string(),
  about: z.string(),
  over: z.string(),
  values: z.record(z.string(), z.string()),
  blanks: z.array(z.object({ field: z.string(), question: z.string() })).readonly(),
  unverified: z.literal(true),
  questions: z.array(z.string()).readonly(),
});

/**
 * One step of verifying a connection. `unclear`: neither proved nor disproved; `skipped`: not asked for, or not to be had
 * with this carrier.
 */
export const verifyStepSchema = z.object({
  step: z.enum(['credentials', 'abilities', 'text-to-self']),
  verdict: z.enum(['passed', 'failed', 'unclear', 'skipped']),
  sentence: z.string(),
});
export type VerifyStep = z.infer<typeof verifyStepSchema>;
