import { z } from 'zod';

import { events, type EventName } from './contract.ts';
import { failureSchema } from './failure.ts';

/** Calls of one wire that may be under way at once; a screen keeps the rest waiting, a host refuses them. */
export const maxCallsInFlight = 64;

/**
 * Longest frame a host sends, in UTF-16 units: 2 Mi. It is more than a screen may send, because a page of 200 long texts is
 * longer than any command.
 */
export const maxAnswerUnits = 2_097_152;

/** Rises by one with every call of a screen, so that no id is ever used twice on one wire. */
const callIdSchema = z.int().positive();

const eventNameSchema = z.enum(Object.keys(events) as [EventName, ...EventName[]]);

/**
 * The first frame of either end, with the contract version it speaks. Not strict: a version still to come must be readable
 * enough to be told apart.
 */
const helloSchema = z.object({ kind: z.literal('hello'), version: z.int().positive() });

/** What a screen sends. */
export const screenFrameSchema = z.discriminatedUnion('kind', [
  helloSchema,
  /** Asks for one command; answered by a `result` or a `failure` with the same id. */
  z.strictObject({
    kind: z.literal('call'),
    id: callIdSchema,
    command: z.string(),
    input: z.unknown(),
  }),
  /** From now on the screen wants to hear this event. */
  z.strictObject({ kind: z.literal('subscribe'), event: eventNameSchema }),
  z.strictObject({ kind: z.literal('unsubscribe'), event: eventNameSchema }),
]);
export type ScreenFrame = z.infer<typeof screenFrameSchema>;
export type CallFrame = Extract<ScreenFrame, { kind: 'call' }>;

/** What a host sends. */
export const hostFrameSchema = z.discriminatedUnion('kind', [
  helloSchema,
  z.strictObject({ kind: z.literal('result'), id: callIdSchema, output: z.unknown() }),
  /** `id` is null where the frame that failed was no readable call. */
  z.strictObject({
    kind: z.literal('failure'),
    id: callIdSchema.nullable(),
    failure: failureSchema,
  }),
  z.strictObject({ kind: z.literal('event'), event: eventNameSchema, payload: z.unknown() }),
]);
export type HostFrame = z.infer<typeof hostFrameSchema>;
