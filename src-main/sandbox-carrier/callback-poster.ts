import { createHmac } from 'node:crypto';

import { callApi } from '#main/http/call-api.ts';
import { log } from '#main/log/log.ts';
import type { WritableDb } from '#main/sqlite/database.ts';
import type { Clock } from '#shared/contract/clock.ts';

import { callbackBody } from './carrier-event.ts';
import { type DueEvent, close, duePairs, firstDue, nextDueAfter, postpone } from './event-table.ts';

/** Pauses before a callback is posted again, in milliseconds at speed 1; after the last it is given up. */
const pauses = [1_000, 3_000, 10_000, 30_000, 120_000] as const;
/** How long a receiver may take to answer, in milliseconds. */
const deadlineMs = 10_000;
/** How many pairs of numbers are told of at once. */
const maxLanes = 8;
/** How long to wait after trouble with the file, in milliseconds. */
const restMs = 2_000;
/** The longest a timer may sleep, in milliseconds. */
const longestSleepMs = 2 ** 31 - 1;

export type PosterOptions = {
  readonly db: WritableDb;
  readonly clock: Clock;
  readonly speed: number;
  readonly accountId: string;
  readonly webhookSecret: string;
};

/**
 * Tells the webhook what happened, when it is due. Callbacks of one pair of numbers are posted one after the other, several
 * pairs at once. One that is not answered with 2xx is posted again after growing pauses, and lets the next ones pass.
 */
export class CallbackPoster {
  readonly #options: PosterOptions;
  readonly #lanes = new Map<string, Promise<void>>();
  readonly #stopping = new AbortController();
  #webhookUrl: string | null = null;
  #origin = '';
  #cancelSleep = (): void => undefined;

  constructor(options: PosterOptions) {
    this.#options = options;
  }

  /** Begins to post. `origin` is where the carrier itself is found; without a webhook URL callbacks wait. */
  start(origin: string, webhookUrl: string | null): void {
    this.#origin = origin;
    this.setWebhookUrl(webhookUrl);
  }

  setWebhookUrl(url: string | null): void {
    this.#webhookUrl = url;
    this.wake();
  }

  /** Looks for callbacks that are due. To be called when new ones were kept. */
  wake(): void {
    if (!this.#isOpen()) return;
    const now = this.#options.clock.now();
    for (const pair of duePairs(this.#options.db, now, 2 * maxLanes)) this.#openLane(pair);
    this.#sleepUntilNext(now);
  }

  /** Resolves when every callback of this pair that is due has been posted once, or cannot be. */
  async lull(pair: string): Promise<void> {
    while (this.#isOpen() && this.#lanes.size > 0 && this.#nextOf(pair) !== null)
      await (this.#lanes.get(pair) ?? Promise.race(this.#lanes.values()));
  }

  /** Posts nothing more and breaks off what is under way; what was broken off is posted after the next start. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#cancelSleep();
    await Promise.all(this.#lanes.values());
  }

  #isOpen(): boolean {
    return !this.#stopping.signal.aborted && this.#webhookUrl !== null;
  }

  #nextOf(pair: string): DueEvent | null {
    return firstDue(this.#options.db, pair, this.#options.clock.now());
  }

  #openLane(pair: string): void {
    if (this.#lanes.has(pair) || this.#lanes.size >= maxLanes) return;
    const lane = this.#tell(pair).then(
      () => {
        this.#lanes.delete(pair);
        this.wake();
      },
      () => {
        this.#lanes.delete(pair);
        this.#rest();
      },
    );
    this.#lanes.set(pair, lane);
  }

  /** The file could not be read or written: going on at once would post the same callback over and over. */
  #rest(): void {
    log('sandbox-carrier.file-trouble');
    this.#cancelSleep();
    if (this.#isOpen()) this.#cancelSleep = this.#options.clock.after(restMs, () => this.wake());
  }

  async #tell(pair: string): Promise<void> {
    for (let due = this.#nextOf(pair); due !== null; due = this.#nextOf(pair)) {
      const taken = await this.#post(due);
      if (taken === 'stopped') return;
      this.#record(due, taken);
      if (!this.#isOpen()) return;
    }
  }

  async #post(due: DueEvent): Promise<'taken' | 'not-taken' | 'stopped'> {
    const { accountId, webhookSecret, clock } = this.#options;
    const { id, happensAt: happenedAt, event } = due;
    const body = callbackBody(event, { id, happenedAt, accountId, origin: this.#origin });
    const timestamp = Math.floor(clock.now() / 1_000);
    const answer = await callApi({
      method: 'POST',
      url: this.#webhookUrl ?? '',
      headers: {
        'content-type': 'application/json',
        'x-sandbox-timestamp': String(timestamp),
        'x-sandbox-signature': sign(webhookSecret, timestamp, body),
      },
      body,
      deadlineMs,
      signal: this.#stopping.signal,
    });
    if (answer.kind === 'unanswered') return answer.reason === 'stopped' ? 'stopped' : 'not-taken';
    return answer.status >= 200 && answer.status < 300 ? 'taken' : 'not-taken';
  }

  #record({ seq, id, tries }: DueEvent, taken: 'taken' | 'not-taken'): void {
    const { db, clock, speed } = this.#options;
    const pause = pauses[tries];
    if (taken === 'taken') return close(db, seq);
    if (pause !== undefined) return postpone(db, seq, clock.now() + Math.ceil(pause / speed));
    close(db, seq);
    log('sandbox-carrier.callback-given-up', { id, tries: tries + 1 });
  }

  #sleepUntilNext(now: number): void {
    this.#cancelSleep();
    const next = nextDueAfter(this.#options.db, now);
    if (next === null) return;
    const ms = Math.min(next - now, longestSleepMs);
    this.#cancelSleep = this.#options.clock.after(ms, () => this.wake());
  }
}

/** Hex HMAC-SHA256 over `<timestamp>.<body>`. */
function sign(secret: string, timestamp: number, body: string): string {
  return createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
}
