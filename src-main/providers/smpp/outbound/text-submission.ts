import { setTimeout as pause } from 'node:timers/promises';

import type { OutboundText, SendOutcome } from '#shared/provider/provider.ts';
import type { FailureKind } from '#shared/provider/send-failure.ts';

import { asRecipient, asSender } from '../content/numbers.ts';
import { type PlannedPart, planParts } from '../content/plan-parts.ts';
import type { Profile } from '../profile.ts';
import type { Pace } from '../session/pace.ts';
import type { SubmitQueue, Submitted } from '../session/submit-queue.ts';
import { type Address, encodeSubmit } from '../wire/message-body.ts';
import { asPair, tags } from '../wire/tlvs.ts';
import { meaningOf } from './command-status.ts';
import { idsOf, judgeAll, judgeFirst } from './judge-answers.ts';
import { type PartAnswer, readPartAnswer } from './part-answer.ts';
import type { SentText } from './part-book.ts';

/** What sending works with. */
export type Sender = {
  readonly profile: Profile;
  readonly queue: SubmitQueue;
  readonly pace: Pace;
  readonly times: { readonly patience: number; readonly throttlePause: number };
  /** The next number that ties parts together, and the next that marks one. */
  nextReference(): number;
  nextMark(): number;
  /** Keeps in mind a text that its receipts do not name. */
  note(text: SentText): void;
  /** The carrier does not take optional parameters that nothing depends on. */
  isPlain: boolean;
};

type Route = { readonly source: Address; readonly destination: Address };
type MarkedPart = PlannedPart & { readonly mark: number };

/* A receipt for success and failure alike. */
const withReceipt = 1;

/**
 * One text on its way. Its first part goes alone, so that what the carrier refuses is refused before anything of it left; the
 * others follow together, and are tried on for a while, because a text cannot be taken back half-way.
 */
export class TextSubmission {
  /** Resolves always, at the latest when patience and the answers' time are over. */
  readonly done: Promise<SendOutcome>;
  readonly #sender: Sender;
  readonly #text: OutboundText;
  readonly #startedAt = Date.now();
  /** The first part, while it is all there is. */
  #first: Submitted | null = null;

  constructor(sender: Sender, text: OutboundText) {
    this.#sender = sender;
    this.#text = text;
    this.done = this.#run();
  }

  /** Takes the text back. Returns false where anything of it may have left. */
  withdraw(): boolean {
    return this.#first?.withdraw() ?? false;
  }

  async #run(): Promise<SendOutcome> {
    const { shortCodeForm } = this.#sender.profile;
    const destination = asRecipient(this.#text.to, shortCodeForm);
    if (destination === null) return refuse('invalid-number', 'the recipient is no number');
    const source = asSender(this.#text.from, shortCodeForm);
    if (source === null)
      return refuse('not-allowed', 'the sender is neither number nor short name');
    const route = { source, destination };
    const parts = this.#plan(false);
    if (parts === null) return refuse('too-long', 'the text takes more than 255 parts');
    return await this.#submitAll(route, parts);
  }

  async #submitAll(route: Route, planned: readonly MarkedPart[]): Promise<SendOutcome> {
    const { parts, answer } = await this.#submitFirst(route, planned);
    const [first, ...rest] = parts;
    if (first === undefined || answer.kind !== 'taken' || rest.length === 0) {
      if (rest.length === 0) this.#note(parts, [answer]);
      return judgeFirst(answer, this.#sender.pace.waitMs(Date.now()));
    }
    const until = Date.now() + this.#sender.times.patience;
    const later = rest.map((part) => this.#submitLater(encode(route, part, this.#sender), until));
    const answers = [answer, ...(await Promise.all(later))];
    this.#note(parts, answers);
    return judgeAll(answers);
  }

  /** Tries the first part, and once more where the carrier's no asks for it. */
  async #submitFirst(
    route: Route,
    planned: readonly MarkedPart[],
  ): Promise<{ readonly parts: readonly MarkedPart[]; readonly answer: PartAnswer }> {
    const answer = await this.#submitOnce(route, planned);
    const remedy = answer.kind === 'rejected' ? meaningOf(answer.status).answering : 'no';
    switch (remedy) {
      case 'ucs2': {
        const parts = this.#plan(true) ?? planned;
        return { parts, answer: await this.#submitOnce(route, parts) };
      }
      case 'plain':
        this.#sender.isPlain = true;
        return { parts: planned, answer: await this.#submitOnce(route, planned) };
      case 'once':
        return { parts: planned, answer: await this.#submitOnce(route, planned) };
      default:
        return { parts: planned, answer };
    }
  }

  async #submitOnce(route: Route, [first]: readonly MarkedPart[]): Promise<PartAnswer> {
    if (first === undefined) return { kind: 'unwritten' };
    const { queue, profile } = this.#sender;
    this.#first = queue.submit(encode(route, first, this.#sender), false);
    return readPartAnswer(await this.#first.answer, profile);
  }

  /** Submits a later part, again and again where the carrier only wants us to wait. */
  async #submitLater(body: Uint8Array, until: number): Promise<PartAnswer> {
    const { queue, profile, times } = this.#sender;
    let isRetried = false;
    for (;;) {
      const submitted = queue.submit(body, true);
      const timer = setTimeout(() => submitted.withdraw(), Math.max(0, until - Date.now()));
      const answer = readPartAnswer(await submitted.answer, profile);
      clearTimeout(timer);
      const asks = answer.kind === 'rejected' ? meaningOf(answer.status).answering : 'no';
      const mayWait = waits.includes(asks) && Date.now() + times.throttlePause < until;
      if (!mayWait && (asks !== 'once' || isRetried)) return answer;
      if (mayWait) await pause(times.throttlePause, undefined, { ref: false });
      else isRetried = true;
    }
  }

  #plan(ucs2: boolean): readonly MarkedPart[] | null {
    const { profile, nextReference, nextMark } = this.#sender;
    try {
      const planning = { ...profile, reference: nextReference(), ucs2 };
      return planParts(this.#text.text, planning).map((part) => ({ ...part, mark: nextMark() }));
    } catch (error) {
      if (error instanceof RangeError) return null;
      throw error;
    }
  }

  /** Keeps the text in mind, unless a part of it certainly was not taken. */
  #note(parts: readonly MarkedPart[], answers: readonly PartAnswer[]): void {
    if (answers.some(({ kind }) => kind === 'rejected' || kind === 'unwritten')) return;
    const ids = idsOf(answers);
    const { uid, from: line, to: peer, text: words } = this.#text;
    this.#sender.note({
      uid,
      line,
      peer,
      words,
      parts: parts.map(({ mark }, index) => ({ mark, id: ids[index] ?? null })),
      at: this.#startedAt,
    });
  }
}

const waits: readonly string[] = ['later', 'slower', 'rebind'];

function encode(route: Route, part: MarkedPart, { profile, isPlain }: Sender): Uint8Array {
  const { mark, tlvs, ...planned } = part;
  const marks = isPlain ? [] : [[tags.userMessageReference, asPair(mark)] as const];
  return encodeSubmit({
    ...route,
    ...planned,
    registeredDelivery: withReceipt,
    tlvs: new Map([...tlvs, ...marks, ...profile.extraTlvs]),
  });
}

function refuse(kind: FailureKind, raw: string): SendOutcome {
  return { kind: 'refused', failure: { kind, raw } };
}
