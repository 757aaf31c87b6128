import { z } from 'zod';

import { consentEventSchema } from '../compliance/consent-event.ts';
import { threadIdSchema } from '../message/entry.ts';

/** Where a number's consent stands, as the screen shows it. */
export const consentSummarySchema = z.object({
  number: z.string(),
  standing: z.enum([
    'opted-out',
    'likely-opt-out',
    'asked',
    'express-written',
    'express',
    'opt-in',
    'none',
  ]),
  /** When it came to stand so, milliseconds since 1970; null where nothing is on file. */
  at: z.int().nullable(),
  /** Whose deed it was: an opt-out of an agent alone can be undone here. */
  by: z.enum(['customer', 'agent', 'carrier']).nullable(),
  /** Nobody decided in time about a text that reads like an opt-out. */
  byLikelihood: z.boolean(),
  /** What they wrote. */
  words: z.string().nullable(),
  /** When a likely opt-out counts as one. */
  until: z.int().nullable(),
});
export type ConsentSummary = z.infer<typeof consentSummarySchema>;

/** One event in words, with what it rests on. */
export const shownConsentEventSchema = consentEventSchema.extend({
  /** "Opted out", "Consent in writing", … */
  title: z.string(),
  /** Where it comes from, a sentence. */
  detail: z.string(),
});
export type ShownConsentEvent = z.infer<typeof shownConsentEventSchema>;

const thread = z.strictObject({ threadId: threadIdSchema });
const answer = z.object({ consent: consentSummarySchema });
const note = z.string().trim().max(2_000);

/** The part of the contract that is about who may be texted. */
export const consentCommands = {
  /** The consent of a conversation's number and all that is known of it; with `asOf` as it stood at that moment. */
  'consent.get': {
    input: z.strictObject({ threadId: threadIdSchema, asOf: z.int().nullable() }),
    output: answer.extend({
      events: z.array(shownConsentEventSchema),
      /** Texts that an opt-out would cancel here. */
      pending: z.int().nonnegative(),
    }),
  },
  /** An agent opts this person out: everything that waits for them is cancelled. */
  'consent.opt-out': { input: thread.extend({ note }), output: answer },
  /** Takes an agent's opt-out back. One of the customer or the carrier is refused. */
  'consent.undo': { input: thread, output: answer },
  /** Says of a text that reads like an opt-out whether it is one. */
  'consent.decide': { input: thread.extend({ isOptOut: z.boolean() }), output: answer },
  /** Puts on file that this person agreed, by word of mouth or in writing; the note says how. */
  'consent.record': {
    input: thread.extend({
      kind: z.enum(['express', 'express-written']),
      note: note.min(3, 'Say in a few words how they agreed.'),
    }),
    output: answer,
  },
  /** Everything on file about this number with the chain that proves it, for a file. */
  'consent.proof': {
    input: thread.extend({ format: z.enum(['json', 'html']) }),
    output: z.object({ name: z.string(), type: z.string(), text: z.string() }),
  },
} as const;

export const consentEvents = {
  /** Something about this number's consent changed. */
  'consent.changed': z.object({ number: z.string() }),
} as const;
