import type { Clock } from '#shared/contract/clock.ts';
import {
  type DesktopFrame,
  type RelayFrame,
  desktopFrameSchema,
} from '#shared/team/stream-frames.ts';

import type { Appended } from '../delivery-log.ts';

type Wanted = Extract<DesktopFrame, { type: 'append' | 'append-arrival' }>;
/** What is to be appended, before it has its number on this stream. */
export type ToAppend = Wanted extends infer Frame
  ? Frame extends Wanted
    ? Omit<Frame, 'id'>
    : never
  : never;
export type AppendAnswer = Extract<RelayFrame, { type: 'appended' | 'not-appended' }>;

/** It is not known to be in the relay's log. `again` is false where repeating it as it is would be of no use. */
export class NotAppended extends Error {
  override readonly name = 'NotAppended';
  readonly again: boolean;

  constructor(sentence: string, again: boolean) {
    super(sentence);
    this.again = again;
  }
}

/** Milliseconds: an append that is not answered by then counts as not made; its key makes a repeat harmless. */
const answerWithinMs = 30_000;

type Pending = {
  resolve(appended: Appended): void;
  reject(failure: NotAppended): void;
};

/** Appends on their way over one stream. */
export class PendingAppends {
  readonly #clock: Clock;
  readonly #send: (frame: Wanted) => boolean;
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;

  /** `send` returns false where the frame is longer than the relay takes. */
  constructor(clock: Clock, send: (frame: Wanted) => boolean) {
    this.#clock = clock;
    this.#send = send;
  }

  /** Resolves once the relay has it for good. Rejects with {@link NotAppended}. */
  append(wanted: ToAppend): Promise<Appended> {
    const id = (this.#lastId += 1);
    const frame = { ...wanted, id };
    // The relay ends a stream on which it hears what it does not understand; so it is not sent.
    if (!desktopFrameSchema.safeParse(frame).success) return Promise.reject(odd());
    return new Promise((resolve, reject) => {
      const expire = (): void => this.#settle(id)?.reject(late());
      const cancel = this.#clock.after(answerWithinMs, expire);
      this.#pending.set(id, {
        resolve: (appended) => {
          cancel();
          resolve(appended);
        },
        reject: (failure) => {
          cancel();
          reject(failure);
        },
      });
      if (!this.#send(frame)) this.#settle(id)?.reject(tooLong());
    });
  }

  hear(answer: AppendAnswer): void {
    const pending = this.#settle(answer.id);
    if (answer.type === 'appended')
      pending?.resolve({ seq: answer.seq, duplicate: answer.duplicate });
    else pending?.reject(new NotAppended(answer.sentence, answer.again));
  }

  /** The stream is gone: what is under way may or may not be in the log. */
  lose(): void {
    for (const id of this.#pending.keys()) this.#settle(id)?.reject(offline());
  }

  #settle(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    return pending;
  }
}

export const offline = (): NotAppended =>
  new NotAppended('There is no connection to the team’s relay.', true);
const late = (): NotAppended => new NotAppended('The relay did not answer in time.', true);
const tooLong = (): NotAppended =>
  new NotAppended('It is longer than the relay takes in one piece.', false);
const odd = (): NotAppended => new NotAppended('It is not as the relay takes it.', false);
