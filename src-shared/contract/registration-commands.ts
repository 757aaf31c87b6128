import { z } from 'zod';

import { connectionIdSchema, lineIdSchema } from '../message/line.ts';
import { brandSchema, campaignSchema, lineRegistrationSchema } from '../throughput/registration.ts';
import { rateSchema } from '../throughput/throughput-tables.ts';

const ratesSchema = z.strictObject({ sms: rateSchema, mms: rateSchema.nullable() });

/** What is registered, and what each connection takes. */
export const registrationBookSchema = z.object({
  brands: z.array(brandSchema),
  campaigns: z.array(campaignSchema),
  /** Lines of which anything is known. */
  lines: z.array(lineRegistrationSchema),
  connections: z.array(
    z.object({
      connectionId: connectionIdSchema,
      /** Null where there is no limit. */
      rates: ratesSchema.nullable(),
      /** Nobody set it: it is what is usual with the carrier. */
      isUsual: z.boolean(),
    }),
  ),
  /** ISO date of the figures behind all limits. */
  asOf: z.iso.date(),
});
export type RegistrationBook = z.infer<typeof registrationBookSchema>;

/** How much of a limit is used. */
export const meterSchema = z.object({
  of: z.enum(['brand', 'campaign', 'line']),
  id: z.string(),
  /** Such as `T-Mobile today`. */
  whose: z.string(),
  /** Whom it is about: the brand, the campaign, the line. */
  name: z.string(),
  used: z.int().nonnegative(),
  limit: z.int().positive(),
  /** When it is empty again, milliseconds since 1970; null where it empties all the time. */
  resetsAt: z.int().nullable(),
  /** Kept for replies. */
  kept: z.int().nonnegative(),
  /** Lines that share it. */
  lineIds: z.array(lineIdSchema),
});
export type Meter = z.infer<typeof meterSchema>;

const book = z.object({ book: registrationBookSchema });
const id = z.string().max(40);

/** The part of the contract that is about registration and how much carriers let through. */
export const registrationCommands = {
  'registration.get': { input: z.strictObject({}), output: book },
  /** Adds or changes a brand. Of a tax id only a digest is kept; left out, the known one stays. */
  'brand.save': {
    input: z.strictObject({
      brand: brandSchema.omit({ hasTaxId: true }),
      taxId: z
        .string()
        .regex(/^\d{2}-?\d{7}$/, 'A tax id has nine digits, such as 12-3456789.')
        .nullable()
        .optional(),
    }),
    output: book,
  },
  /** Forgets a brand and its campaigns. */
  'brand.remove': { input: z.strictObject({ id }), output: book },
  'campaign.save': { input: z.strictObject({ campaign: campaignSchema }), output: book },
  'campaign.remove': { input: z.strictObject({ id }), output: book },
  /** A person says how far a line is registered. */
  'registration.set': {
    input: z.strictObject({ line: lineRegistrationSchema.omit({ source: true }) }),
    output: book,
  },
  /** Sets what a connection takes; null goes back to what is usual with its carrier. */
  'throughput.set': {
    input: z.strictObject({ connectionId: connectionIdSchema, rates: ratesSchema.nullable() }),
    output: book,
  },
  'throughput.get': {
    input: z.strictObject({}),
    output: z.object({ meters: z.array(meterSchema) }),
  },
} as const;

export const registrationEvents = {
  'registration.changed': book,
  'throughput.changed': z.object({ meters: z.array(meterSchema) }),
} as const;
