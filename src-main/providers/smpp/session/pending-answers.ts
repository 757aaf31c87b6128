import { commandIds } from '../wire/command-ids.ts';
import type { Pdu } from '../wire/pdu.ts';

/** How a question ended. `lost`: it was written and no answer came; `reason` in a few words. `unwritten`: it was not. */
export type Answer =
  | { readonly kind: 'answered'; readonly pdu: Pdu }
  | { readonly kind: 'lost'; readonly reason: string }
  | { readonly kind: 'unwritten' };

/** A refusal that calls itself a success leaves everything open. */
const contradiction: Answer = { kind: 'lost', reason: 'generic_nack without a status' };

type Waiting = {
  readonly commandId: number;
  readonly resolve: (answer: Answer) => void;
  readonly timer: NodeJS.Timeout;
};

const highestSequence = 0x7fff_ffff;

/** Questions that wait for their answers, by sequence number. */
export class PendingAnswers {
  readonly #waiting = new Map<number, Waiting>();
  #sequence = 0;

  /** A number for a question, and its answer when it comes. */
  add(
    commandId: number,
    withinMs: number,
  ): { readonly sequence: number; readonly answer: Promise<Answer> } {
    const sequence = this.#nextSequence();
    const answer = new Promise<Answer>((resolve) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(sequence);
        resolve({ kind: 'lost', reason: 'no answer came' });
      }, withinMs);
      this.#waiting.set(sequence, { commandId, resolve, timer });
    });
    return { sequence, answer };
  }

  /** Hands an answer to its question. Returns false where it answers none of ours, or one of another kind. */
  settle(pdu: Pdu): boolean {
    const waiting = this.#waiting.get(pdu.sequence);
    const fits = pdu.commandId === waiting?.commandId || pdu.commandId === commandIds.genericNack;
    if (waiting === undefined || !fits) return false;
    this.#waiting.delete(pdu.sequence);
    clearTimeout(waiting.timer);
    const isYes = pdu.status === 0 && pdu.commandId === commandIds.genericNack;
    waiting.resolve(isYes ? contradiction : { kind: 'answered', pdu });
    return true;
  }

  loseAll(reason: string): void {
    for (const { resolve, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      resolve({ kind: 'lost', reason });
    }
    this.#waiting.clear();
  }

  #nextSequence(): number {
    do this.#sequence = this.#sequence >= highestSequence ? 1 : this.#sequence + 1;
    while (this.#waiting.has(this.#sequence));
    return this.#sequence;
  }
}
