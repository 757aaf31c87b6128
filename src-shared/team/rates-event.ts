import { z } from 'zod';

import { connectionIdSchema } from '../message/line.ts';
import { rateCardSchema } from '../pricing/rate-card.ts';

/** A register: the rates of a connection, so that all see the same prices; null goes back to the usual ones. */
export const ratesSetSchema = z.strictObject({
  /** UUIDv7: the same event told twice changes nothing the second time. */
  id: z.uuid(),
  /** When it happened by the clock of the desktop that tells it, milliseconds since 1970. */
  at: z.int(),
  kind: z.literal('rates-set'),
  connectionId: connectionIdSchema,
  card: rateCardSchema.nullable(),
});
