import { z } from 'zod';

import { readTime } from '#shared/provider/read-time.ts';

/** The carrier's ids: printable, and no longer than anything sensible. */
export const idShape = z.string().regex(/^[\x21-\x7e]{1,200}$/);
/** A number, a short code or the name of a sender. */
export const partyShape = z.string().min(1).max(64);

/** A time in milliseconds since 1970; null where there is none or it cannot be read. */
export const timeShape = z.string().max(64).nullish().transform(readTime);
const neededTime = z.string().max(64).transform(readTime).pipe(z.int());

const complaint = z.object({
  code: z.union([z.string().max(64), z.int()]).transform(String),
  title: z.string().nullish(),
  detail: z.string().nullish(),
  source: z.object({ pointer: z.string().nullish() }).nullish(),
});
export type Complaint = z.infer<typeof complaint>;

/** What every refusal of the API looks like; the first complaint is the reason. */
export const refusalShape = z.object({ errors: z.array(complaint).min(1) });

/** In detail records an error is its bare code, elsewhere code and words. */
export const errorsShape = z
  .array(z.union([complaint, z.string().transform((code): Complaint => ({ code }))]))
  .nullish()
  .transform((errors) => errors ?? []);

const amount = z.object({
  amount: z.union([z.string().max(64), z.number()]).nullish(),
  currency: z.string().max(8).nullish(),
});

const address = z.object({ phone_number: partyShape, status: z.string().max(64).nullish() });

const media = z.object({
  url: z.url({ protocol: /^https?$/ }).max(2_048),
  content_type: z.string().max(200).nullish(),
});

/** A text in either direction, as the API and the events show it. */
export const messageShape = z.object({
  id: idShape,
  direction: z.enum(['inbound', 'outbound']),
  type: z.string().max(64).nullish(),
  from: z.object({ phone_number: partyShape }),
  to: z.array(address).min(1).max(64),
  cc: z
    .array(address)
    .max(64)
    .nullish()
    .transform((list) => list ?? []),
  text: z
    .string()
    .nullish()
    .transform((text) => text ?? ''),
  media: z
    .array(media)
    .max(50)
    .nullish()
    .transform((list) => list ?? []),
  parts: z.int().min(0).max(255).nullish(),
  cost: amount.nullish(),
  cost_breakdown: z.object({ carrier_fee: amount.nullish() }).nullish(),
  errors: errorsShape,
  received_at: timeShape,
  sent_at: timeShape,
  completed_at: timeShape,
  webhook_url: z.string().nullish(),
});
export type Message = z.infer<typeof messageShape>;

/** An answer that holds one text. */
export const messageAnswerShape = z.object({ data: messageShape });

/** An event of API version 2; what its payload is depends on the type. */
export const eventShape = z.object({
  data: z.object({
    id: idShape,
    event_type: z.string().min(1).max(200),
    occurred_at: neededTime,
    payload: z.unknown(),
  }),
});
export type Event = z.infer<typeof eventShape>['data'];
