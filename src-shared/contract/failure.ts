import { z } from 'zod';

/** Codes are stable; nobody parses a message. */
export const failureCodeSchema = z.enum([
  'bad-input',
  'unknown-command',
  'malformed',
  'oversize',
  'version-mismatch',
  'deadline',
  'closed',
  'not-found',
  'refused',
  'storage',
  'internal',
]);
export type FailureCode = z.infer<typeof failureCodeSchema>;

/** A failure as it crosses the wire: what happened, the field it concerns, and what to do. */
export const failureSchema = z.object({
  code: failureCodeSchema,
  message: z.string(),
  field: z.string().nullable(),
  cure: z.string().nullable(),
});
export type Failure = z.infer<typeof failureSchema>;

/** A failure meant for the person at the screen. Anything else that is thrown crosses as `internal`, without its text. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
  readonly failure: Failure;

  constructor(code: FailureCode, message: string, more: { field?: string; cure?: string } = {}) {
    super(message);
    this.failure = { code, message, field: more.field ?? null, cure: more.cure ?? null };
  }
}
