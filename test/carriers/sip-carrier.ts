import { randomBytes } from 'node:crypto';

import { Bindings } from './sip-bindings.ts';
import { complaintAbout } from './sip-complaint.ts';
import {
  type Door,
  type OnBytes,
  type Peer,
  type Secure,
  openDatagramDoor,
  openSocketDoor,
  openStreamDoor,
  usualSecure,
} from './sip-doors.ts';
import { Gatekeeper } from './sip-gatekeeper.ts';
import { type WireMessage, answerTo, readWire, valueOf, writeWire } from './sip-wire.ts';

export const domain = 'sip.example.net';
export const account = { username: '15550100001', password: 's3cret' };

type Method = 'REGISTER' | 'MESSAGE' | 'OPTIONS';

/** A text the carrier took. */
export type Taken = {
  readonly to: string;
  readonly from: string;
  readonly message: WireMessage;
  readonly transport: string;
};

/**
 * What becomes of a request that is well formed and proved. `taken`: it is acted on, though the answer is this one, its own
 * (undefined) or none (null). `hangUp`: the connection ends instead.
 */
export type Whim = {
  readonly taken: boolean;
  readonly status?: string | null;
  readonly headers?: readonly (readonly [string, string])[];
  readonly hangUp?: boolean;
  readonly afterMs?: number;
  /** The answer is lost on the way; the request sent again gets it. */
  readonly lost?: boolean;
};

/** A text for one of our numbers, as the carrier sends it to where the account is registered. */
export type Inbound = {
  readonly from?: string;
  readonly text?: string | Uint8Array;
  readonly headers?: readonly (readonly [string, string])[];
  readonly type?: string;
  /** Sent again as it was where given. */
  readonly again?: Buffer;
};

/** A strict registrar and gateway on loopback, over UDP, TCP, TLS, WS and WSS. Closed by `await using`. */
export class SipCarrier implements AsyncDisposable {
  readonly gatekeeper = new Gatekeeper(domain);
  /** What was wrong with requests; empty where the client is as it should be. */
  readonly complaints: string[] = [];
  readonly taken: Taken[] = [];
  /** First lines of all requests, in their order, those sent again included. */
  readonly heard: string[] = [];
  readonly requests: WireMessage[] = [];
  /** Answers to requests of the carrier's own. */
  readonly answers: WireMessage[] = [];
  readonly bindings = new Bindings();
  pings = 0;
  /** Settings. */
  answersPings = true;
  /** Agrees to the sub-protocol of a WebSocket. */
  speaksSip = true;
  refusesCpim = true;
  allow = 'INVITE, ACK, BYE, CANCEL, OPTIONS, REGISTER, MESSAGE';
  /** What becomes of the next requests of a method, one after the other; then all goes well. */
  readonly whims: Record<Method, Whim[]> = {
    REGISTER: [],
    MESSAGE: [],
    OPTIONS: [],
  };
  readonly #doors = new Map<string, Door>();
  readonly #kept = new Map<string, Buffer<ArrayBufferLike>>();
  readonly #served = new Map<string, Buffer>();

  static async start(secure: Secure = usualSecure): Promise<SipCarrier> {
    const carrier = new SipCarrier();
    const hear: OnBytes = (peer, bytes) => carrier.#hear(peer, bytes);
    const tcp = await openStreamDoor(null, hear);
    carrier.#doors.set('tcp', tcp);
    carrier.#doors.set('udp', await openDatagramDoor(tcp.port, hear));
    carrier.#doors.set('tls', await openStreamDoor(secure, hear));
    const speaksSip = (): boolean => carrier.speaksSip;
    carrier.#doors.set('ws', await openSocketDoor({ secure: null, speaksSip }, hear));
    carrier.#doors.set('wss', await openSocketDoor({ secure, speaksSip }, hear));
    return carrier;
  }

  port(door: 'udp' | 'tcp' | 'tls' | 'ws' | 'wss'): number {
    return this.#doors.get(door)?.port ?? 0;
  }

  /** Nobody is registered any more and every connection is cut, as when a carrier's server dies. */
  cut(): void {
    const peers = new Set(this.bindings.all().map(({ peer }) => peer));
    this.bindings.clear();
    this.gatekeeper.forget();
    for (const peer of peers) peer.hangUp();
  }

  async closeDoor(name: 'tcp' | 'tls'): Promise<void> {
    await this.#doors.get(name)?.close();
    this.#doors.delete(name);
  }

  /** Sends a text to everywhere the account is registered; returns the bytes, so that they can be sent again. */
  deliver({
    from = '+15550100777',
    text = 'Hi',
    headers = [],
    type = 'text/plain',
    again,
  }: Inbound): Buffer {
    const contact = this.bindings.all()[0]?.contact ?? '';
    const bytes =
      again ??
      writeWire({
        start: `MESSAGE ${contact} SIP/2.0`,
        headers: [
          ['Via', `SIP/2.0/TCP gw.${domain}:5060;branch=z9hG4bK${randomBytes(8).toString('hex')}`],
          ['Max-Forwards', '69'],
          ['From', `"Ann" <sip:${from}@${domain}>;tag=${randomBytes(4).toString('hex')}`],
          ['To', `<${contact}>`],
          ['Call-ID', `${randomBytes(8).toString('hex')}@gw.${domain}`],
          ['CSeq', '102 MESSAGE'],
          ...(type === '' ? [] : [['Content-Type', type] as const]),
          ...headers,
        ],
        body: text,
      });
    for (const { peer } of this.bindings.all()) peer.send(bytes);
    return bytes;
  }

  /** Sends bytes as they are to where the account is registered. */
  say(bytes: Uint8Array | string): void {
    for (const { peer } of this.bindings.all()) peer.send(Buffer.from(bytes));
  }

  #hear(peer: Peer, bytes: Buffer): void {
    if (peer.transport === 'UDP' || peer.transport.startsWith('WS'))
      return this.#hearWhole(peer, bytes);
    let kept: Buffer<ArrayBufferLike> = Buffer.concat([
      this.#kept.get(peer.name) ?? Buffer.alloc(0),
      bytes,
    ]);
    for (;;) {
      if (kept.subarray(0, 4).toString() === '\r\n\r\n') kept = this.#ping(peer, kept);
      const read = kept.subarray(0, 2).toString() === '\r\n' ? skip(kept) : this.#read(kept);
      if (read === null) break;
      kept = read.rest;
      if (read.message !== null) this.#take(peer, read.message);
    }
    this.#kept.set(peer.name, kept);
  }

  #hearWhole(peer: Peer, bytes: Buffer): void {
    if (bytes.toString() === '\r\n\r\n') return void this.#ping(peer, bytes);
    if (bytes.toString() === '\r\n') return;
    const read = this.#read(bytes);
    if (read === null || read.rest.length > 0) this.complaints.push('a packet is no whole message');
    else this.#take(peer, read.message);
  }

  #ping(peer: Peer, kept: Buffer): Buffer {
    this.pings += 1;
    if (this.answersPings) peer.send(Buffer.from('\r\n'));
    return kept.subarray(4);
  }

  #read(bytes: Buffer): ReturnType<typeof readWire> {
    try {
      return readWire(bytes);
    } catch (error) {
      this.complaints.push(String(error));
      return null;
    }
  }

  #take(peer: Peer, message: WireMessage): void {
    if (message.start.startsWith('SIP/2.0')) return void this.answers.push(message);
    this.heard.push(message.start);
    const branch = valueOf(message, 'via');
    const before = this.#served.get(branch);
    if (before !== undefined) return before.length > 0 ? peer.send(before) : undefined;
    this.requests.push(message);
    this.#served.set(branch, Buffer.alloc(0));
    const answer = this.#answer(peer, message);
    if (answer !== null) this.#served.set(branch, answer.bytes);
    if (answer?.lost === false) peer.send(answer.bytes);
  }

  #answer(peer: Peer, request: WireMessage): { bytes: Buffer; lost: boolean } | null {
    const wrong = complaintAbout(request, peer.transport);
    const sent = (bytes: Buffer) => ({ bytes, lost: false });
    if (wrong !== null) {
      this.complaints.push(`${request.start.slice(0, 40)}: ${wrong}`);
      return sent(answerTo(request, '400 Bad Request'));
    }
    const passwordOf = (user: string): string | undefined =>
      user === account.username ? account.password : undefined;
    const challenge = this.gatekeeper.judge(request, passwordOf);
    if (challenge === null) return this.#act(peer, request);
    const { proxy } = this.gatekeeper.gate;
    const status = proxy ? '407 Proxy Authentication Required' : '401 Unauthorized';
    return sent(answerTo(request, status, challenge));
  }

  #act(peer: Peer, request: WireMessage): { bytes: Buffer; lost: boolean } | null {
    const method = (request.start.split(' ')[0] ?? '') as Method;
    const whim = this.whims[method].shift() ?? { taken: true };
    const own = whim.taken ? this.#do(peer, request, method) : null;
    if (whim.hangUp === true) peer.hangUp();
    const { status, headers, afterMs, lost = false } = whim;
    const bytes = typeof status === 'string' ? answerTo(request, status, headers) : own;
    if (status === null || bytes === null) return null;
    if (afterMs === undefined) return { bytes, lost };
    setTimeout(() => peer.send(bytes), afterMs);
    return null;
  }

  #do(peer: Peer, request: WireMessage, method: Method): Buffer {
    if (method === 'OPTIONS') return answerTo(request, '200 OK', [['Allow', this.allow]]);
    return method === 'REGISTER'
      ? this.bindings.register(peer, request)
      : this.#text(peer, request);
  }

  #text(peer: Peer, request: WireMessage): Buffer {
    const number = /^MESSAGE sip:(\+?\d+)@/.exec(request.start)?.[1];
    const from = /^<sip:([^@]+)@/.exec(valueOf(request, 'from'))?.[1] ?? '';
    if (number === undefined) return answerTo(request, '484 Address Incomplete');
    if (valueOf(request, 'content-type') === 'message/cpim' && this.refusesCpim)
      return answerTo(request, '415 Unsupported Media Type', [['Accept', 'text/plain']]);
    this.taken.push({ to: number, from, message: request, transport: peer.transport });
    return answerTo(request, '202 Accepted');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const door of this.#doors.values()) await door.close();
  }
}

function skip(kept: Buffer): { message: null; rest: Buffer } {
  return { message: null, rest: kept.subarray(2) };
}
