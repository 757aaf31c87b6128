import type { Flow } from '../flow/flow.ts';

/* Milliseconds a pong may take (RFC 5626 4.4.1). */
const pongWithin = 10_000;

/**
 * Sends a sign of life now and then, so that routers between keep the way open. Where the server has answered one before,
 * it is taken to be gone when one stays unanswered.
 */
export class KeepAlive {
  readonly #flow: Flow;
  readonly #everyMs: number;
  readonly #onDead: (sentence: string) => void;
  #timer: NodeJS.Timeout;
  #answersPings = false;
  #alive = true;

  constructor(flow: Flow, everyMs: number, onDead: (sentence: string) => void) {
    this.#flow = flow;
    this.#everyMs = everyMs;
    this.#onDead = onDead;
    this.#timer = this.#later();
  }

  noteLife(what: 'message' | 'pong'): void {
    this.#alive = true;
    if (what === 'pong') this.#answersPings = true;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #later(): NodeJS.Timeout {
    return setTimeout(() => this.#ping(), this.#everyMs * (0.8 + 0.2 * Math.random()));
  }

  #ping(): void {
    this.#alive = false;
    this.#flow.ping();
    const wait = Math.min(pongWithin, this.#everyMs);
    this.#timer = setTimeout(() => {
      if (!this.#alive && this.#answersPings) this.#onDead('The server no longer answers');
      else this.#timer = this.#later();
    }, wait);
  }
}
