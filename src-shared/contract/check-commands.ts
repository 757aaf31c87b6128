import { z } from 'zod';

import { checkPlanSchema, checkSchema } from '../message/check.ts';
import { lineIdSchema } from '../message/line.ts';

const checksShape = z.object({
  plans: z.array(checkPlanSchema),
  /** The newest first, of all lines. */
  checks: z.array(checkSchema),
});

/** The part of the contract that is about texts to ourselves that show whether a line is reached. */
export const checkCommands = {
  'check.list': { input: z.strictObject({}), output: checksShape },
  /** Sends one text from a line to another and waits for it, at the price of a text. Answers at once. */
  'check.now': {
    input: z.strictObject({ fromLineId: lineIdSchema, toLineId: lineIdSchema }),
    output: z.object({ check: checkSchema }),
  },
  /** Does so by itself from now on, every so many hours; takes the place of the line's earlier plan. */
  'check.plan': {
    input: checkPlanSchema.omit({ nextAt: true }).strict(),
    output: z.object({}),
  },
  'check.unplan': { input: z.strictObject({ toLineId: lineIdSchema }), output: z.object({}) },
} as const;

export const checkEvents = { 'checks.changed': checksShape } as const;
