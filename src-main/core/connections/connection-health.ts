import type { SendOutcome, SessionState } from '#shared/provider/provider.ts';
import {
  type FailureKind,
  type SendFailure,
  failureMeanings,
} from '#shared/provider/send-failure.ts';

type State = SessionState;
/** `passes`: the trouble was of the moment, and is over once anything works again. */
type Noted = State & { readonly passes?: boolean };

const accountFaults: readonly FailureKind[] = [
  'credentials',
  'balance',
  'not-registered',
  'not-allowed',
];
const momentary: readonly FailureKind[] = [
  'carrier-trouble',
  'network',
  'no-answer',
  'rate-limited',
];
const well: State = { state: 'ok', sentence: 'Connected' };

/** What a send's outcome says about the connection it went over. */
export function judgeConnection(outcome: SendOutcome): Noted {
  if (outcome.kind === 'accepted') return well;
  const { kind } = outcome.failure;
  const isRefusal = outcome.kind === 'refused' && !accountFaults.includes(kind);
  const aboutTheText = isRefusal || kind === 'no-link';
  return aboutTheText ? well : inTrouble(outcome.failure);
}

/** Is it a fault of the moment, so that the same may well work a little later? */
export const isMomentary = ({ kind }: SendFailure): boolean => momentary.includes(kind);

/** A connection whose carrier could not be asked. */
export function inTrouble(failure: SendFailure): Noted {
  const { sentence } = failureMeanings[failure.kind];
  return { state: 'trouble', sentence, passes: isMomentary(failure) };
}

/** Remembers how each connection fared last, at sending and at being listed: one may be well while the other is not. */
export class ConnectionHealth {
  readonly #states = new Map<string, Noted>();
  readonly #listings = new Map<string, State>();
  readonly #signatureFailures = new Map<string, number>();
  /** Why nothing comes in over what the team's relay lends, as a sentence; null while the relay is reached. */
  teamAway: string | null = null;

  note(connectionId: string, state: Noted): void {
    this.#states.set(connectionId, state);
  }

  /** How the last comparing of the carrier's list with ours went; null where there is nothing to say. */
  noteListing(connectionId: string, state: State | null): void {
    if (state === null) this.#listings.delete(connectionId);
    else this.#listings.set(connectionId, state);
    const before = this.#states.get(connectionId);
    if (state?.state !== 'trouble' && before?.passes === true) this.#states.delete(connectionId);
  }

  noteSignatureFailure(connectionId: string): void {
    this.#signatureFailures.set(connectionId, this.signatureFailuresOf(connectionId) + 1);
  }

  /** A connection that has done nothing yet is taken to be well. */
  stateOf(connectionId: string): State {
    const noted = this.#states.get(connectionId) ?? well;
    const listing = this.#listings.get(connectionId) ?? noted;
    const { state, sentence } = noted.state === 'ok' ? listing : noted;
    return { state, sentence };
  }

  signatureFailuresOf(connectionId: string): number {
    return this.#signatureFailures.get(connectionId) ?? 0;
  }

  forget(connectionId: string): void {
    this.#states.delete(connectionId);
    this.#listings.delete(connectionId);
    this.#signatureFailures.delete(connectionId);
  }
}
