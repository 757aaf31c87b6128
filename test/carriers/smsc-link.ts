import type { Socket } from 'node:net';

import { type Unit, readUnits, reply, writeUnit } from './smsc-units.ts';

const noBody = Buffer.alloc(0);

/** One client's connection to the message centre. */
export class SmscLink {
  readonly socket: Socket;
  /** The command it is bound by; null before and after. */
  bound: number | null = null;
  /** Answers of the client's to nothing that was asked, and its generic_nacks. */
  readonly strays: Unit[] = [];
  readonly #asked = new Map<number, (status: number) => void>();
  readonly #onQuestion: (unit: Unit) => void;
  #held: Buffer = noBody;
  #sequence = 0;

  constructor(socket: Socket, onQuestion: (unit: Unit) => void) {
    this.socket = socket;
    this.#onQuestion = onQuestion;
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('close', () => {
      for (const resolve of this.#asked.values()) resolve(-1);
    });
  }

  write(unit: Unit): void {
    if (this.socket.writable) this.socket.write(writeUnit(unit));
  }

  answer({ id, sequence }: Unit, status: number, body: Buffer = noBody): void {
    this.write({ id: reply(id), status, sequence, body });
  }

  /** Asks the client, and resolves with the command_status of its answer; -1 where the connection closed first. */
  ask(id: number, body: Buffer = noBody, sequence = (this.#sequence += 1)): Promise<number> {
    return new Promise((resolve) => {
      this.#asked.set(sequence, resolve);
      this.write({ id, status: 0, sequence, body });
    });
  }

  #take(chunk: Buffer): void {
    const { units, rest } = readUnits(Buffer.concat([this.#held, chunk]));
    this.#held = rest;
    for (const unit of units) {
      if (unit.id < 0x8000_0000) this.#onQuestion(unit);
      else this.#settle(unit);
    }
  }

  #settle(unit: Unit): void {
    const resolve = this.#asked.get(unit.sequence);
    this.#asked.delete(unit.sequence);
    if (resolve === undefined || unit.id === 0x8000_0000) this.strays.push(unit);
    resolve?.(unit.status);
  }
}
