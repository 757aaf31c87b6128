import { log as writeLog } from '#main/log/log.ts';

import type { LogStreams } from './log-streams.ts';
import type { NatsLink } from './nats-link.ts';

const hourMs = 3_600_000;
/** Numbers compared at the end of the log, and as many spread over the rest of it. */
const sampled = 8;
/** Reads of one number without its leader: a copy taken by chance answers each, so that every one has its say. */
const readsOfEach = 8;

type Stretch = { readonly from: number; readonly to: number };

type Watched = {
  readonly link: NatsLink;
  readonly streams: LogStreams;
  /** The numbers that every copy should hold. */
  readonly stretch: () => Stretch;
  readonly everyMs?: number | undefined;
};

/**
 * Compares the copies of a log now and then. A copy that came apart from the others, through a fault of its server or its
 * disk, is read by nobody until its server leads, and would be found only then.
 */
export class CopyWatch {
  readonly #watched: Watched;
  readonly #timer: NodeJS.Timeout;
  #differsAt: number | null = null;
  /** Up to here every copy has had the time of a round to catch up. */
  #settled = 0;
  #comparing = false;

  constructor(watched: Watched) {
    this.#watched = watched;
    this.#timer = setInterval(() => void this.#compare(), watched.everyMs ?? hourMs).unref();
  }

  /** In one sentence; null while the copies are alike as far as was seen. */
  get problem(): string | null {
    if (this.#differsAt === null) return null;
    return `The copies of the log on the NATS servers differ, at number ${this.#differsAt} for one: save their data, then have the copies of the followers made anew, one after the other.`;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #compare(): Promise<void> {
    if (this.#comparing) return;
    this.#comparing = true;
    try {
      const stretch = this.#watched.stretch();
      this.#differsAt = await this.#findDifference(stretch);
      this.#settled = stretch.to;
      if (this.#differsAt !== null)
        writeLog('relay.log-copies-differ', {
          stream: this.#watched.streams.deliveries,
          seq: this.#differsAt,
        });
    } catch {
      // A server that does not answer is told of elsewhere; the next round compares again.
    } finally {
      this.#comparing = false;
    }
  }

  async #findDifference(stretch: Stretch): Promise<number | null> {
    for (const seq of sampleOf(stretch)) if (await this.#differs(seq)) return seq;
    return null;
  }

  async #differs(seq: number): Promise<boolean> {
    const { link, streams } = this.#watched;
    const copies = await Promise.all(
      Array.from({ length: readsOfEach }, () =>
        link.ask(() => link.jsm.direct.getMessage(streams.deliveries, { seq })),
      ),
    );
    const query = { seq };
    const led = await link.ask(() => link.jsm.streams.getMessage(streams.deliveries, query));
    if (led === null) return false;
    return copies.some((copy) =>
      copy === null
        ? seq <= this.#settled
        : copy.subject !== led.subject || Buffer.compare(copy.data, led.data) !== 0,
    );
  }
}

function sampleOf({ from, to }: Stretch): readonly number[] {
  const newest = Array.from({ length: sampled }, (_, index) => to - index);
  const step = Math.max(1, Math.floor((to - from) / sampled));
  const spread = Array.from({ length: sampled }, (_, index) => from + index * step);
  return [...new Set([...newest, ...spread])].filter((seq) => seq >= from && seq <= to);
}
