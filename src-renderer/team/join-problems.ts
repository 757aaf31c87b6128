import type { Failure } from '#shared/contract/failure.ts';

import { addressProblem } from '../connections/reachable.ts';
import { inWords } from '../store/failure-of.ts';

/** What a person enters to join a team. */
export type Joining = { readonly address: string; readonly code: string; readonly name: string };

/** How the last try to join ended: what was sent, and why it was refused. */
export type Refusal = { readonly sent: Joining; readonly failure: Failure };

const missing: Readonly<Joining> = {
  address: 'Write where the relay is.',
  code: 'Write the code that you were given.',
  name: 'Write the name that the others shall see.',
};

/** What is wrong with a field; a refusal stands beside the field it names until that is changed. */
export function joinProblem(
  field: keyof Joining,
  typed: Joining,
  refusal: Refusal | null,
): string | null {
  if (typed[field].trim() === '') return missing[field];
  const malformed = field === 'address' ? addressProblem(typed.address) : null;
  if (malformed !== null) return malformed;
  const isRefused = refusal?.failure.field === field && refusal.sent[field] === typed[field];
  return isRefused ? inWords(refusal.failure) : null;
}

/** A refusal that names none of the fields; null where there is none. */
export function otherFailure(refusal: Refusal | null): Failure | null {
  const field = refusal?.failure.field ?? null;
  return field !== null && field in missing ? null : (refusal?.failure ?? null);
}

/** Can it be sent as it is typed? */
export function isJoinable(typed: Joining): boolean {
  return (['address', 'code', 'name'] as const).every(
    (field) => joinProblem(field, typed, null) === null,
  );
}
