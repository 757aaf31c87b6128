import { z } from 'zod';

import { readTime } from '#shared/provider/read-time.ts';

/** Vonage's ids: printable, and no longer than anything sensible. */
const id = z.string().regex(/^[\x21-\x7e]{1,200}$/);
const time = z.string().transform((text, context) => {
  const at = readTime(text);
  if (at === null) context.addIssue({ code: 'custom', message: 'is no time' });
  return at ?? 0;
});
/** A number, a short code or the name of a sender. */
const party = z.string().min(1).max(64);
const words = z.string().max(2_000);
const reference = z.string().max(200);
/** Vonage writes one and the same count or code now as a number, now as text. */
const written = z.union([z.string().max(200), z.number()]).transform(String);
const count = written.transform((text) => (/^\d{1,4}$/.test(text) ? Number(text) : null));

/** The answer of the Messages API to a text that was taken. */
export const takenMessageShape = z.object({ message_uuid: id });

/** A complaint of `api.nexmo.com` (RFC 9457). */
export const problemShape = z.object({
  type: z.string().optional(),
  title: written,
  detail: z.string().optional(),
  invalid_parameters: z
    .array(z.object({ name: z.string(), reason: z.string().default('invalid') }))
    .optional()
    .catch(undefined),
});

/** A complaint of `rest.nexmo.com`, and its word for a thing done: 200. */
export const restAnswerShape = z.object({
  'error-code': written,
  'error-code-label': z.string().optional(),
});

/** The answer of the SMS API, taken or not. */
export const submittedShape = z.object({
  messages: z
    .array(
      z.object({
        status: written,
        'message-id': id.optional(),
        'error-text': z.string().optional(),
      }),
    )
    .min(1),
});
export type SubmittedPart = z.infer<typeof submittedShape>['messages'][number];

const mediaUrl = z.url({ protocol: /^https?$/ }).max(2_048);
const attachment = z.object({ url: mediaUrl, caption: words.nullish() });
const attachments = z
  .union([attachment, z.array(attachment).max(50)])
  .nullish()
  .transform((some) => (Array.isArray(some) ? some : some ? [some] : []));

const contentItem = z.union([
  z.object({ type: z.literal('text'), text: words }).transform(({ text }) => ({ text })),
  attachment.transform(({ url, caption }) => ({ url, caption })),
]);

/** A text that came in by the Messages API, version 1. */
export const inboundMessageShape = z.object({
  message_uuid: id,
  channel: z.enum(['sms', 'mms']),
  message_type: z.enum(['text', 'image', 'audio', 'video', 'file', 'vcard', 'content']),
  from: party,
  to: party,
  timestamp: time.nullish(),
  text: z.string().nullish(),
  image: attachments,
  audio: attachments,
  video: attachments,
  file: attachments,
  vcard: attachments,
  content: z.array(contentItem).max(50).nullish(),
});
export type InboundMessage = z.infer<typeof inboundMessageShape>;

/** A receipt of the Messages API, version 1. */
export const messageStatusShape = z.object({
  message_uuid: id,
  status: z.string().min(1).max(50),
  timestamp: time.nullish(),
  client_ref: reference.nullish(),
  error: z
    .object({ type: z.string().nullish(), title: written.nullish(), detail: z.string().nullish() })
    .nullish(),
  usage: z.object({ price: written, currency: z.string().max(10) }).nullish(),
  sms: z.object({ count_total: count.nullish() }).nullish(),
});
export type MessageStatus = z.infer<typeof messageStatusShape>;

const digits = z.string().regex(/^\d{1,9}$/, 'is no number');
const partNumber = digits.transform(Number).pipe(z.int().min(1).max(255));

/** A text, or a part of one, that came in by the SMS API. */
export const inboundSmsShape = z
  .object({
    messageId: id,
    msisdn: party,
    to: party,
    text: z.string(),
    type: z.enum(['text', 'unicode']).default('text'),
    'message-timestamp': time.optional(),
    concat: z.enum(['true', 'false']).default('false'),
    'concat-ref': digits.transform(Number).optional(),
    'concat-total': partNumber.optional(),
    'concat-part': partNumber.optional(),
  })
  .refine((sms) => sms.concat === 'false' || sms['concat-ref'] !== undefined, {
    path: ['concat-ref'],
  })
  .refine((sms) => (sms['concat-part'] ?? 1) <= (sms['concat-total'] ?? 1), {
    path: ['concat-part'],
  });
export type InboundSms = z.infer<typeof inboundSmsShape>;

/** A receipt of the SMS API. */
export const smsReceiptShape = z.object({
  messageId: id,
  status: z.string().min(1).max(50),
  'err-code': z.string().max(20).optional(),
  'client-ref': reference.optional(),
  price: z.string().max(40).optional(),
  'message-timestamp': time.optional(),
});
export type SmsReceipt = z.infer<typeof smsReceiptShape>;

/** A page of the Reports API; its records are judged by product. */
export const recordsShape = z.object({
  records: z.array(z.unknown()),
  request_status: z.string().optional(),
  _links: z.object({ next: z.object({ href: z.string() }).nullish() }).optional(),
});

/** One text in a report. Absent and empty say the same. */
export const textRecordShape = z.object({
  message_id: id,
  client_ref: reference.nullish(),
  from: party,
  to: party,
  provider: z.string().nullish(),
  date_received: time,
  status: z.string().nullish(),
  error_code: written.nullish(),
  total_price: written.nullish(),
  currency: z.string().nullish(),
  message_body: z.string().nullish(),
});
export type TextRecord = z.infer<typeof textRecordShape>;

/** One call in a report. */
export const callRecordShape = z.object({
  call_id: id,
  direction: z.enum(['inbound', 'outbound']),
  from: party,
  to: party,
  date_start: time,
  duration: written.nullish(),
  status: z.string(),
  status_code: written.nullish(),
});
export type CallRecord = z.infer<typeof callRecordShape>;

/** One number of the account. `app_id` is newer than `messagesCallbackValue` and says the same. */
export const ownedNumberShape = z.object({
  country: z.string().length(2),
  msisdn: z.string().regex(/^\d{3,15}$/),
  type: z.string(),
  features: z.array(z.string()),
  moHttpUrl: z.string().nullish(),
  app_id: z.string().nullish(),
  messagesCallbackType: z.string().nullish(),
  messagesCallbackValue: z.string().nullish(),
  voiceCallbackType: z.string().nullish(),
  voiceCallbackValue: z.string().nullish(),
  voiceStatusCallback: z.string().nullish(),
  voiceStatusCallbackUrl: z.string().nullish(),
  moSmppSysType: z.string().nullish(),
});
export type OwnedNumber = z.infer<typeof ownedNumberShape>;

/** An account without numbers is answered with an empty object. */
export const ownedNumbersShape = z.object({
  count: z.int().nonnegative().default(0),
  numbers: z.array(ownedNumberShape).default([]),
});

/** Numbers that can be bought. */
export const offeredNumbersShape = z.object({
  numbers: z
    .array(
      z.object({
        country: z.string(),
        msisdn: z.string().regex(/^\d{3,15}$/),
        type: z.string(),
        features: z.array(z.string()),
      }),
    )
    .default([]),
});

const webhook = z.looseObject({ address: z.string() });

/** An application as it is; all of it is sent back when it is changed, so nothing of it is passed over. */
export const applicationShape = z.looseObject({
  id: z.string(),
  name: z.string(),
  capabilities: z
    .looseObject({
      messages: z
        .looseObject({
          webhooks: z.looseObject({ inbound_url: webhook.optional() }).optional(),
        })
        .optional(),
    })
    .default({}),
});
export type ApplicationWire = z.infer<typeof applicationShape>;

export const balanceShape = z.object({ value: z.number() });
