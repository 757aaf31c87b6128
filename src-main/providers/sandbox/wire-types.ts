import { z } from 'zod';

/** The carrier's ids: printable, and no longer than anything sensible. */
const id = z.string().regex(/^[\x21-\x7e]{1,200}$/);
const time = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
/** A number, a short code or the name of a sender. */
const party = z.string().min(1).max(64);
const media = z.object({
  url: z.url({ protocol: /^https?$/ }).max(2_048),
  type: z.string().max(200).nullable(),
});
const seconds = z
  .int()
  .min(0)
  .max(7 * 86_400);
const outcomeOfText = z.enum(['accepted', 'sent', 'delivered', 'undelivered']);
const errorCode = z.string().max(200).nullable();

const part = z
  .object({
    reference: z.int().min(0).max(255),
    total: z.int().min(1).max(255),
    sequence: z.int().min(1).max(255),
  })
  .refine(({ sequence, total }) => sequence <= total, 'a part lies beyond the last');

const envelope = { id, occurred_at: time };
const call = { id, direction: z.enum(['in', 'out']), from: party, to: party };

/** A callback. Fields that are not named here are passed over; a type that is not named here is not understood. */
export const callbackShape = z.discriminatedUnion('type', [
  z.object({
    ...envelope,
    type: z.literal('message.received'),
    message: z.object({
      id,
      from: party,
      to: party,
      text: z.string(),
      media: z.array(media).max(50),
      part: part.nullable(),
    }),
  }),
  z.object({
    ...envelope,
    type: z.literal('message.status'),
    message: z.object({
      id,
      reference: z.string().max(200).nullable(),
      status: outcomeOfText,
      error_code: errorCode,
    }),
  }),
  z.object({
    ...envelope,
    type: z.literal('call.ended'),
    call: z.object({
      ...call,
      outcome: z.enum(['answered', 'missed', 'declined', 'busy']),
      seconds,
    }),
  }),
  z.object({
    ...envelope,
    type: z.literal('voicemail.left'),
    call: z.object(call),
    seconds,
    recording: media,
  }),
]);
export type Callback = z.infer<typeof callbackShape>;

/** The answer to a text that was taken. */
export const acceptedShape = z.object({
  id,
  status: z.literal('accepted'),
  reference: z.string(),
});

/** The answer to a text that was refused. */
export const complaintShape = z.object({
  error: z.object({ code: z.string(), message: z.string(), field: z.string().optional() }),
});

/** One page of the list. */
export const listShape = z.object({
  data: z.array(
    z.object({
      id,
      reference: z.string(),
      from: party,
      to: party,
      text: z.string(),
      status: outcomeOfText,
      error_code: errorCode,
      created_at: time,
    }),
  ),
  next: z.string().nullable(),
});
/** The numbers of the account. */
export const numbersShape = z.object({
  data: z.array(z.object({ number: party, mms: z.boolean() })),
});

export type ListedWire = z.infer<typeof listShape>['data'][number];
