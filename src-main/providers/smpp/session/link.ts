import type { Socket } from 'node:net';

import { answerTo, commandIds, isAnswer } from '../wire/command-ids.ts';
import { MalformedPdu } from '../wire/malformed-pdu.ts';
import { type Pdu, encodePdu, noBody } from '../wire/pdu.ts';
import { StreamSplitter } from '../wire/split-stream.ts';
import { type Answer, PendingAnswers } from './pending-answers.ts';

/** Called with each question of the carrier's, in order. */
export type OnQuestion = (question: Pdu, link: Link) => void;

const bindAnswers: readonly number[] = [
  commandIds.bindTransceiver,
  commandIds.bindTransmitter,
  commandIds.bindReceiver,
].map(answerTo);

/* How long what was written last may take to leave, in milliseconds. */
const lastWordsMs = 2_000;
const invalidLength = 0x02;
/* Past this many octets that the carrier does not read, the connection is as good as lost. */
const mostUnread = 8 * 1024 * 1024;

/** One connection to the carrier: units both ways, questions and their answers. It ends once and for all. */
export class Link {
  /** Resolves with the reason, in a few words, when the connection is over. */
  readonly ended: Promise<string>;
  readonly #socket: Socket;
  readonly #splitter = new StreamSplitter();
  readonly #pending = new PendingAnswers();
  readonly #onQuestion: OnQuestion;
  #isBound = false;
  #reason: string | null = null;
  #resolveEnded: (reason: string) => void = () => undefined;

  constructor(socket: Socket, onQuestion: OnQuestion) {
    this.#socket = socket;
    this.#onQuestion = onQuestion;
    this.ended = new Promise((resolve) => {
      this.#resolveEnded = resolve;
    });
    socket.on('data', (chunk: Uint8Array) => this.#take(chunk));
    socket.on('error', () => this.end('the connection was cut off'));
    socket.on('close', () => this.end('the carrier closed the connection'));
    if (socket.destroyed) this.end('the connection was cut off');
  }

  get isOpen(): boolean {
    return this.#reason === null;
  }

  /** Has the carrier taken us in? What it tells before is nobody's word. */
  get isBound(): boolean {
    return this.#isBound;
  }

  /** Asks the carrier. Resolves always: with its answer, or as lost when none came in `withinMs` or before the end. */
  ask(commandId: number, body: Uint8Array, withinMs: number): Promise<Answer> {
    if (!this.isOpen) return Promise.resolve({ kind: 'unwritten' });
    const { sequence, answer } = this.#pending.add(answerTo(commandId), withinMs);
    this.#write({ commandId, status: 0, sequence, body });
    return answer;
  }

  /** Answers a question. Returns false where the connection is over, so that the answer cannot have arrived. */
  answer(question: Pdu, status: number, body: Uint8Array = noBody): boolean {
    if (!this.isOpen) return false;
    const { commandId, sequence } = question;
    this.#write({ commandId: answerTo(commandId), status, sequence, body });
    return true;
  }

  /** Tells the carrier that a question was not understood. */
  refuse(sequence: number, status: number): void {
    if (this.isOpen)
      this.#write({ commandId: commandIds.genericNack, status, sequence, body: noBody });
  }

  /** Closes the connection after what was written. What is unanswered stays so. */
  end(reason: string): void {
    if (!this.isOpen) return;
    this.#reason = reason;
    this.#socket.destroySoon();
    setTimeout(() => this.#socket.destroy(), lastWordsMs).unref();
    this.#pending.loseAll(reason);
    this.#resolveEnded(reason);
  }

  #write(pdu: Pdu): void {
    this.#socket.write(encodePdu(pdu));
    if (this.#socket.writableLength > mostUnread) this.#drop('the carrier reads nothing');
  }

  #drop(reason: string): void {
    this.end(reason);
    this.#socket.destroy();
  }

  #take(chunk: Uint8Array): void {
    try {
      for (const pdu of this.#splitter.take(chunk)) if (this.isOpen) this.#handle(pdu);
    } catch (error) {
      if (!(error instanceof MalformedPdu)) throw error;
      this.refuse(0, invalidLength);
      this.end(`the carrier spoke no SMPP: ${error.message}`);
    }
  }

  #handle(pdu: Pdu): void {
    if (!isAnswer(pdu.commandId)) return this.#onQuestion(pdu, this);
    const isAsked = this.#pending.settle(pdu);
    if (isAsked && bindAnswers.includes(pdu.commandId)) this.#isBound = pdu.status === 0;
  }
}
