import { z } from 'zod';

import { linePolicySchema } from '../compliance/line-policy.ts';
import { connectionIdSchema } from '../message/line.ts';

/** A register: what the owner of a line decided about what may leave over it. */
export const policySetSchema = z.strictObject({
  /** UUIDv7: the same event told twice changes nothing the second time. */
  id: z.uuid(),
  /** When it happened by the clock of the desktop that tells it, milliseconds since 1970. */
  at: z.int(),
  kind: z.literal('policy-set'),
  connectionId: connectionIdSchema,
  /** Our number. */
  line: z.string().max(64),
  policy: linePolicySchema,
});
