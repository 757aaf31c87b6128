import { z } from 'zod';

import { gapIdSchema, gapSchema } from '../message/gap.ts';

/** A gap as the screen shows it. */
export const shownGapSchema = gapSchema.extend({
  sentence: z.string(),
  /** Nothing more is done about it by itself, so that it can be put away. */
  canDismiss: z.boolean(),
});
export type ShownGap = z.infer<typeof shownGapSchema>;

/** The part of the contract that is about holes in what came in. */
export const gapCommands = {
  /** Every gap that was not put away, newest first. */
  'gaps.list': {
    input: z.strictObject({}),
    output: z.object({ gaps: z.array(shownGapSchema) }),
  },
  'gap.dismiss': { input: z.strictObject({ gapId: gapIdSchema }), output: z.object({}) },
} as const;

export const gapEvents = {
  'gaps.changed': z.object({ gaps: z.array(shownGapSchema) }),
} as const;
