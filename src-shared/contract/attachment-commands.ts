import { z } from 'zod';

import { mediaSchema } from '../message/entry.ts';
import { lineIdSchema } from '../message/line.ts';

/** The largest file that is taken from a screen, in octets: what the most generous carrier takes. */
export const largestUpload = 5_000_000;
/** Octets of one piece: in base64 they fit the frame that a screen may send. */
export const pieceOctets = 131_072;
const pieceUnits = Math.ceil(pieceOctets / 3) * 4;

/** An id as the store makes them: 16 octets of chance in base64url. */
export const mediaIdSchema = z.string().regex(/^[\w-]{22}$/);
const uploadId = z.string().regex(/^[\w-]{22}$/);
const done = z.object({});

/** What may be attached to a text of a line. `problem` says why nothing may. */
export const attachmentRulesSchema = z.object({
  /** Octets of all attachments of one text together. */
  maxTotalOctets: z.int().nonnegative(),
  maxCount: z.int().nonnegative(),
  types: z.array(z.string()),
  problem: z.object({ because: z.string(), cure: z.string() }).nullable(),
});
export type AttachmentRules = z.infer<typeof attachmentRulesSchema>;

/**
 * How a picture comes from a screen to the host: begun, appended piece by piece in order, ended. It is then stored without what
 * it tells of place, time and camera, and goes along with a text that names it. What is not sent within a day is forgotten.
 */
export const attachmentCommands = {
  'attachment.rules': {
    input: z.strictObject({ lineId: lineIdSchema }),
    output: attachmentRulesSchema,
  },
  'attachment.begin': {
    input: z.strictObject({
      size: z.int().positive().max(largestUpload),
      /** What the browser takes it for; empty where it does not know. */
      type: z.string().max(200),
    }),
    output: z.object({ uploadId }),
  },
  'attachment.append': {
    input: z.strictObject({
      uploadId,
      /** How many octets were appended before. */
      at: z.int().nonnegative(),
      bytes: z.base64().max(pieceUnits),
    }),
    output: done,
  },
  'attachment.end': {
    input: z.strictObject({ uploadId }),
    output: z.object({ media: mediaSchema }),
  },
  /** Forgets a picture that was attached and not sent, or an upload that was begun. */
  'attachment.discard': {
    input: z.strictObject({ id: mediaIdSchema }),
    output: done,
  },
} as const;
