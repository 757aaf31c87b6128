import { z } from 'zod';

/** Ids of messages and calls. */
const id = z.string().regex(/^[\w-]{1,100}$/);
/** A number, a short code, the name of a sender or, in calls, a SIP address. */
const party = z.string().min(1).max(200);
const words = z.string().max(1_000).nullish().catch(null);
/** Codes and amounts, seen as text and as numbers. */
const loose = z
  .union([z.string().max(100), z.number()])
  .nullish()
  .catch(null);

/** What callbacks of texts in and of receipts have in common, as the names of a form. */
export const callbackShape = z.object({
  MessageUUID: id,
  From: party,
  To: party,
  /** Only receipts have one. */
  Status: z.string().min(1).max(50).optional(),
  Text: z.string().optional(),
  Body: z.string().optional(),
  Units: words,
  TotalAmount: words,
  ErrorCode: words,
  Sequence: words,
  MessageTime: words,
  QueuedTime: words,
  SentTime: words,
  DeliveryReportTime: words,
});
export type Callback = z.infer<typeof callbackShape>;

export const mediaUrl = z.url({ protocol: /^https?$/ }).max(4_096);

/** The answer to a text. With one recipient the list has one id, or none where the number cannot be one. */
export const acceptedShape = z.object({
  message_uuid: z.array(id).max(10),
  invalid_number: z.array(z.string()).nullish().catch(null),
});

/** What went wrong, in an answer. */
export const complaintShape = z.object({
  error: z.union([z.string(), z.record(z.string(), z.unknown())]),
});

export const accountShape = z.object({ auth_id: z.string(), name: words, cash_credits: loose });

const meta = z.object({ next: z.string().nullish() });

const message = z.object({
  message_uuid: id,
  message_direction: z.enum(['inbound', 'outbound']),
  message_state: z.string().max(50),
  message_time: z.string().max(100),
  from_number: party,
  to_number: party,
  units: loose,
  total_amount: loose,
  carrier_fees: loose,
  error_code: loose,
  error_message: words,
});
export type MessageWire = z.infer<typeof message>;
export const messagesShape = z.object({ meta, objects: z.array(message) });

export const numberShape = z.object({
  number: party,
  alias: words,
  /** The path of the application that the number's calls and texts go to. */
  application: words,
  number_type: words,
  sms_enabled: z.boolean().nullish(),
  mms_enabled: z.boolean().nullish(),
  voice_enabled: z.boolean().nullish(),
  tendlc_campaign_id: words,
  tendlc_registration_status: words,
  toll_free_sms_verification: words,
});
export type NumberWire = z.infer<typeof numberShape>;
export const numbersShape = z.object({ meta, objects: z.array(numberShape) });

export const applicationShape = z.object({ message_url: words });
export const newApplicationShape = z.object({ app_id: z.string().regex(/^\w{1,50}$/) });

export const offersShape = z.object({
  objects: z.array(
    z.object({
      number: party,
      type: words,
      city: words,
      region: words,
      rate_center: words,
      sms_enabled: z.boolean().nullish(),
      mms_enabled: z.boolean().nullish(),
      setup_rate: loose,
      monthly_rental_rate: loose,
    }),
  ),
});
export type OfferWire = z.infer<typeof offersShape>['objects'][number];

/** The answer to a purchase. */
export const boughtShape = z.object({
  numbers: z.array(z.object({ number: party, status: z.string().max(100) })).min(1),
});

const call = z.object({
  call_uuid: id,
  call_direction: z.enum(['inbound', 'outbound']),
  from_number: party,
  to_number: party,
  initiation_time: z.string().max(100),
  answer_time: words,
  call_duration: loose,
  hangup_cause_name: words,
});
export type CallWire = z.infer<typeof call>;
export const callsShape = z.object({ meta, objects: z.array(call) });
