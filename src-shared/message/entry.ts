import { z } from 'zod';

import { waitingSchema } from '../compliance/verdict.ts';
import { sendFailureSchema } from '../provider/send-failure.ts';
import { deliveryStateSchema } from './delivery-state.ts';

/** Integer key that also orders in time: milliseconds since 1970 × 1,000 plus a running number; fits a double to 2255. */
export const entryIdSchema = z.int().positive().brand<'EntryId'>();
export type EntryId = z.infer<typeof entryIdSchema>;

export const threadIdSchema = z.int().positive().brand<'ThreadId'>();
export type ThreadId = z.infer<typeof threadIdSchema>;

export const directionSchema = z.enum(['in', 'out']);
export type Direction = z.infer<typeof directionSchema>;

/** A picture, sound or film of a text. `id` is opaque; the host serves the bytes under it once `state` is `stored`. */
export const mediaSchema = z.object({
  id: z.string(),
  state: z.enum(['fetching', 'stored', 'failed']),
  /** Media type by our own sniffing, `application/octet-stream` where it is none we show. */
  type: z.string(),
  /** Octets; 0 until stored. */
  size: z.int().nonnegative(),
  width: z.int().positive().nullable(),
  height: z.int().positive().nullable(),
  /** Why it could not be fetched, as a sentence. */
  problem: z.string().nullable(),
});
export type Media = z.infer<typeof mediaSchema>;

const common = {
  id: entryIdSchema,
  /**
   * The same on every desktop of a team: UUIDv7 made by whoever wrote it, or UUIDv8 from the connection and the carrier's id for
   * what came in.
   */
  uid: z.uuid(),
  threadId: threadIdSchema,
  /** Milliseconds since 1970. */
  at: z.int(),
  direction: directionSchema,
};

/** Name of the desktop that wrote it; null where this one did, or where nobody knows. */
const author = z.string().nullable();

export const textEntrySchema = z.object({
  ...common,
  kind: z.literal('text'),
  author,
  text: z.string(),
  media: z.array(mediaSchema),
  state: deliveryStateSchema,
  failure: sendFailureSchema.nullable(),
  /** True where a person must decide: the outcome is unknown and the carrier's list does not show the text. */
  undecided: z.boolean(),
  /** Why it waits here though its turn came; nothing where no rule holds it. */
  waiting: waitingSchema.nullish(),
  segments: z.int().nonnegative(),
  encoding: z.enum(['GSM-7', 'UCS-2']),
});
export type TextEntry = z.infer<typeof textEntrySchema>;

export const callEntrySchema = z.object({
  ...common,
  kind: z.literal('call'),
  outcome: z.enum(['answered', 'missed', 'declined', 'busy']),
  /** Seconds of talk. */
  seconds: z.int().nonnegative(),
});
export type CallEntry = z.infer<typeof callEntrySchema>;

export const voicemailEntrySchema = z.object({
  ...common,
  kind: z.literal('voicemail'),
  seconds: z.int().nonnegative(),
  media: z.array(mediaSchema),
});
export type VoicemailEntry = z.infer<typeof voicemailEntrySchema>;

/** Words for the team alone. They stand in the timeline and never go to a carrier. */
export const noteEntrySchema = z.object({
  ...common,
  kind: z.literal('note'),
  author,
  text: z.string(),
});
export type NoteEntry = z.infer<typeof noteEntrySchema>;

/** What this program did in the conversation by itself, such as that texts were cancelled. */
export const systemEntrySchema = z.object({
  ...common,
  kind: z.literal('system'),
  text: z.string(),
});

/** One thing in a thread's timeline. */
export const entrySchema = z.discriminatedUnion('kind', [
  textEntrySchema,
  callEntrySchema,
  voicemailEntrySchema,
  noteEntrySchema,
  systemEntrySchema,
]);
export type Entry = z.infer<typeof entrySchema>;
