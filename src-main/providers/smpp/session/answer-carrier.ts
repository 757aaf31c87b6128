import { commandIds } from '../wire/command-ids.ts';
import type { Pdu } from '../wire/pdu.ts';
import type { Link } from './link.ts';

const ok = 0x00;
const unknownCommand = 0x03;
const notBound = 0x04;
const systemError = 0x08;
const tryLater = 0x64;

/** An empty message id, which the answers to messages are made of. */
const emptyId = Uint8Array.of(0);
/* Past this many messages being stored at once, the carrier keeps the next ones for later. */
const mostUnderWay = 200;

/** Answers what the carrier asks. A message is answered when it is stored, and refused for now where it could not be. */
export class CarrierAnswerer {
  /** Makes a message durable; rejects where it could not be stored. */
  readonly #take: (pdu: Pdu, link: Link) => Promise<void>;
  readonly #underWay = new Set<Promise<void>>();
  /** Messages stay with the carrier from now on. */
  isClosed = false;

  constructor(take: (pdu: Pdu, link: Link) => Promise<void>) {
    this.#take = take;
  }

  readonly answer = (question: Pdu, link: Link): void => {
    switch (question.commandId) {
      case commandIds.enquireLink:
        link.answer(question, ok);
        return;
      case commandIds.unbind:
        link.answer(question, ok);
        link.end('the carrier said goodbye');
        return;
      case commandIds.deliverSm:
      case commandIds.dataSm:
        this.#answerMessage(question, link);
        return;
      case commandIds.alertNotification:
        return;
      default:
        // An outbind is one of these: who we are bound to, we decide.
        link.refuse(question.sequence, unknownCommand);
    }
  };

  /** Resolves when every message that came is answered. */
  async settled(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  #answerMessage(question: Pdu, link: Link): void {
    if (!link.isBound) return void link.answer(question, notBound, emptyId);
    if (this.isClosed || this.#underWay.size >= mostUnderWay)
      return void link.answer(question, tryLater, emptyId);
    const taking = this.#take(question, link)
      .then(
        () => link.answer(question, ok, emptyId),
        () => link.answer(question, systemError, emptyId),
      )
      .then(() => void this.#underWay.delete(taking));
    this.#underWay.add(taking);
  }
}
