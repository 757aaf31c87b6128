import type { Clock } from '#shared/contract/clock.ts';

type Planned = { readonly at: number; readonly run: () => void };

/**
 * The time of everything in this process: it passes by itself, and hours of it can be made to pass at once, for a program, its
 * carriers and the signatures between them alike. Taken back by `using`.
 */
export class PassingTime implements Clock, Disposable {
  readonly #real = globalThis.Date;
  readonly #planned = new Set<Planned>();
  #ahead = 0;

  constructor() {
    const now = (): number => this.#real.now() + this.#ahead;
    globalThis.Date = new Proxy(this.#real, {
      construct: (target, given: unknown[], asked) =>
        Reflect.construct(target, given.length === 0 ? [now()] : given, asked) as Date,
      get: (target, name) => (name === 'now' ? now : (Reflect.get(target, name) as unknown)),
    });
  }

  now(): number {
    return this.#real.now() + this.#ahead;
  }

  after(ms: number, deed: () => void): () => void {
    const cancel = (): void => {
      clearTimeout(timer);
      this.#planned.delete(planned);
    };
    const run = (): void => {
      cancel();
      deed();
    };
    const timer = setTimeout(run, ms);
    const planned = { at: this.now() + ms, run };
    this.#planned.add(planned);
    return cancel;
  }

  /** So many milliseconds have passed; what fell due in them is done, in its order. */
  skip(ms: number): void {
    this.#ahead += ms;
    const now = this.now();
    const due = [...this.#planned].filter(({ at }) => at <= now);
    for (const { run } of due.toSorted((a, b) => a.at - b.at)) run();
  }

  [Symbol.dispose](): void {
    globalThis.Date = this.#real;
  }
}
