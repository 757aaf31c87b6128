import { z } from 'zod';

import { waitingSchema } from '../compliance/verdict.ts';
import { deliveryStateSchema } from './delivery-state.ts';
import { directionSchema, threadIdSchema } from './entry.ts';
import { lineIdSchema } from './line.ts';

/** The views of the thread list. `failed`: the last text out was not delivered or needs a decision. */
export const threadViewSchema = z.enum(['open', 'unread', 'done', 'unanswered', 'failed']);
export type ThreadView = z.infer<typeof threadViewSchema>;

/** What the list shows of the newest entry. */
export const previewSchema = z.object({
  kind: z.enum(['text', 'call', 'voicemail', 'note', 'system']),
  direction: directionSchema,
  /** Name of the colleague who wrote it; nothing where this desktop did, or nobody of the team. */
  author: z.string().nullish(),
  /** First line or so of the text; for a call or voicemail its outcome in words is made by the screen. */
  text: z.string(),
  state: deliveryStateSchema.nullable(),
  /** Seconds of a call or voicemail. */
  seconds: z.int().nonnegative().nullable(),
  outcome: z.string().nullable(),
  /** Short words for what failed, such as "landline". */
  failure: z.string().nullable(),
  /** It ended here and never left. */
  isUnsent: z.boolean().nullish(),
  hasMedia: z.boolean(),
  /** What a text waits for here; nothing where it waits for its turn alone. */
  waiting: waitingSchema.pick({ reason: true, until: true, theirTime: true }).nullish(),
});
export type Preview = z.infer<typeof previewSchema>;

/** A conversation: one of our numbers with one of theirs. */
export const threadSchema = z.object({
  id: threadIdSchema,
  uid: z.uuid(),
  lineId: lineIdSchema,
  /** E.164 (`+15550100100`), a short code (`72345`) or an alphanumeric sender, as the carrier writes it. */
  peer: z.string(),
  /** The contact's name, where one is known. */
  name: z.string().nullable(),
  /** Milliseconds since 1970 of the newest entry; null in a thread that holds only a draft. */
  lastAt: z.int().nullable(),
  preview: previewSchema.nullable(),
  unread: z.int().nonnegative(),
  done: z.boolean(),
  draft: z.string(),
  /** Whose the conversation is, as the id of a desktop of the team; null where it is everybody's. */
  assignee: z.string().nullable(),
});
export type Thread = z.infer<typeof threadSchema>;
