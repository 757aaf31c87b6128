import { z } from 'zod';

import { verdictSchema } from '../compliance/verdict.ts';
import { threadIdSchema } from '../message/entry.ts';
import { lineIdSchema } from '../message/line.ts';

/** Most people of one broadcast, and most rows of one call about them. */
export const mostPeople = 50_000;
export const mostRowsAtOnce = 200;

export const broadcastPurposeSchema = z.enum(['marketing', 'informational']);
export type BroadcastPurpose = z.infer<typeof broadcastPurposeSchema>;

/**
 * What became of one person's text. `waiting` is not in the outbox yet; `queued` is; `held` waits there for a reason;
 * `refused` was stopped by a rule, `cancelled` by a person or an opt-out; `unknown` may or may not have been taken.
 */
export const personOutcomeSchema = z.enum([
  'waiting',
  'queued',
  'held',
  'sent',
  'delivered',
  'failed',
  'unknown',
  'refused',
  'cancelled',
]);
export type PersonOutcome = z.infer<typeof personOutcomeSchema>;

export const broadcastSchema = z.object({
  id: z.int().positive(),
  uid: z.uuid(),
  lineId: lineIdSchema,
  name: z.string(),
  purpose: broadcastPurposeSchema,
  /** As it was written, with its fields. */
  text: z.string(),
  /** `draft` until it is started; `cancelling` while what waits is being taken back; `done` once all have left or ended. */
  state: z.enum(['draft', 'running', 'paused', 'cancelling', 'cancelled', 'done']),
  /** Milliseconds since 1970. */
  createdAt: z.int(),
  /** When the first text may leave: until then it can be undone as if it had not been. Null while a draft. */
  beginsAt: z.int().nullable(),
  /** How many people it is meant for, and how many of them are stored; the same once it is started. */
  people: z.int().nonnegative(),
  stored: z.int().nonnegative(),
  counts: z.record(personOutcomeSchema, z.int().nonnegative()),
});
export type Broadcast = z.infer<typeof broadcastSchema>;

export const personSchema = z.object({
  position: z.int().nonnegative(),
  /** E.164, or the digits of a short code. */
  peer: z.string(),
  text: z.string(),
  outcome: personOutcomeSchema,
  /** Why it waits, was refused or failed; null where there is nothing to say. */
  because: z.string().nullable(),
  threadId: threadIdSchema.nullable(),
});
export type Person = z.infer<typeof personSchema>;

const row = z.strictObject({ to: z.string().max(64), text: z.string().max(20_000) });
const rows = z.array(row).min(1).max(mostRowsAtOnce);
const one = z.strictObject({ broadcastId: z.int().positive() });
const answer = z.object({ broadcast: broadcastSchema });

/** The part of the contract that is about one text to many, each in a conversation of their own. */
export const broadcastCommands = {
  /** What the gate would say of each of these texts now, in order. Nothing is written down. */
  'broadcast.judge': {
    input: z.strictObject({ lineId: lineIdSchema, purpose: broadcastPurposeSchema, rows }),
    output: z.object({
      people: z.array(
        z.object({
          verdict: verdictSchema,
          segments: z.int().nonnegative(),
          /** As it is dialled; null where it is no number. */
          peer: z.string().nullable(),
        }),
      ),
    }),
  },
  /** How long so many texts would take to leave over a line, and what makes it so long; null where nothing does. */
  'broadcast.duration': {
    input: z.strictObject({
      lineId: lineIdSchema,
      texts: z.int().nonnegative(),
      units: z.int().nonnegative(),
    }),
    output: z.object({ ms: z.int().nonnegative(), because: z.string().nullable() }),
  },
  /** Begins a draft; a known `uid` (UUIDv7) is answered with what is there. */
  'broadcast.create': {
    input: z.strictObject({
      uid: z.uuid(),
      lineId: lineIdSchema,
      name: z.string().trim().min(1, 'Give it a name.').max(100),
      purpose: broadcastPurposeSchema,
      text: z.string().min(1).max(1_600),
      people: z.int().min(1).max(mostPeople),
    }),
    output: answer,
  },
  /** Stores people of a draft from this position on; those stored before are passed over. */
  'broadcast.add': {
    input: one.extend({ from: z.int().nonnegative(), rows }),
    output: answer,
  },
  /** Starts a draft whose people are all stored. The first text leaves five seconds later. */
  'broadcast.start': { input: one, output: answer },
  'broadcast.pause': { input: one, output: answer },
  'broadcast.resume': { input: one, output: answer },
  /** Takes back everything that has not left. */
  'broadcast.cancel': { input: one, output: answer },
  /** Newest first. */
  'broadcasts.list': {
    input: z.strictObject({}),
    output: z.object({ broadcasts: z.array(broadcastSchema) }),
  },
  /** A page of what became of each person, in their order. */
  'broadcast.people': {
    input: one.extend({
      outcome: personOutcomeSchema.nullable(),
      /** The position after which the page begins; null for the first. */
      after: z.int().nonnegative().nullable(),
      limit: z.int().min(1).max(mostRowsAtOnce),
    }),
    output: z.object({ people: z.array(personSchema), next: z.int().nullable() }),
  },
} as const;

export const broadcastEvents = { 'broadcast.changed': answer } as const;
