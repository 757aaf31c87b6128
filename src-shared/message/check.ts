import { z } from 'zod';

import { lineIdSchema } from './line.ts';

/** How long a check is waited for, milliseconds. */
export const checkPatience = 10 * 60_000;

/** A text from one of our lines to another, to see whether it arrives. Times are milliseconds since 1970. */
export const checkSchema = z.object({
  id: z.int().positive(),
  fromLineId: lineIdSchema,
  toLineId: lineIdSchema,
  state: z.enum(['waiting', 'arrived', 'missing', 'not-sent']),
  startedAt: z.int(),
  /** When the carrier took it. */
  acceptedAt: z.int().nullable(),
  arrivedAt: z.int().nullable(),
  /** How it went, in words. */
  sentence: z.string(),
});
export type CheckView = z.infer<typeof checkSchema>;

export const checkPlanSchema = z.object({
  toLineId: lineIdSchema,
  fromLineId: lineIdSchema,
  everyHours: z.int().min(1).max(168),
  nextAt: z.int(),
});

const beginning = 'Trunkline check ';

/** The words of a check. `code`: six capital letters and digits. */
export const checkText = (code: string): string => `${beginning}${code}`;

/** The code of a text that may be a check; null for any other. */
export const checkCodeIn = (text: string): string | null =>
  /^Trunkline check ([A-Z0-9]{6})$/.exec(text.trim())?.[1] ?? null;
