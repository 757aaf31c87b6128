import { z } from 'zod';

/** An id of the carrier's (a SID). It stands in addresses, so it holds nothing that could lead elsewhere. */
export const sid = z.string().regex(/^\w{1,64}$/);

/** A number, a short code or the name of a sender; an address of another channel (`whatsapp:+1…`) is none. */
export const party = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[^:]+$/);

/** Address of another page of a list, relative to the carrier's own. */
export const pageUri = z
  .string()
  .max(4_096)
  .regex(/^\/2010-04-01\/Accounts\/[\w/]+\.json(\?\S*)?$/);

/** `Tue, 06 Jan 2026 15:00:00 +0000` as milliseconds since 1970. */
const time = z
  .string()
  .regex(/^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} [+-]\d{4}$/)
  .transform((text) => Date.parse(text))
  .refine((at) => !Number.isNaN(at));

/** A count, which the carrier writes as a string. */
const count = z.union([
  z.int().min(0),
  z
    .string()
    .regex(/^\d{1,7}$/)
    .transform(Number),
]);

/** The carrier writes null or nothing where there is none. */
const optionalText = z.string().max(4_096).nullish();
const httpUrl = z.url({ protocol: /^https?$/ }).max(2_048);

/** The answer to a text that was taken; the rest of the message is not needed. */
export const acceptedShape = z.object({ sid, status: z.string().min(1) });

/** The answer to anything that was refused. */
export const complaintShape = z.object({
  code: z.union([z.int(), z.string().max(20)]).nullish(),
  message: z.string().nullish(),
});

const message = z.object({
  sid,
  from: z.string().max(64).nullable(),
  to: z.string().max(64).nullable(),
  body: z.string().nullable(),
  direction: z.string(),
  status: z.string(),
  num_segments: count.nullish(),
  num_media: count.nullish(),
  price: z.union([z.string(), z.number()]).nullish(),
  price_unit: optionalText,
  error_code: z.union([z.int(), z.string().max(20)]).nullish(),
  error_message: optionalText,
  date_created: time,
});
export type ListedMessage = z.infer<typeof message>;
export const messagesShape = z.object({
  messages: z.array(message),
  next_page_uri: pageUri.nullish(),
});

/** What a message came with. Its `uri` names the description; without `.json` it is the thing itself. */
export const mediaListShape = z.object({
  media_list: z.array(
    z.object({
      content_type: z.string().max(200).nullish(),
      uri: z.string().regex(/^\/2010-04-01\/Accounts\/[\w/]+\.json$/),
    }),
  ),
});

export const callShape = z.object({
  sid,
  parent_call_sid: sid.nullish(),
  from: z.string().max(200).nullish(),
  to: z.string().max(200).nullish(),
  direction: z.string(),
  status: z.string(),
  start_time: time.nullish(),
  duration: z.union([z.literal(''), count]).nullish(),
});
export type ListedCallWire = z.infer<typeof callShape>;
export const callsShape = z.object({ calls: z.array(callShape), next_page_uri: pageUri.nullish() });

/** Searching writes SMS and MMS in capitals where listing does not. */
const capabilities = z.object({
  sms: z.boolean().optional(),
  SMS: z.boolean().optional(),
  mms: z.boolean().optional(),
  MMS: z.boolean().optional(),
  voice: z.boolean().optional(),
});
export const phoneNumberShape = z.object({
  sid,
  phone_number: party,
  friendly_name: optionalText,
  capabilities,
  sms_url: optionalText,
  sms_application_sid: optionalText,
  status_callback: optionalText,
});
export type PhoneNumberWire = z.infer<typeof phoneNumberShape>;
export const phoneNumbersShape = z.object({
  incoming_phone_numbers: z.array(phoneNumberShape),
  next_page_uri: pageUri.nullish(),
});

export const shortCodeShape = z.object({
  sid,
  short_code: party,
  friendly_name: optionalText,
  sms_url: optionalText,
});
export type ShortCodeWire = z.infer<typeof shortCodeShape>;
export const shortCodesShape = z.object({
  short_codes: z.array(shortCodeShape),
  next_page_uri: pageUri.nullish(),
});

export const offersShape = z.object({
  available_phone_numbers: z.array(
    z.object({
      phone_number: party,
      locality: optionalText,
      region: optionalText,
      capabilities,
    }),
  ),
});
export type OfferWire = z.infer<typeof offersShape>['available_phone_numbers'][number];

export const pricesShape = z.object({
  phone_number_prices: z.array(
    z.object({ number_type: z.string(), current_price: z.union([z.string(), z.number()]) }),
  ),
  price_unit: z.string(),
});

export const balanceShape = z.object({ balance: z.string().max(40), currency: z.string().max(10) });

/** Lists of the messaging host say in `meta` where the next page is. */
const meta = z.object({ next_page_url: httpUrl.nullish() });

const service = z.object({
  sid,
  inbound_request_url: optionalText,
  use_inbound_webhook_on_number: z.boolean().nullish(),
});
export type ServiceWire = z.infer<typeof service>;
export const servicesShape = z.object({ services: z.array(service), meta });

export const serviceNumbersShape = z.object({ phone_numbers: z.array(z.object({ sid })), meta });

const campaign = z.object({
  brand_registration_sid: sid.nullish(),
  campaign_id: optionalText,
  campaign_status: z.string(),
});
export type CampaignWire = z.infer<typeof campaign>;
export const campaignsShape = z.object({ compliance: z.array(campaign), meta });

export const brandShape = z.object({ tcr_id: optionalText });

export const verificationsShape = z.object({
  verifications: z.array(z.object({ tollfree_phone_number_sid: sid, status: z.string() })),
  meta,
});
