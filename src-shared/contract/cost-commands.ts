import { z } from 'zod';

import { entryIdSchema, threadIdSchema } from '../message/entry.ts';
import { connectionIdSchema, lineIdSchema } from '../message/line.ts';
import { moneyRangeSchema, rateCardSchema } from '../pricing/rate-card.ts';

/** The rates by which a connection's texts are priced. */
export const connectionRatesSchema = z.object({
  connectionId: connectionIdSchema,
  card: rateCardSchema,
  /** Nobody has edited it. */
  isUsual: z.boolean(),
});
export type ConnectionRates = z.infer<typeof connectionRatesSchema>;

/** Money in millionths of `currency`. What carriers have billed, and what texts of which no price is known should cost. */
export const costSumSchema = z.object({
  currency: z.string(),
  billed: z.int(),
  estimated: moneyRangeSchema,
});
export type CostSum = z.infer<typeof costSumSchema>;

/** What went out over one line on one day of this computer's clock. */
export const costRowSchema = z.object({
  /** Such as `2026-11-21`. */
  day: z.iso.date(),
  lineId: lineIdSchema,
  texts: z.int().nonnegative(),
  segments: z.int().nonnegative(),
  mms: z.int().nonnegative(),
  sums: z.array(costSumSchema),
});
export type CostRow = z.infer<typeof costRowSchema>;

/** What went out of a conversation, and what it cost. */
export const threadCostSchema = costRowSchema.omit({ day: true, lineId: true });

/** A text for which the carrier billed more segments than it has by our count, with what proves it. */
export const auditRowSchema = z.object({
  entryId: entryIdSchema,
  uid: z.uuid(),
  providerMessageId: z.string().nullable(),
  connectionLabel: z.string(),
  at: z.int(),
  /** UTF-16 code units of the text. */
  length: z.int().nonnegative(),
  encoding: z.enum(['GSM-7', 'UCS-2']),
  ours: z.int().positive(),
  theirs: z.int().positive(),
  /** What the surplus cost: its part of the price and fee billed; null where no price was told. */
  overMicros: z.int().nullable(),
  currency: z.string(),
});
export type AuditRow = z.infer<typeof auditRowSchema>;

export const auditSumSchema = z.object({
  messages: z.int().nonnegative(),
  /** Segments billed beyond our count. */
  segments: z.int().nonnegative(),
  money: z.array(z.object({ currency: z.string(), micros: z.int() })),
  /** Of so many no price is known. */
  unpriced: z.int().nonnegative(),
});
export type AuditSum = z.infer<typeof auditSumSchema>;

/** A row of a carrier's record file, read. Money in millionths of `currency`. */
export const billedRowSchema = z.strictObject({
  /** Which row of the file it was, the first after the names being 1. */
  row: z.int().positive(),
  providerMessageId: z.string().min(1).max(256),
  segments: z.int().positive().max(1_000).nullable(),
  priceMicros: z.int().nonnegative().nullable(),
  feeMicros: z.int().nonnegative().nullable(),
  currency: z.string().length(3),
});
export type BilledRow = z.infer<typeof billedRowSchema>;

/** What became of rows of a record file. */
export const takenRowsSchema = z.object({
  /** New or other than what was known. */
  changed: z.int().nonnegative(),
  /** Known already, just so. */
  unchanged: z.int().nonnegative(),
  refused: z.array(z.object({ row: z.int().positive(), because: z.string() })),
});
export type TakenRows = z.infer<typeof takenRowsSchema>;

const limit = z.int().min(1).max(200);
const rates = z.object({ rates: z.array(connectionRatesSchema) });

/** The part of the contract that is about money. */
export const costCommands = {
  'rates.list': { input: z.strictObject({}), output: rates },
  /** Keeps the rates of a connection; null goes back to the usual ones. In a team they are everybody's. */
  'rates.save': {
    input: z.strictObject({ connectionId: connectionIdSchema, card: rateCardSchema.nullable() }),
    output: rates,
  },
  /** Days on which texts went out, newest first, before `before`; all lines of a day are on one page. */
  'costs.page': {
    input: z.strictObject({ before: z.iso.date().nullable(), days: z.int().min(1).max(7) }),
    output: z.object({
      today: z.iso.date(),
      rows: z.array(costRowSchema),
      next: z.iso.date().nullable(),
    }),
  },
  'costs.of-thread': {
    input: z.strictObject({ threadId: threadIdSchema }),
    output: threadCostSchema,
  },
  /** Texts billed for more segments than they have, newest first; `sum` is over all of them, whatever `limit`. */
  'audit.page': {
    input: z.strictObject({ before: entryIdSchema.nullable(), limit }),
    output: z.object({
      rows: z.array(auditRowSchema),
      next: entryIdSchema.nullable(),
      sum: auditSumSchema,
    }),
  },
  /** Takes rows of a carrier's record file; a row taken twice changes nothing the second time. */
  'audit.take-rows': {
    input: z.strictObject({
      connectionId: connectionIdSchema,
      rows: z.array(billedRowSchema).max(500),
      /** Says what would become of them and keeps nothing. */
      dryRun: z.boolean(),
    }),
    output: takenRowsSchema,
  },
} as const;

export const costEvents = { 'rates.changed': rates } as const;
