import type { Flow } from '../flow/flow.ts';
import type { Envelope } from '../wire/envelope.ts';
import type { SipResponse } from '../wire/message.ts';

/** Milliseconds (RFC 3261 17.1.2.2): first pause before an unanswered datagram is sent again, longest pause, end of waiting. */
export const timers = { t1: 500, t2: 4_000, f: 32_000 } as const;

/** How a request ended. `not-sent` is a promise: no byte of it left. */
export type Ended =
  | { readonly kind: 'answered'; readonly response: SipResponse }
  | { readonly kind: 'not-sent' }
  | { readonly kind: 'silent' }
  | { readonly kind: 'lost'; readonly sentence: string };

type Waiting = {
  end(ended: Ended): void;
  /** The server has the request and works on it. */
  noteProvisional(): void;
};

/** The requests under way on one flow, by branch and method; over UDP they are sent again until answered. */
export class ClientTransactions {
  readonly #flow: () => Flow;
  readonly #waiting = new Map<string, Waiting>();

  constructor(flow: () => Flow) {
    this.#flow = flow;
  }

  /** Sends a request whose topmost Via has this branch, and waits for its final answer. Never rejects. */
  begin(bytes: Uint8Array, { branch, method }: { branch: string; method: string }): Promise<Ended> {
    const flow = this.#flow();
    if (!flow.send(bytes)) return Promise.resolve({ kind: 'not-sent' });
    return new Promise((resolve) => {
      const key = keyOf(branch, method);
      const again = flow.reliable ? null : repeat(() => flow.send(bytes));
      const late = setTimeout(() => waiting.end({ kind: 'silent' }), timers.f);
      const waiting: Waiting = {
        end: (ended) => {
          again?.stop();
          clearTimeout(late);
          this.#waiting.delete(key);
          resolve(ended);
        },
        noteProvisional: () => again?.slowDown(),
      };
      this.#waiting.set(key, waiting);
    });
  }

  /** Hands a response to the request it answers; one that answers none, such as a repeated one, is dropped. */
  hear(response: SipResponse, { via, cseq }: Envelope): void {
    if (via.count !== 1) return;
    const waiting = this.#waiting.get(keyOf(via.branch, cseq.method));
    if (response.status < 200) waiting?.noteProvisional();
    else waiting?.end({ kind: 'answered', response });
  }

  /** The flow is gone, and with it every answer. */
  loseAll(sentence: string): void {
    for (const waiting of this.#waiting.values()) waiting.end({ kind: 'lost', sentence });
  }
}

const keyOf = (branch: string, method: string): string => `${branch} ${method}`;

type Repeating = { stop(): void; slowDown(): void };

/* Timer E: the pause doubles from T1 to T2, and is T2 once the server said that it has the request. */
function repeat(send: () => void): Repeating {
  let pause: number = timers.t1;
  let timer = setTimeout(fire, pause);
  function fire(): void {
    send();
    pause = Math.min(pause * 2, timers.t2);
    timer = setTimeout(fire, pause);
  }
  return {
    stop: () => clearTimeout(timer),
    slowDown: () => {
      pause = timers.t2;
    },
  };
}
