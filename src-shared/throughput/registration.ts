import { z } from 'zod';

import { lineIdSchema } from '../message/line.ts';
import { attClassSchema } from './throughput-tables.ts';

const registryId = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9_-]{3,40}$/, 'An id of the registry has letters and digits alone.');

/** Who sends, as the registry knows them. Its day at T-Mobile is counted over every campaign and every connection. */
export const brandSchema = z.strictObject({
  id: registryId,
  name: z.string().trim().min(1, 'The brand needs a name.').max(120),
  kind: z.enum(['standard', 'low-volume', 'sole-proprietor', 'russell-3000', 'government']),
  /** Of its vetting, 0 to 100; null where it was not vetted. */
  score: z.int().min(0).max(100).nullable(),
  /** Is a tax id known? Only a digest of it is kept. */
  hasTaxId: z.boolean(),
  /** Percent of its day that is kept for replies. */
  replySlice: z.int().min(0).max(90),
});
export type Brand = z.infer<typeof brandSchema>;

/** What a brand sends, as it was registered. */
export const campaignSchema = z.strictObject({
  id: registryId,
  brandId: registryId,
  /** In the registry's words, such as `Customer care`. */
  useCase: z.string().trim().max(120),
  /** `declared` for one purpose; `mixed` for several or marketing; `low-volume-mixed` as registered so. */
  use: z.enum(['declared', 'mixed', 'low-volume-mixed']),
  /** The class AT&T gave it; null takes the one that its brand's score stands for. */
  attClass: attClassSchema.nullable(),
});
export type Campaign = z.infer<typeof campaignSchema>;

/** How far a line is registered for its traffic: a campaign for a local number, verification for a toll-free one. */
export const lineRegistrationSchema = z.strictObject({
  lineId: lineIdSchema,
  state: z.enum(['registered', 'pending', 'unregistered', 'rejected', 'unknown']),
  campaignId: registryId.nullable(),
  /** Who said so. */
  source: z.enum(['person', 'carrier']),
  /** In the carrier's words. */
  detail: z.string().max(500).nullable(),
});
export type LineRegistration = z.infer<typeof lineRegistrationSchema>;
