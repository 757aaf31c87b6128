import { z } from 'zod';

export const lineIdSchema = z.int().positive().brand<'LineId'>();
export type LineId = z.infer<typeof lineIdSchema>;

/** Short opaque id that stands in webhook URLs. */
export const connectionIdSchema = z
  .string()
  .regex(/^[a-z0-9]{8,32}$/)
  .brand<'ConnectionId'>();
export type ConnectionId = z.infer<typeof connectionIdSchema>;

export const numberTypeSchema = z.enum(['10dlc', 'toll-free', 'short-code', 'other']);
export type NumberType = z.infer<typeof numberTypeSchema>;

/** One of our own numbers (a DID) on a carrier connection. */
export const lineSchema = z.object({
  id: lineIdSchema,
  label: z.string(),
  /** E.164, or the digits of a short code. */
  number: z.string(),
  numberType: numberTypeSchema,
  /** CSS colour of the line's mark; the label always stands beside it. */
  colour: z.string(),
  connectionId: connectionIdSchema,
  /** Threads of this line with something unread. */
  unread: z.int().nonnegative(),
});
export type Line = z.infer<typeof lineSchema>;
