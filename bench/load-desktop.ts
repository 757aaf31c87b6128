import { sign } from 'node:crypto';
import { once } from 'node:events';

import { WebSocket } from 'ws';

import type { DesktopBook } from '#main/relay/stream/desktop-book.ts';
import {
  helloToSign,
  streamPath,
  streamProtocol,
  streamVersion,
  type DesktopFrame,
} from '#shared/team/stream-frames.ts';
import { makeKeys, type Identity } from '#test/fakes/stream-desktop.ts';

/** The header in which the load tells when a call was made, milliseconds since 1970 with fractions. */
export const sentHeader = 'x-load-sent';

const seqOf = /^\{"type":"delivery","seq":(\d+)/;
const sentOf = new RegExp(`"${sentHeader}":"([\\d.]+)"`);

/** Milliseconds since 1970 with fractions, the same in every process of this machine. */
export const nowMs = (): number => performance.timeOrigin + performance.now();

/** Pairs a desktop without the stream, so that a thousand are soon made. */
export function pairDirectly(book: DesktopBook, name: string): Identity {
  const keys = makeKeys();
  const { code } = book.makeCode(Date.now());
  const desktop = book.pair(code, { name, publicKey: keys.publicKey }, Date.now());
  if (desktop === null) throw new Error('a code just made was refused');
  return { desktop, keys };
}

/**
 * A desktop's end of the stream that costs little: it checks that the numbers have no hole, acknowledges once in each turn of the
 * loop, and keeps how long each delivery took. It commits nothing.
 */
export class LoadDesktop {
  /** Deliveries that came, and those whose number was not the next one. */
  received = 0;
  outOfTurn = 0;
  /** Milliseconds from the webhook's call, where it said when that was. */
  readonly delays: number[] = [];
  readonly socket: WebSocket;
  #seq: number;
  #acknowledged: number;
  #isAckPlanned = false;

  constructor(url: string, identity: Identity, after = 0) {
    this.#seq = after;
    this.#acknowledged = after;
    this.socket = new WebSocket(new URL(streamPath, url.replace(/^http/, 'ws')), streamProtocol, {
      perMessageDeflate: false,
    });
    this.socket.on('message', (data) => this.#hear((data as Buffer).toString(), identity));
    this.socket.on('error', () => undefined);
  }

  get seq(): number {
    return this.#seq;
  }

  async untilWelcome(): Promise<this> {
    while (!this.#isWelcome) await once(this.socket, 'message');
    return this;
  }

  #isWelcome = false;

  #hear(text: string, identity: Identity): void {
    const seq = seqOf.exec(text)?.[1];
    if (seq !== undefined) return this.#take(Number(seq), text);
    if (text.startsWith('{"type":"challenge"')) this.#greet(text, identity);
    if (text.startsWith('{"type":"welcome"')) this.#isWelcome = true;
  }

  #take(seq: number, text: string): void {
    if (seq !== this.#seq + 1) this.outOfTurn += 1;
    this.#seq = seq;
    this.received += 1;
    const sent = sentOf.exec(text)?.[1];
    if (sent !== undefined) this.delays.push(nowMs() - Number(sent));
    if (this.#isAckPlanned) return;
    this.#isAckPlanned = true;
    setImmediate(() => {
      this.#isAckPlanned = false;
      if (this.#seq > this.#acknowledged) this.#say({ type: 'ack', seq: this.#seq });
      this.#acknowledged = this.#seq;
    });
  }

  #greet(text: string, { desktop, keys }: Identity): void {
    const { relay, nonce } = JSON.parse(text) as { relay: string; nonce: string };
    const signed = Buffer.from(helloToSign({ relay, nonce, desktop }));
    const signature = sign(null, signed, keys.privateKey).toString('base64url');
    const version = streamVersion;
    this.#say({ type: 'hello', version, desktop, signature, log: null, after: this.#seq });
  }

  #say(frame: DesktopFrame): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
  }
}
