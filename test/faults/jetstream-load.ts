import { setTimeout as pause } from 'node:timers/promises';

import { systemClock } from '#main/log/system-clock.ts';
import { LogFailure, type DeliveryLog, type StoredDelivery } from '#main/relay/delivery-log.ts';
import { followLog, type FollowProblem } from '#main/relay/follow-log.ts';
import { deliveryOf, readAll, textOf } from '#test/fakes/deliveries.ts';

type Acknowledged = { readonly text: string; readonly seq: number; readonly duplicate: boolean };

/** A carrier comes again after a refusal; here soon, so that a test is short. Milliseconds. */
const comesAgainMs = 200;

/**
 * Carriers that append without end, each the next delivery when the one before is acknowledged, and the same again where it
 * is refused. Deliveries bear the time when they were first tried.
 */
export class Load {
  readonly acknowledged: Acknowledged[] = [];
  refused = 0;
  /** The longest time without an acknowledgement. Milliseconds. */
  longestStall = 0;
  readonly #log: DeliveryLog;
  readonly #done: Promise<unknown>;
  #stopped = false;
  #lastAck = performance.now();

  constructor(log: DeliveryLog, name: string, carriers = 24) {
    this.#log = log;
    this.#done = Promise.all(
      Array.from({ length: carriers }, (_, carrier) => this.#appendForever(`${name}-${carrier}`)),
    );
  }

  /** Resolves when the last delivery begun is acknowledged. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#done;
  }

  async untilAcknowledged(count: number): Promise<void> {
    const enough = this.acknowledged.length + count;
    while (this.acknowledged.length < enough) await pause(10);
  }

  async #appendForever(name: string): Promise<void> {
    for (let count = 1; !this.#stopped; count += 1) await this.#appendOne(`${name}-${count}`);
  }

  async #appendOne(text: string): Promise<void> {
    const raw = deliveryOf(text, { receivedAt: Date.now() });
    for (;;) {
      try {
        const appended = await this.#log.append(raw, text);
        this.#noteAck({ text, ...appended });
        return;
      } catch {
        this.refused += 1;
        await pause(comesAgainMs);
      }
    }
  }

  #noteAck(acknowledged: Acknowledged): void {
    const now = performance.now();
    this.longestStall = Math.max(this.longestStall, now - this.#lastAck);
    this.#lastAck = now;
    this.acknowledged.push(acknowledged);
  }
}

/** Follows a log in another relay's place, by default from the beginning. */
export class Followed {
  readonly texts: string[] = [];
  readonly problems: FollowProblem[] = [];
  readonly stop: () => Promise<void>;

  constructor(log: DeliveryLog, from = 0) {
    let cursor = from;
    const following = followLog({
      log,
      clock: systemClock,
      cursor: () => cursor,
      accept: (stored) => {
        cursor = stored.seq;
        this.texts.push(textOf(stored));
      },
      onProblem: (problem) => this.problems.push(problem),
    });
    this.stop = () => following.stop();
  }

  async untilTaken(count: number): Promise<void> {
    const until = performance.now() + 15_000;
    while (this.texts.length < count && performance.now() < until) await pause(10);
  }
}

/** A reader that has the time of arrival for its cursor, and looks for what came later than that. */
export class ArrivalReader {
  readonly texts = new Set<string>();
  readonly #done: Promise<void>;
  #cursor = 0;
  #seen = 0;
  #stopped = false;

  constructor(log: DeliveryLog) {
    this.#done = this.#read(log);
  }

  async untilSeen(seq: number): Promise<void> {
    while (this.#seen < seq) await pause(10);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#done;
  }

  async #read(log: DeliveryLog): Promise<void> {
    for (;;) {
      const stopped = this.#stopped;
      const fresh = await log.readAfter(this.#seen, 500).catch(() => []);
      if (fresh.length === 0 && stopped) return;
      this.#seen += fresh.length;
      const later = fresh.filter(({ raw }) => raw.receivedAt > this.#cursor);
      for (const delivery of later) this.texts.add(textOf(delivery));
      this.#cursor = Math.max(this.#cursor, ...later.map(({ raw }) => raw.receivedAt));
      await pause(10);
    }
  }
}

/** Everything in a log, as soon as its servers let it be read: after a fault they may be choosing a leader. */
export async function readWhenPossible(log: DeliveryLog): Promise<StoredDelivery[]> {
  for (let triesLeft = 100; ; triesLeft -= 1) {
    try {
      return await readAll(log);
    } catch (error) {
      if (triesLeft === 0 || !(error instanceof LogFailure)) throw error;
      await pause(comesAgainMs);
    }
  }
}

/** What became of everything acknowledged, in a log that nobody appends to any more. */
export async function tally(log: DeliveryLog, { acknowledged, refused, longestStall }: Load) {
  const stored = await readWhenPossible(log);
  const places = new Map(stored.map((each) => [textOf(each), each.seq]));
  return {
    acknowledged: acknowledged.length,
    stored: stored.length,
    lost: acknowledged.filter(({ text }) => !places.has(text)).length,
    twice: stored.length - places.size,
    elsewhere: acknowledged.filter(({ text, seq }) => places.get(text) !== seq).length,
    gaps: stored.filter(({ seq }, index) => seq !== index + 1).length,
    disorder: countDisorder(stored.map(textOf)),
    calledRepeat: acknowledged.filter(({ duplicate }) => duplicate).length,
    refused,
    longestStallMs: Math.round(longestStall),
  };
}

/** Nothing lost, doubled, out of its place or order. */
export const sound = { lost: 0, twice: 0, elsewhere: 0, gaps: 0, disorder: 0 };

/** Deliveries that stand before one that their carrier had acknowledged earlier. */
function countDisorder(texts: readonly string[]): number {
  const newest = new Map<string, number>();
  return texts.filter((text) => {
    const cut = text.lastIndexOf('-');
    const [carrier, count] = [text.slice(0, cut), Number(text.slice(cut + 1))];
    const before = newest.get(carrier) ?? 0;
    newest.set(carrier, count);
    return count !== before + 1;
  }).length;
}
