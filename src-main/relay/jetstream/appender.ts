import { randomBytes } from 'node:crypto';

import { headers, type MsgHdrs } from '@nats-io/transport-node';

import type { RawDelivery } from '#shared/provider/delivery.ts';

import { LogFailure, type Appended } from '../delivery-log.ts';
import { encodeDelivery } from './delivery-message.ts';
import { isKnownSubject } from './describe-nats-error.ts';
import { keepTrying } from './keep-trying.ts';
import type { LogStreams } from './log-streams.ts';
import { answerTimeoutMs, type NatsLink } from './nats-link.ts';

/**
 * Publishes that may wait for the server at once. A server that syncs each message takes some hundreds a second, and what is
 * sent to it faster would only time out in its queue.
 */
const mostUnderWay = 256;

/** Which append stored a message: a server's "known already" may speak of an earlier try of the same append. */
const appendIdHeader = 'Trunkline-Append';

type Append = {
  readonly id: string;
  readonly subject: string;
  readonly payload: Uint8Array;
  /** The server's short memory of ids is left out once it has claimed a message that the log does not hold. */
  useMessageId: boolean;
};

/** Appends deliveries to the stream, each once however often it is sent. */
export class Appender {
  readonly #link: NatsLink;
  readonly #streams: LogStreams;
  readonly #boundMs: number;
  readonly #queue: (() => void)[] = [];
  #underWay = 0;

  /** `boundMs`: how long one append is tried. */
  constructor(link: NatsLink, streams: LogStreams, boundMs: number) {
    this.#link = link;
    this.#streams = streams;
    this.#boundMs = boundMs;
  }

  /** Resolves with the server's word that the delivery is stored. Throws {@link LogFailure}. */
  async append(raw: RawDelivery, key: string): Promise<Appended> {
    const until = performance.now() + this.#boundMs;
    const append: Append = {
      id: randomBytes(9).toString('base64url'),
      subject: this.#streams.subjectOf(key),
      payload: encodeDelivery(raw),
      useMessageId: true,
    };
    await this.#takeTurn();
    try {
      return await keepTrying(this.#link, until, () => this.#attempt(append, until));
    } finally {
      this.#endTurn();
    }
  }

  async #attempt(append: Append, until: number): Promise<Appended> {
    const timeout = Math.min(answerTimeoutMs, until - performance.now());
    if (timeout < 1) throw new LogFailure('unreachable', 'NATS did not answer in time.');
    try {
      const ack = await this.#publish(append, timeout);
      if (!ack.duplicate) return { seq: ack.seq, duplicate: false };
    } catch (error) {
      if (!isKnownSubject(error)) throw error;
    }
    return this.#findFirst(append);
  }

  #publish({ id, subject, payload, useMessageId }: Append, timeout: number) {
    const own: MsgHdrs = headers();
    own.set(appendIdHeader, id);
    return this.#link.ask(() =>
      this.#link.js.publish(subject, payload, {
        headers: own,
        timeout,
        expect: { streamName: this.#streams.deliveries, lastSubjectSequence: 0 },
        ...(useMessageId ? { msgID: subject } : {}),
      }),
    );
  }

  /** Finds what stands under the key already, at the leader. Where that is nothing yet, or no more, it is tried again. */
  async #findFirst(append: Append): Promise<Appended> {
    const { jsm } = this.#link;
    const found = await this.#link.ask(() =>
      jsm.streams.getMessage(this.#streams.deliveries, { last_by_subj: append.subject }),
    );
    if (found !== null)
      return { seq: found.seq, duplicate: found.header.get(appendIdHeader) !== append.id };
    append.useMessageId = false;
    throw new LogFailure('busy', 'NATS is still storing the same delivery.');
  }

  async #takeTurn(): Promise<void> {
    if (this.#underWay >= mostUnderWay)
      await new Promise<void>((resolve) => this.#queue.push(resolve));
    else this.#underWay += 1;
  }

  /** Hands the place on to the first in the queue, so that appends keep their order. */
  #endTurn(): void {
    const next = this.#queue.shift();
    if (next === undefined) this.#underWay -= 1;
    else next();
  }
}
