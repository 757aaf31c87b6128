import { describe, expect, it, onTestFinished } from 'vitest';

import { CopyWatch } from '#main/relay/jetstream/copy-watch.ts';
import { nameStreams } from '#main/relay/jetstream/log-streams.ts';
import type { NatsLink } from '#main/relay/jetstream/nats-link.ts';

/** Texts by their number less one; the first copy is the leader's. */
type Copies = readonly (readonly string[])[];

/** Servers of which each answers in its turn, as a busy cluster answers by chance. */
class Cluster {
  copies: Copies;
  away = false;
  /** Does each copy get a delivery more before each round? */
  growing = false;
  rounds = 0;
  #turn = 0;

  constructor(copies: Copies) {
    this.copies = copies;
  }

  watch(from = 1): CopyWatch {
    const direct = { getMessage: (_stream: string, { seq }: { seq: number }) => this.#direct(seq) };
    const streams = {
      getMessage: (_stream: string, { seq }: { seq: number }) =>
        Promise.resolve(this.#messageOf(this.copies[0], seq)),
    };
    const ask = <Answer>(question: () => Promise<Answer>): Promise<Answer> => question();
    const stretch = () => {
      this.rounds += 1;
      if (this.growing) this.copies = this.copies.map((copy) => [...copy, `text ${copy.length}`]);
      return { from, to: this.copies[0]?.length ?? 0 };
    };
    const link = { ask, jsm: { direct, streams } } as unknown as NatsLink;
    const watch = new CopyWatch({ link, streams: nameStreams('desk'), stretch, everyMs: 1 });
    onTestFinished(() => watch.stop());
    return watch;
  }

  /** Resolves when the copies as they are now have been compared twice. */
  async compared(): Promise<void> {
    const enough = this.rounds + 3;
    await expect.poll(() => this.rounds, { interval: 1 }).toBeGreaterThanOrEqual(enough);
  }

  #direct(seq: number) {
    this.#turn += 1;
    if (this.away) return Promise.reject(new Error('no answer'));
    return Promise.resolve(this.#messageOf(this.copies[this.#turn % this.copies.length], seq));
  }

  #messageOf(copy: readonly string[] | undefined, seq: number) {
    const text = copy?.[seq - 1];
    return text === undefined ? null : { seq, subject: 'delivery', data: Buffer.from(text) };
  }
}

const texts = Array.from({ length: 100 }, (_, index) => `text ${index}`);
const shifted = [...texts.slice(0, 40), ...texts.slice(46)];

describe('comparing the copies of a log', () => {
  it('has nothing to say of copies that are alike', async () => {
    const cluster = new Cluster([texts, texts, texts]);
    const watch = cluster.watch();
    await cluster.compared();
    expect(watch.problem).toBeNull();
  });

  it('finds a copy that skipped some deliveries, and is content again when it is mended', async () => {
    const cluster = new Cluster([texts, texts, shifted]);
    const watch = cluster.watch();
    await cluster.compared();
    expect(watch.problem).toMatch(
      /^The copies of the log on the NATS servers differ, at number \d+/,
    );
    cluster.copies = [texts, texts, texts];
    await cluster.compared();
    expect(watch.problem).toBeNull();
  });

  it('waits a round for a copy that is late', async () => {
    const cluster = new Cluster([texts, texts, texts.slice(0, -1)]);
    cluster.growing = true;
    const watch = cluster.watch();
    await cluster.compared();
    expect(watch.problem).toBeNull();
    cluster.growing = false;
    await cluster.compared();
    expect(watch.problem).not.toBeNull();
  });

  it('leaves out what may have been trimmed', async () => {
    const other = texts.map((text, index) => (index < 50 ? `other ${index}` : text));
    const cluster = new Cluster([texts, texts, other]);
    const watch = cluster.watch(51);
    await cluster.compared();
    expect(watch.problem).toBeNull();
  });

  it('keeps to what it found while servers do not answer', async () => {
    const cluster = new Cluster([texts, shifted, texts]);
    const watch = cluster.watch();
    await cluster.compared();
    cluster.away = true;
    cluster.copies = [texts, texts, texts];
    await cluster.compared();
    expect(watch.problem).not.toBeNull();
  });
});
