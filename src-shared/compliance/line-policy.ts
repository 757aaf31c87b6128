import { z } from 'zod';

/** What a line's owner decided about what may leave over it. */
export const linePolicySchema = z.object({
  /** A conversation is live for this many hours after the customer wrote. */
  liveHours: z
    .int()
    .min(1, 'A conversation is live for one hour at least.')
    .max(168, 'A conversation is live for a week at most, 168 hours.'),
  /**
   * Texts that an agent begins, in the recipient's quiet hours. `hold`: wait until they end. `ask`: wait, and the agent may
   * send all the same. `warn`: the agent is told before sending, and decides. `off`: leave at any hour. The law's hours are
   * those of solicitations (47 CFR 64.1200(c)(1)), so marketing always waits.
   */
  quietHours: z.enum(['hold', 'ask', 'warn', 'off']),
  /** The first text to somebody who gave no consent. */
  firstText: z.enum(['warn', 'ask', 'forbid']),
  /** What the rules about content find. */
  content: z.enum(['warn', 'refuse']),
  /** Texts by a number that is not registered, which carriers block. */
  registration: z.enum(['warn', 'refuse']).default('refuse'),
  /** How far a STOP to this line reaches: everywhere, which is the wide and usual reading, or this line alone. */
  optOutScope: z.enum(['all', 'line']).default('all'),
  /** The first text that an agent begins with somebody ends in how to opt out. */
  optOutWording: z.boolean().default(false),
  /** What HELP and START are answered with; null: the usual words for HELP, and nothing for START. */
  helpText: z.string().trim().min(1).max(480).nullable().default(null),
  optInText: z.string().trim().min(1).max(480).nullable().default(null),
});
export type LinePolicy = z.infer<typeof linePolicySchema>;

/** What holds on a line of which nothing was decided. */
export const usualPolicy: LinePolicy = {
  liveHours: 24,
  quietHours: 'warn',
  firstText: 'warn',
  content: 'warn',
  registration: 'refuse',
  optOutScope: 'all',
  optOutWording: false,
  helpText: null,
  optInText: null,
};
