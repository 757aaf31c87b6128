import { z } from 'zod';

import { isZone } from '../compliance/local-clock.ts';
import { entryIdSchema, textEntrySchema } from '../message/entry.ts';
import { threadSchema } from '../message/thread.ts';
import { mediaIdSchema } from './attachment-commands.ts';
import { overrideReasonSchema, sendTargetSchema } from './gate-commands.ts';

const zone = z.string().max(64).refine(isZone, 'must be a time zone such as America/Chicago');
/** Milliseconds since 1970. */
const dueAt = z.int().positive();

/** The part of the contract that is about texts for later. Taking one back is `message.cancel`, as for every text that waits. */
export const scheduleCommands = {
  /** Keeps a text until its time. It is judged now and again when it leaves; `uid` as in `message.send`. */
  'message.schedule': {
    input: z.strictObject({
      uid: z.uuid(),
      target: sendTargetSchema,
      text: z.string(),
      media: z.array(mediaIdSchema).max(10).optional(),
      contentReason: overrideReasonSchema.optional(),
      dueAt,
      /** The recipient's clock, by which it was chosen: an IANA zone. */
      zone,
      /** Leaves also where they wrote in the meantime; otherwise it then goes back to the draft. */
      evenIfTheyWrite: z.boolean(),
    }),
    output: z.object({ entry: textEntrySchema, thread: threadSchema }),
  },
  /** Gives a text for later another time. */
  'schedule.change': {
    input: z.strictObject({ entryId: entryIdSchema, dueAt, zone, evenIfTheyWrite: z.boolean() }),
    output: z.object({ entry: textEntrySchema }),
  },
  /** Has a text for later judged and sent now. */
  'schedule.send-now': {
    input: z.strictObject({ entryId: entryIdSchema }),
    output: z.object({ entry: textEntrySchema }),
  },
} as const;
