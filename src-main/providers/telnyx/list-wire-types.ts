import { z } from 'zod';

import { errorsShape, idShape, partyShape, timeShape } from './wire-types.ts';

const neededTime = timeShape.pipe(z.int());
const money = z.union([z.string().max(64), z.number()]).nullish();
const count = z.union([z.int(), z.string().regex(/^\d{1,9}$/)]).transform(Number);

/** Either side of a record: a number, a name, an address of SIP, or nothing where a caller hides. */
const sideShape = z.string().max(256);

/** A page as most lists of the carrier have it. */
export function pageOf<Row extends z.ZodType>(row: Row) {
  return z.object({
    data: z.array(row),
    meta: z.object({ page_number: z.int(), total_pages: z.int() }).nullish(),
  });
}

/** A message detail record: everything about a text but the text. */
export const textRecordShape = z.object({
  uuid: idShape,
  direction: z.enum(['inbound', 'outbound']),
  cli: sideShape,
  cld: sideShape,
  message_type: z.string().max(64).nullish(),
  status: z.string().max(64).nullish(),
  errors: errorsShape,
  parts: count.nullish(),
  cost: money,
  carrier_fee: money,
  currency: z.string().max(8).nullish(),
  created_at: neededTime,
  delivery_status_webhook_url: z.string().nullish(),
});
export type TextRecord = z.infer<typeof textRecordShape>;

/** A record of one leg of a call over the telephone network. */
export const callRecordShape = z.object({
  id: idShape,
  telnyx_session_id: idShape.nullish(),
  direction: z.enum(['inbound', 'outbound']),
  cli: sideShape,
  cld: sideShape,
  started_at: neededTime,
  answered_at: timeShape,
  call_sec: count.nullish(),
  hangup_cause: z.string().max(64).nullish(),
});
export type CallRecord = z.infer<typeof callRecordShape>;

export const profileShape = z.object({
  id: idShape,
  name: z.string().nullish(),
  webhook_url: z.string().nullish(),
  webhook_api_version: z.string().nullish(),
});
export type Profile = z.infer<typeof profileShape>;

export const numberShape = z.object({
  id: idShape,
  phone_number: partyShape,
  phone_number_type: z.string().nullish(),
  connection_id: z.string().nullish(),
  customer_reference: z.string().nullish(),
});
export type NumberRow = z.infer<typeof numberShape>;

const features = z.object({ sms: z.unknown(), mms: z.unknown() });

/** What a number can do with texts, and on which profile it is. */
export const messagingShape = z.object({
  id: idShape.nullish(),
  phone_number: partyShape,
  messaging_profile_id: z.string().nullish(),
  features: features.partial().nullish(),
});
export type MessagingRow = z.infer<typeof messagingShape>;

export const shortCodeShape = z.object({
  id: idShape,
  short_code: partyShape,
  messaging_profile_id: z.string().nullish(),
});
export type ShortCodeRow = z.infer<typeof shortCodeShape>;

/** The campaign a number is assigned to. The registry's own ids beside the carrier's. */
export const assignmentShape = z.object({
  phoneNumber: partyShape,
  assignmentStatus: z.string().nullish(),
  campaignId: z.string().nullish(),
  tcrCampaignId: z.string().nullish(),
  brandId: z.string().nullish(),
  tcrBrandId: z.string().nullish(),
  failureReasons: z.unknown().optional(),
});
export type Assignment = z.infer<typeof assignmentShape>;

export const assignmentsShape = z.object({
  records: z.array(assignmentShape),
  totalRecords: z.int().nullish(),
});

/** A request to verify toll-free numbers. */
export const verificationShape = z.object({
  verificationStatus: z.string(),
  reason: z.string().nullish(),
  phoneNumbers: z.array(z.object({ phoneNumber: partyShape })),
});
export type Verification = z.infer<typeof verificationShape>;

export const verificationsShape = z.object({
  records: z.array(verificationShape),
  total_records: z.int().nullish(),
});

export const offersShape = z.object({
  data: z.array(
    z.object({
      phone_number: partyShape,
      features: z.array(z.object({ name: z.string().nullish() })).nullish(),
      region_information: z
        .array(z.object({ region_type: z.string().nullish(), region_name: z.string().nullish() }))
        .nullish(),
      cost_information: z
        .object({
          upfront_cost: money,
          monthly_cost: money,
          currency: z.string().nullish(),
        })
        .nullish(),
    }),
  ),
});
export type OfferRow = z.infer<typeof offersShape>['data'][number];

export const orderShape = z.object({
  data: z.object({ id: idShape, status: z.enum(['pending', 'success', 'failure']) }),
});

export const balanceShape = z.object({
  data: z.object({ balance: z.string().max(64), currency: z.string().max(8) }),
});
