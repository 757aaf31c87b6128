import { z } from 'zod';

/** How far an event reaches: one of our lines by its number, a campaign, a brand, or all. The wide reading is the usual one. */
export const consentScopeSchema = z.union([
  z.strictObject({ kind: z.literal('all') }),
  z.strictObject({
    kind: z.enum(['line', 'campaign', 'brand']),
    /** The line's number, or the id of the campaign or brand. */
    of: z.string().min(1).max(100),
  }),
]);
export type ConsentScope = z.infer<typeof consentScopeSchema>;

/**
 * What happened. `express`, `express-written` and `opt-in` give consent, `opt-out` takes it away. `undo` takes an agent's own
 * opt-out back. `likely-opt-out`: a text reads like one, so a person is asked; `not-opt-out`: they say it is none. `asked`: we
 * asked this person to opt in.
 */
export const consentKindSchema = z.enum([
  'express',
  'express-written',
  'opt-in',
  'opt-out',
  'undo',
  'likely-opt-out',
  'not-opt-out',
  'asked',
]);
export type ConsentKind = z.infer<typeof consentKindSchema>;

/** Where we have it from. */
export const consentSourceSchema = z.enum([
  'keyword',
  'free-text',
  'form',
  'import',
  'verbal',
  'agent',
  'carrier',
  'block-list',
  'program',
]);
export type ConsentSource = z.infer<typeof consentSourceSchema>;

const words = z.string().max(2_000);

/** What shows that it happened; what is not known is left out. */
export const consentEvidenceSchema = z.strictObject({
  /** Uid of the text it was read from, or that the carrier refused. */
  entryUid: z.uuid().optional(),
  /** What the person wrote, word for word. */
  words: words.optional(),
  keyword: z.string().max(40).optional(),
  /** Our number it was written to, or was sent from. */
  line: z.string().max(64).optional(),
  /** The carrier's code and words. */
  code: z.string().max(500).optional(),
  /** The row of a list, with the list's name, or the form. */
  row: words.optional(),
  /** What an agent wrote about it. */
  note: words.optional(),
  /** Uid of the event that this one is about. */
  about: z.uuid().optional(),
});

/** One entry of the consent ledger. It is never changed. */
export const consentEventSchema = z.strictObject({
  uid: z.uuid(),
  /** Whose consent: E.164 or a short code. */
  number: z.string().min(1).max(64),
  kind: consentKindSchema,
  source: consentSourceSchema,
  /** Whose deed it was. */
  who: z.enum(['customer', 'agent', 'carrier']),
  /** Id of the team's desktop it was done on; null without a team, and where no agent did it. */
  by: z.string().max(64).nullable(),
  scope: consentScopeSchema,
  evidence: consentEvidenceSchema,
  /** Milliseconds since 1970. */
  at: z.int(),
});
export type ConsentEvent = z.infer<typeof consentEventSchema>;
