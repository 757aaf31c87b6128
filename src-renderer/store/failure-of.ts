import { CommandFailure } from '#shared/contract/failure.ts';
import type { Failure } from '#shared/contract/failure.ts';

/** What to tell a person about something that was thrown. */
export function failureOf(error: unknown): Failure {
  if (error instanceof CommandFailure) return error.failure;
  return {
    code: 'internal',
    message: 'Something went wrong on this screen.',
    field: null,
    cure: 'Reload the screen and try again.',
  };
}

/** A failure and its cure, one after the other. */
export function inWords({ message, cure }: Failure): string {
  return cure === null ? message : `${message} ${cure}`;
}
