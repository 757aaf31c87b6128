import { meaningOf } from '../outbound/command-status.ts';
import { commandIds } from '../wire/command-ids.ts';
import type { Link } from './link.ts';
import type { Pace } from './pace.ts';
import type { Answer } from './pending-answers.ts';

export type Submitting = {
  /** How many may be unanswered at once. */
  readonly window: number;
  readonly pace: Pace;
  /** How long to wait for an answer, in milliseconds. */
  readonly answerMs: number;
};

/** A part in the queue. */
export type Submitted = {
  readonly answer: Promise<Answer>;
  /** Takes it back. Returns false where it is on the road or answered already. */
  withdraw(): boolean;
};

type Waiting = {
  readonly body: Uint8Array;
  /** Stays in the queue when the connection breaks before its turn. */
  readonly isPatient: boolean;
  readonly resolve: (answer: Answer) => void;
};

const queueFull = 0x14;
const unwritten: Answer = { kind: 'unwritten' };

/** Parts waiting for their turn: no more on the road than the window holds, and no faster than the pace. */
export class SubmitQueue {
  readonly #submitting: Submitting;
  #waiting: Waiting[] = [];
  #onRoad = 0;
  #link: Link | null = null;
  #timer: NodeJS.Timeout | undefined;
  #onIdle: (() => void)[] = [];
  #isFinishing = false;
  #isEnded = false;

  constructor(submitting: Submitting) {
    this.#submitting = submitting;
  }

  /** Parts go over this link from now on. */
  open(link: Link): void {
    this.#link = link;
    this.#pump();
  }

  /** The link is gone: parts that are not patient go back unwritten. */
  close(): void {
    this.#link = null;
    clearTimeout(this.#timer);
    this.#giveBack((each) => !each.isPatient);
  }

  /** Only what has begun goes on: parts that are not patient go back unwritten, now and from now on. */
  finish(): void {
    this.#isFinishing = true;
    this.#giveBack((each) => !each.isPatient);
  }

  /** Nothing leaves any more. */
  end(): void {
    this.#isEnded = true;
    this.close();
    this.#giveBack(() => true);
  }

  submit(body: Uint8Array, isPatient: boolean): Submitted {
    const { promise, resolve } = Promise.withResolvers<Answer>();
    const waiting: Waiting = { body, isPatient, resolve };
    const hasNoUse = this.#isEnded || (!isPatient && (this.#isFinishing || this.#link === null));
    if (hasNoUse) resolve(unwritten);
    else this.#waiting.push(waiting);
    this.#pump();
    return { answer: promise, withdraw: () => this.#takeBack(waiting) };
  }

  /** Resolves when nothing waits and nothing is on the road. */
  async idle(): Promise<void> {
    if (this.#isIdle()) return;
    await new Promise<void>((resolve) => this.#onIdle.push(resolve));
  }

  #isIdle(): boolean {
    return this.#onRoad === 0 && this.#waiting.length === 0;
  }

  #tellIfIdle(): void {
    if (this.#isIdle()) for (const tell of this.#onIdle.splice(0)) tell();
  }

  #giveBack(which: (waiting: Waiting) => boolean): void {
    const given = this.#waiting.filter(which);
    this.#waiting = this.#waiting.filter((each) => !given.includes(each));
    for (const { resolve } of given) resolve(unwritten);
    this.#tellIfIdle();
  }

  #takeBack(waiting: Waiting): boolean {
    const at = this.#waiting.indexOf(waiting);
    if (at < 0) return false;
    this.#waiting.splice(at, 1);
    waiting.resolve(unwritten);
    this.#tellIfIdle();
    return true;
  }

  #pump(): void {
    const { window, pace } = this.#submitting;
    clearTimeout(this.#timer);
    while (this.#link?.isOpen === true && this.#waiting.length > 0 && this.#onRoad < window) {
      const wait = pace.waitMs(Date.now());
      if (wait > 0) {
        this.#timer = setTimeout(() => this.#pump(), wait);
        return;
      }
      this.#sendNext(this.#link);
    }
  }

  #sendNext(link: Link): void {
    const next = this.#waiting.shift();
    if (next === undefined) return;
    this.#submitting.pace.noteSent(Date.now());
    this.#onRoad += 1;
    void link.ask(commandIds.submitSm, next.body, this.#submitting.answerMs).then((answer) => {
      this.#heed(answer, link);
      this.#arrive(next, answer);
    });
  }

  /** What the carrier's answer asks of all that come after it. */
  #heed(answer: Answer, link: Link): void {
    if (answer.kind !== 'answered' || answer.pdu.status === 0) return;
    const { status } = answer.pdu;
    const { pace } = this.#submitting;
    const { answering } = meaningOf(status);
    if (answering === 'slower') pace.slowDown(Date.now());
    if (status === queueFull) pace.pause(Date.now());
    if (answering === 'rebind') link.end('the carrier says we are not bound');
  }

  #arrive({ resolve }: Waiting, answer: Answer): void {
    this.#onRoad -= 1;
    resolve(answer);
    this.#tellIfIdle();
    this.#pump();
  }
}
