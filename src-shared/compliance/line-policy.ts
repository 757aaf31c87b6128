import { z } from 'zod';

/** What a line's owner decided about what may leave over it. */
export const linePolicySchema = z.object({
  /** A conversation is live for this many hours after the customer wrote. */
  liveHours: z
    .int()
    .min(1, 'A conversation is live for one hour at least.')
    .max(168, 'A conversation is live for a week at most, 168 hours.'),
  /**
   * Texts that an agent begins, in the recipient's quiet hours. `hold`: wait until they end. `warn`: wait, and the agent may
   * send all the same. `off`: leave at any hour. Marketing always waits.
   */
  quietHours: z.enum(['hold', 'warn', 'off']),
  /** The first text to somebody who gave no consent. */
  firstText: z.enum(['warn', 'ask', 'forbid']),
  /** What the rules about content find. */
  content: z.enum(['warn', 'refuse']),
});
export type LinePolicy = z.infer<typeof linePolicySchema>;

/** What holds on a line of which nothing was decided. */
export const usualPolicy: LinePolicy = {
  liveHours: 24,
  quietHours: 'warn',
  firstText: 'warn',
  content: 'warn',
};
