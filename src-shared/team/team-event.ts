import { z } from 'zod';

import { consentEventSchema } from '../compliance/consent-event.ts';
import { isZone } from '../compliance/local-clock.ts';
import { templateSchema } from '../contract/template-commands.ts';
import { deliveryStateSchema } from '../message/delivery-state.ts';
import { connectionIdSchema } from '../message/line.ts';
import { sendFailureSchema } from '../provider/send-failure.ts';
import { policySetSchema } from './policy-event.ts';
import { ratesSetSchema } from './rates-event.ts';
import { registrationSetSchema } from './registration-event.ts';

/** Stands in a delivery's `provider` where it is no carrier that speaks but one of the team's desktops. */
export const teamProvider = 'trunkline';

/** A conversation as every desktop knows it: ids of threads and lines are each desktop's own. */
export const teamPlaceSchema = z.strictObject({
  connectionId: connectionIdSchema,
  /** Our number and theirs. */
  line: z.string().max(64),
  peer: z.string().max(64),
});
export type TeamPlace = z.infer<typeof teamPlaceSchema>;

const common = {
  /** UUIDv7: the same event told twice changes nothing the second time. */
  id: z.uuid(),
  /** When it happened by the clock of the desktop that tells it, milliseconds since 1970. */
  at: z.int(),
};

/** Uids told at once of entries that were read. */
export const mostReadAtOnce = 200;

const mostPictures = 20;

const billing = z.strictObject({
  segments: z.int().nullable(),
  priceMicros: z.int().nullable(),
  feeMicros: z.int().nullable(),
  currency: z.string().max(8),
});

/**
 * A text was accepted from an agent. It also empties the conversation's draft and opens it again. `after` is the number of the
 * last delivery that the desktop had taken in: what came in after that is not answered by it.
 */
export const textWrittenSchema = z.strictObject({
  ...common,
  kind: z.literal('text-written'),
  uid: z.uuid(),
  place: teamPlaceSchema,
  text: z.string().max(20_000),
  segments: z.int().nonnegative(),
  encoding: z.enum(['GSM-7', 'UCS-2']),
  /** Media types of the pictures sent with it; their bytes stay with the desktop that sent them. */
  pictures: z.array(z.string().max(100)).max(mostPictures),
  after: z.int().nonnegative(),
  /** No person wrote it, so it answers nobody and changes no draft. */
  automatic: z.literal(true).optional(),
});

/** Something was learnt of a text out other than by a webhook, which every desktop hears itself. */
export const textLearntSchema = z.strictObject({
  ...common,
  kind: z.literal('text-learnt'),
  uid: z.uuid(),
  connectionId: connectionIdSchema,
  attempt: z.int().positive(),
  state: deliveryStateSchema,
  failure: sendFailureSchema.nullable(),
  source: z.enum(['own', 'answer', 'list']),
  happenedAt: z.int().nullable(),
  /** The carrier's id of the text, once known: by it the receipts are matched. */
  providerId: z.string().max(256).nullable(),
  billing: billing.nullable(),
});

/** These entries were read. What is read stays read, so the order of such events does not matter. */
export const threadReadSchema = z.strictObject({
  ...common,
  kind: z.literal('thread-read'),
  place: teamPlaceSchema,
  uids: z.array(z.uuid()).min(1).max(mostReadAtOnce),
});

/** A register: the last one in the order of the log holds. */
export const threadDraftSchema = z.strictObject({
  ...common,
  kind: z.literal('thread-draft'),
  place: teamPlaceSchema,
  text: z.string().max(20_000),
});

/**
 * A register. `after` is the number of the last delivery that the desktop had taken in: marking done what had news after that
 * changes nothing, because whoever did it had not seen the news.
 */
export const threadDoneSchema = z.strictObject({
  ...common,
  kind: z.literal('thread-done'),
  place: teamPlaceSchema,
  done: z.boolean(),
  after: z.int().nonnegative(),
});

/** A register: whose the conversation is, as the id of a desktop; null gives it back to all. */
export const threadAssignedSchema = z.strictObject({
  ...common,
  kind: z.literal('thread-assigned'),
  place: teamPlaceSchema,
  to: z.string().max(64).nullable(),
});

/** Words for the team alone, in the timeline of a conversation. */
export const noteWrittenSchema = z.strictObject({
  ...common,
  kind: z.literal('note-written'),
  uid: z.uuid(),
  place: teamPlaceSchema,
  text: z.string().min(1).max(20_000),
});

/** An agent changed somebody's consent. It reaches as far as the event says, whatever the conversation it was done in. */
export const consentToldSchema = z.strictObject({
  ...common,
  kind: z.literal('consent-told'),
  place: teamPlaceSchema,
  event: consentEventSchema,
});

/**
 * A desktop offers to send a reply that no person writes, by the reply's uid. Every desktop hears what is to be answered and may
 * claim it; the first claim in the order of the log holds.
 */
export const replyClaimedSchema = z.strictObject({
  ...common,
  kind: z.literal('reply-claimed'),
  place: teamPlaceSchema,
  uid: z.uuid(),
});

/** An agent gave a text a time, or another one. Only their desktop sends it; the others show when. */
export const textScheduledSchema = z.strictObject({
  ...common,
  kind: z.literal('text-scheduled'),
  uid: z.uuid(),
  place: teamPlaceSchema,
  /** Milliseconds since 1970. */
  dueAt: z.int().positive(),
  /** IANA zone of the clock it was chosen by. */
  zone: z.string().max(64).refine(isZone, 'must be a time zone'),
});

/** A register for each template, by its uid: the last event in the order of the log holds. */
export const templateSavedSchema = z.strictObject({
  ...common,
  kind: z.literal('template-saved'),
  ...templateSchema.shape,
});
export const templateRemovedSchema = z.strictObject({
  ...common,
  kind: z.literal('template-removed'),
  uid: z.uuid(),
});

/** What one desktop tells the others through the log. Who tells it is known from whom the relay took it. */
export const teamEventSchema = z.discriminatedUnion('kind', [
  textWrittenSchema,
  textLearntSchema,
  threadReadSchema,
  threadDraftSchema,
  threadDoneSchema,
  threadAssignedSchema,
  noteWrittenSchema,
  consentToldSchema,
  replyClaimedSchema,
  ratesSetSchema,
  policySetSchema,
  registrationSetSchema,
  textScheduledSchema,
  templateSavedSchema,
  templateRemovedSchema,
]);
export type TeamEvent = z.infer<typeof teamEventSchema>;
