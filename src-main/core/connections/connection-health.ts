import type { SendOutcome, SessionState } from '#shared/provider/provider.ts';
import { type SendFailure, failureMeanings } from '#shared/provider/send-failure.ts';

type State = SessionState;

const accountFaults: readonly string[] = [
  'credentials',
  'balance',
  'not-registered',
  'not-allowed',
];
const well: State = { state: 'ok', sentence: 'Connected' };

/** What a send's outcome says about the connection it went over. */
export function judgeConnection(outcome: SendOutcome): State {
  if (outcome.kind === 'accepted') return well;
  const aboutTheText = outcome.kind === 'refused' && !accountFaults.includes(outcome.failure.kind);
  return aboutTheText ? well : inTrouble(outcome.failure);
}

/** A connection whose carrier could not be asked. */
export function inTrouble(failure: SendFailure): State {
  return { state: 'trouble', sentence: failureMeanings[failure.kind].sentence };
}

/** Remembers how each connection fared last. */
export class ConnectionHealth {
  readonly #states = new Map<string, State>();
  readonly #signatureFailures = new Map<string, number>();

  note(connectionId: string, state: State): void {
    this.#states.set(connectionId, state);
  }

  noteSignatureFailure(connectionId: string): void {
    this.#signatureFailures.set(connectionId, this.signatureFailuresOf(connectionId) + 1);
  }

  /** A connection that has done nothing yet is taken to be well. */
  stateOf(connectionId: string): State {
    return this.#states.get(connectionId) ?? well;
  }

  signatureFailuresOf(connectionId: string): number {
    return this.#signatureFailures.get(connectionId) ?? 0;
  }

  forget(connectionId: string): void {
    this.#states.delete(connectionId);
    this.#signatureFailures.delete(connectionId);
  }
}
