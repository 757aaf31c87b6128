import { z } from 'zod';

/** The carrier's ids of messages: `mdr2-` and 32 hex digits, `mdr1-` in older callbacks. */
export const recordId = z.string().regex(/^mdr[0-9]-[\w-]{1,100}$/);
/** A number, seen as a JSON number too. */
const party = z
  .union([z.string().min(1).max(64), z.int().positive()])
  .transform((written) => String(written));
/** Seen as text and as a number. */
const loose = z
  .union([z.string().max(200), z.number()])
  .nullish()
  .catch(null);
const words = z.string().max(1_000).nullish().catch(null);

const receipt = z.object({
  level: loose,
  status: words,
  status_code: loose,
  status_code_description: words,
  timestamp: words,
});
export type ReceiptWire = z.infer<typeof receipt>;

const priceDetails = z.object({
  base_rate: loose,
  surcharge_rate: loose,
  segment_count: loose,
  charged_cost: loose,
});

const message = z.object({
  id: recordId,
  type: z.literal('message'),
  attributes: z.object({
    from: party,
    to: party,
    body: z.string().nullish(),
    direction: z.enum(['inbound', 'outbound']),
    is_mms: z.boolean().nullish().catch(null),
    status: words,
    timestamp: words,
    amount_display: loose,
    amount_nanodollars: loose,
    price_details: priceDetails.nullish().catch(null),
    delivery_receipts: z.array(receipt).max(100).nullish().catch(null),
  }),
  relationships: z
    .object({ media: z.object({ data: z.array(z.object({ id: z.string() })).max(50) }).nullish() })
    .nullish()
    .catch(null),
});
export type MessageWire = z.infer<typeof message>;

const deliveryReceipt = z.object({
  id: recordId,
  type: z.literal('delivery_receipt'),
  attributes: receipt,
});

const medium = z.object({
  id: z.string().max(300),
  type: z.literal('media'),
  attributes: z.object({
    url: z.url({ protocol: /^https?$/ }).max(4_096),
    mime_type: z.string().max(200).nullish(),
  }),
});
export type MediumWire = z.infer<typeof medium>;
/** Beside media other things may be included, which say nothing to us. */
const other = z.object({ type: z.string().refine((type) => type !== 'media') });
const included = z.array(z.union([medium, other])).max(100);

/** A callback of today, which is also the form of one record of the list. */
export const callbackShape = z.object({
  data: z.discriminatedUnion('type', [message, deliveryReceipt]),
  included: included.nullish(),
});
export type Callback = z.infer<typeof callbackShape>;

/** A text in, as the first versions of the API told it. */
export const oldTextShape = z.object({ id: recordId, from: party, to: party, body: z.string() });
export type OldText = z.infer<typeof oldTextShape>;

/** One record, asked for by its id. */
export const recordShape = z.object({ data: message, included: included.nullish() });

/** The answer to a text that was taken. */
export const acceptedShape = z.object({ data: z.object({ id: recordId }) });

/** What went wrong, in an answer. */
export const complaintShape = z.object({
  errors: z
    .array(z.object({ code: loose, status: loose, title: words, detail: words }))
    .min(1)
    .max(50),
});

const links = z
  .object({ next: z.string().nullish().catch(null) })
  .nullish()
  .catch(null);

/** One page of records. */
export const recordsShape = z.object({
  data: z.array(message),
  included: included.nullish(),
  links,
});

/** What a number of the account, bought or to be bought, has in common. */
const numberAttributes = z.object({
  value: party,
  alias: words,
  number_type: words,
  rate_center: words,
  state: words,
  messaging_enabled: z.boolean().nullish(),
  monthly_cost: loose,
  setup_cost: loose,
});
const numberShape = z.object({ attributes: numberAttributes });
export const numbersShape = z.object({ data: z.array(numberShape), links });
/** The answer to a purchase. */
export const boughtShape = z.object({ data: numberShape });
export type NumberWire = z.infer<typeof numberAttributes>;

/** A task that switches messaging on or off for a number. */
export const taskShape = z.object({
  data: z.object({
    id: z.union([z.string(), z.int()]).transform((id) => String(id)),
    attributes: z.object({ status: z.string() }),
  }),
});

/** A request for call records. */
export const exportShape = z.object({
  data: z.object({
    id: z.union([z.string().regex(/^[\w-]{1,100}$/), z.int()]).transform((id) => String(id)),
    attributes: z.object({
      status: z.enum(['processing', 'completed', 'failed']),
      download_url: z.string().max(4_096).nullish(),
    }),
  }),
});
