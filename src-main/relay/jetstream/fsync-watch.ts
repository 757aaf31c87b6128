import { LogFailure } from '../delivery-log.ts';

const tenMinutesMs = 600_000;

/**
 * Asks now and then whether the servers still show that they write to disk before they acknowledge: one may have been away at
 * the start, or come back with other settings.
 */
export class FsyncWatch {
  readonly #prove: () => Promise<void>;
  readonly #timer: NodeJS.Timeout;
  #problem: string | null = null;

  /** `prove` throws {@link LogFailure}: `other` where a server shows the contrary. */
  constructor(prove: () => Promise<void>, everyMs = tenMinutesMs) {
    this.#prove = prove;
    this.#timer = setInterval(() => void this.#look(), everyMs).unref();
  }

  /** In one sentence; null while nothing speaks against the servers. */
  get problem(): string | null {
    return this.#problem;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    try {
      await this.#prove();
      this.#problem = null;
    } catch (error) {
      // That a server cannot be asked says nothing of its settings.
      if (error instanceof LogFailure && error.reason === 'other') this.#problem = error.message;
    }
  }
}
