import { randomInt } from 'node:crypto';

import type {
  KeptSession,
  OutboundText,
  SendOutcome,
  SessionRoad,
} from '#shared/provider/provider.ts';

import { Arrivals } from '../inbound/arrivals.ts';
import { EarlyReceipts } from '../inbound/early-receipts.ts';
import { type InboundParts, noteSent, takeMessage } from '../inbound/take-message.ts';
import { tellLateAnswer } from '../outbound/late-answer.ts';
import { PartBook } from '../outbound/part-book.ts';
import { type Sender, TextSubmission } from '../outbound/text-submission.ts';
import type { Profile } from '../profile.ts';
import { CarrierAnswerer } from './answer-carrier.ts';
import { unbind } from './bind.ts';
import type { BoundPair } from './bound-pair.ts';
import type { Trouble } from './judge-binding.ts';
import { Pace } from './pace.ts';
import type { SessionTimes } from './session-times.ts';
import { stayBound } from './stay-bound.ts';
import { SubmitQueue } from './submit-queue.ts';
import { within } from './within.ts';

export type SessionParts = {
  readonly profile: Profile;
  readonly times: SessionTimes;
  readonly road: SessionRoad;
  /** Resolves when an earlier session of this account has said goodbye, so that the carrier has room for this one. */
  readonly after: Promise<void>;
};

const starting: Trouble = {
  again: 'soon',
  sentence: 'Connecting to the carrier',
  kind: 'network',
};

/** One account's standing session: bound as long as it can be, texts out by its queue, messages in by its road. */
export class SmppSession implements KeptSession {
  readonly #parts: SessionParts;
  readonly #pace: Pace;
  readonly #queue: SubmitQueue;
  readonly #sender: Sender;
  readonly #inbound: InboundParts;
  readonly #answerer: CarrierAnswerer;
  readonly #stopping = new AbortController();
  readonly #over: Promise<void>;
  #pair: BoundPair | null = null;
  /** Why nothing can be sent, while nothing can. */
  #trouble: Trouble = starting;

  constructor(parts: SessionParts) {
    const { profile, times, road } = parts;
    this.#parts = parts;
    this.#pace = new Pace({
      limit: profile.partsPerSecond,
      pauseMs: times.throttlePause,
      recoverEveryMs: times.recoverEvery,
    });
    this.#queue = new SubmitQueue({
      window: profile.window,
      pace: this.#pace,
      answerMs: times.answer,
    });
    const arrivals = new Arrivals(times);
    this.#inbound = { profile, road, book: new PartBook(), arrivals, early: new EarlyReceipts() };
    this.#sender = this.#makeSender();
    this.#answerer = new CarrierAnswerer((pdu, link) => takeMessage(this.#inbound, pdu, link));
    this.#over = this.#run();
  }

  get isBound(): boolean {
    return this.#pair !== null;
  }

  /** Sends one text; past the deadline (milliseconds) it is unsent where nothing of it had left, else unknown. */
  async send(text: OutboundText, deadlineMs: number): Promise<SendOutcome> {
    if (!this.isBound || this.#stopping.signal.aborted || deadlineMs <= 0) {
      const { kind, sentence } = this.#trouble;
      return { kind: 'unsent', failure: { kind, raw: sentence }, retryAfterMs: null };
    }
    const submission = new TextSubmission(this.#sender, text);
    const outcome = await within(deadlineMs, submission.done);
    if (outcome !== null) return outcome;
    if (submission.withdraw()) return this.#waitedInVain();
    void submission.done.then((late) => tellLateAnswer(this.#parts.road, text.uid, late));
    return { kind: 'unknown', failure: { kind: 'no-answer', raw: 'no answer in time' } };
  }

  /** Takes nothing new, waits for what is on the road, says goodbye and closes, all within the time for it. */
  async stop(): Promise<void> {
    const { stop } = this.#parts.times;
    const until = Date.now() + stop;
    this.#stopping.abort();
    this.#queue.finish();
    const quiet = Promise.all([this.#queue.idle(), this.#answerer.settled()]);
    await within(stop * (3 / 5), quiet);
    this.#queue.end();
    this.#answerer.isClosed = true;
    const links = this.#pair?.links ?? [];
    await Promise.all(links.map((link) => unbind(link, Math.max(0, until - Date.now()))));
    await within(Math.max(0, until - Date.now()), this.#over);
  }

  async #run(): Promise<void> {
    const { profile, times, road, after } = this.#parts;
    await after;
    await stayBound({
      profile,
      times,
      onQuestion: this.#answerer.answer,
      signal: this.#stopping.signal,
      following: {
        onState: (state) => road.onState(state),
        onBound: (pair) => this.#bound(pair),
        onUnbound: (trouble) => this.#unbound(trouble),
      },
    });
  }

  #bound(pair: BoundPair): void {
    this.#pair = pair;
    for (const link of pair.links)
      void link.ended.then(() => this.#inbound.arrivals.noteLost(link, Date.now()));
    this.#queue.open(pair.transmitter);
  }

  #unbound(trouble: Trouble): void {
    this.#pair = null;
    this.#trouble = trouble;
    this.#queue.close();
  }

  #waitedInVain(): SendOutcome {
    const wait = this.#pace.waitMs(Date.now());
    const kind = wait > 0 ? 'rate-limited' : 'carrier-trouble';
    const failure = { kind, raw: 'its turn did not come in time' } as const;
    return { kind: 'unsent', failure, retryAfterMs: wait > 0 ? wait : null };
  }

  #makeSender(): Sender {
    const { profile, times } = this.#parts;
    const next = countFrom(randomInt(0x1_0000));
    return {
      profile,
      times,
      queue: this.#queue,
      pace: this.#pace,
      nextReference: countFrom(randomInt(0x1_0000)),
      nextMark: next,
      note: (text) => noteSent(this.#inbound, text),
      isPlain: false,
    };
  }
}

/** Whole numbers of two octets, one after another, round and round. */
function countFrom(first: number): () => number {
  let next = first;
  return () => (next = (next + 1) & 0xffff);
}
