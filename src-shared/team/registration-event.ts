import { z } from 'zod';

import { connectionIdSchema } from '../message/line.ts';
import { brandSchema, campaignSchema, lineRegistrationSchema } from '../throughput/registration.ts';
import { rateSchema } from '../throughput/throughput-tables.ts';

/**
 * A register: how far one of the team's lines is registered, with its campaign and its brand, and what its connection takes, so that
 * every desktop counts by the same limits.
 */
export const registrationSetSchema = z.strictObject({
  /** UUIDv7: the same event told twice changes nothing the second time. */
  id: z.uuid(),
  /** When it happened by the clock of the desktop that tells it, milliseconds since 1970. */
  at: z.int(),
  kind: z.literal('registration-set'),
  connectionId: connectionIdSchema,
  /** Our number. */
  line: z.string().max(64),
  /** Null where nothing is known of the line. */
  registration: lineRegistrationSchema.omit({ lineId: true }).nullable(),
  campaign: campaignSchema.nullable(),
  brand: brandSchema
    .omit({ hasTaxId: true })
    .extend({ taxIdDigest: z.string().max(64).nullable() })
    .nullable(),
  /** Null is what is usual with the carrier. */
  rates: z.strictObject({ sms: rateSchema, mms: rateSchema.nullable() }).nullable(),
});
