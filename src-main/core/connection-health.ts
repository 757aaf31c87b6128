import type { Connection } from '#main/history/connections.ts';
import type { Health } from '#shared/contract/contract.ts';
import type { SendOutcome } from '#shared/provider/provider.ts';
import { failureMeanings } from '#shared/provider/send-failure.ts';

type State = Pick<Health['connections'][number], 'state' | 'sentence'>;

const accountFaults: readonly string[] = [
  'credentials',
  'balance',
  'not-registered',
  'not-allowed',
];

/** What a send's outcome says about the connection it went over. */
export function judgeConnection(outcome: SendOutcome): State {
  if (outcome.kind === 'accepted') return { state: 'ok', sentence: 'Connected' };
  const { sentence } = failureMeanings[outcome.failure.kind];
  const aboutTheText = outcome.kind === 'refused' && !accountFaults.includes(outcome.failure.kind);
  return aboutTheText ? { state: 'ok', sentence: 'Connected' } : { state: 'trouble', sentence };
}

/** Remembers how each connection fared last. */
export class ConnectionHealth {
  readonly #states = new Map<string, State>();

  note(connectionId: string, state: State): void {
    this.#states.set(connectionId, state);
  }

  /** Every connection in words; one that has sent nothing yet is taken to be well. */
  list(connections: readonly Connection[]): Health['connections'] {
    return connections.map(({ id, label }) => {
      const { state, sentence } = this.#states.get(id) ?? { state: 'ok', sentence: 'Connected' };
      return { connectionId: id, label, state, sentence };
    });
  }
}
