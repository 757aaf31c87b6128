import { LogFailure } from '../delivery-log.ts';
import { isKnownSubject } from './describe-nats-error.ts';
import type { LogStreams } from './log-streams.ts';
import type { NatsLink } from './nats-link.ts';

/** Everything up to `through` is trimmed; `revision` is what a later mark must replace. */
type Mark = { readonly through: number; readonly revision: number };

/**
 * How far a log is trimmed. It is kept beside the log, because what is trimmed stays in the stream for as long as its key
 * must be known, and the newest delivery stays for good.
 */
export class TrimMark {
  readonly #link: NatsLink;
  readonly #streams: LogStreams;
  readonly #logId: string;

  constructor(link: NatsLink, streams: LogStreams, logId: string) {
    this.#link = link;
    this.#streams = streams;
    this.#logId = logId;
  }

  /** 0 before the first trim. Throws {@link LogFailure}. */
  async read(): Promise<number> {
    return (await this.#load()).through;
  }

  /** Moves the mark up, never down, also where another relay moves it at the same time. Throws {@link LogFailure}. */
  async raise(through: number): Promise<number> {
    const { js } = this.#link;
    const { trimmed, trimmedSubject } = this.#streams;
    for (;;) {
      const mark = await this.#load();
      if (mark.through >= through) return mark.through;
      const expect = { streamName: trimmed, lastSubjectSequence: mark.revision };
      try {
        const text = JSON.stringify({ log: this.#logId, through });
        await this.#link.ask(() => js.publish(trimmedSubject, text, { expect }));
        return through;
      } catch (error) {
        if (!isKnownSubject(error)) throw error;
      }
    }
  }

  async #load(): Promise<Mark> {
    const { jsm } = this.#link;
    const { trimmed, trimmedSubject } = this.#streams;
    const message = await this.#link.ask(() =>
      jsm.streams.getMessage(trimmed, { last_by_subj: trimmedSubject }),
    );
    if (message === null) return { through: 0, revision: 0 };
    const { log, through } = readMark(message.string());
    return { through: log === this.#logId ? through : 0, revision: message.seq };
  }
}

function readMark(text: string): { readonly log: string; readonly through: number } {
  try {
    return JSON.parse(text) as { log: string; through: number };
  } catch {
    throw new LogFailure('corrupt', 'The mark of how far the log is trimmed cannot be read.');
  }
}
