import { z } from 'zod';

import { numberTypeSchema } from '../message/line.ts';

/** So many texts or units in any span of so many milliseconds. */
export const rateSchema = z.strictObject({
  limit: z.int().positive(),
  /** Length of the span in milliseconds. */
  within: z.int().positive(),
});
export type Rate = z.infer<typeof rateSchema>;

const ratesSchema = z.strictObject({ sms: rateSchema, mms: rateSchema.nullable() });

/** Classes that AT&T sorts campaigns into. X, Y and Z go by agreement and have no figure. */
export const attClassSchema = z.enum([
  'A',
  'B',
  'C',
  'D',
  'E',
  'F',
  'T',
  'W',
  'G',
  'N',
  'P',
  'K',
  'S',
  'X',
  'Y',
  'Z',
]);
export type AttClass = z.infer<typeof attClassSchema>;

const attClassRowSchema = z.strictObject({
  /** Segments a minute; null where it is by agreement. */
  sms: z.int().positive().nullable(),
  /** MMS a minute; null where no figure is published. */
  mms: z.int().positive().nullable(),
  /** What the minute is counted over. */
  per: z.enum(['campaign', 'number']),
});

/** What carriers and registries let through, as figures that third parties set and change. */
export const throughputTablesSchema = z.strictObject({
  /** ISO date on which the figures were read. */
  asOf: z.iso.date(),
  attClasses: z.record(z.string(), attClassRowSchema),
  /** Lowest score of each pair of AT&T classes for declared and for mixed or marketing use, best first. */
  attByScore: z.array(
    z.strictObject({ from: z.int(), declared: attClassSchema, mixed: attClassSchema }),
  ),
  /** Segments a Pacific day for all of a brand at T-Mobile, by the lowest score of the tier, best first. */
  tMobileByScore: z.array(z.strictObject({ from: z.int(), perDay: z.int().positive() })),
  tMobileSoleProprietor: z.int().positive(),
  /** By the kind of number, each counted by itself. */
  byNumberType: z.record(numberTypeSchema, ratesSchema.nullable()),
  /** What a connection takes, by the id of the carrier's adapter; a null is a carrier without a limit. */
  byProvider: z.record(z.string(), ratesSchema.nullable()),
  /** Of connections whose carrier says nothing. */
  usualConnection: ratesSchema,
  /** Percent of a brand's day that is kept for replies. */
  replySlice: z.int().min(0).max(90),
});
export type ThroughputTables = z.infer<typeof throughputTablesSchema>;

const second = 1_000;
const minute = 60_000;
const rate = (limit: number, within = second): Rate => ({ limit, within });
const perCampaign = (sms: number | null, mms: number | null) =>
  ({ sms, mms, per: 'campaign' }) as const;

/** As published in November 2026. Where sources disagree it is the lower figure. */
export const usualTables: ThroughputTables = {
  asOf: '2026-11-01',
  attClasses: {
    A: perCampaign(4_500, 2_400),
    B: perCampaign(4_500, 2_400),
    C: perCampaign(2_400, 1_200),
    D: perCampaign(2_400, 1_200),
    E: perCampaign(240, 150),
    F: perCampaign(240, 150),
    T: perCampaign(75, 50),
    W: perCampaign(15, 50),
    G: { sms: 60, mms: null, per: 'number' },
    N: { sms: 60, mms: null, per: 'number' },
    P: perCampaign(2_400, null),
    K: perCampaign(4_500, null),
    S: perCampaign(9_000, null),
    X: perCampaign(null, null),
    Y: perCampaign(null, null),
    Z: perCampaign(null, null),
  },
  attByScore: [
    { from: 75, declared: 'A', mixed: 'B' },
    { from: 50, declared: 'C', mixed: 'D' },
    { from: 0, declared: 'E', mixed: 'F' },
  ],
  tMobileByScore: [
    { from: 75, perDay: 200_000 },
    { from: 50, perDay: 40_000 },
    { from: 25, perDay: 10_000 },
    { from: 0, perDay: 2_000 },
  ],
  tMobileSoleProprietor: 1_000,
  byNumberType: {
    // What Verizon takes of one number.
    '10dlc': { sms: rate(6_000, minute), mms: rate(25) },
    'toll-free': { sms: rate(3), mms: null },
    'short-code': { sms: rate(100), mms: null },
    other: null,
  },
  byProvider: {
    flowroute: { sms: rate(5), mms: rate(1) },
    telnyx: { sms: rate(50), mms: rate(15) },
    plivo: { sms: rate(5), mms: rate(1, 4 * second) },
    'sip-message': { sms: rate(1), mms: rate(1) },
    // Nobody stands behind it whom we could overrun.
    sandbox: null,
  },
  usualConnection: { sms: rate(5), mms: rate(1) },
  replySlice: 20,
};
