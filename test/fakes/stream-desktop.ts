import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { once } from 'node:events';

import { WebSocket, type ClientOptions } from 'ws';

import {
  helloToSign,
  streamPath,
  streamProtocol,
  streamVersion,
  type DesktopFrame,
  type RelayFrame,
} from '#shared/team/stream-frames.ts';

export type KeyPair = { readonly privateKey: KeyObject; readonly publicKey: string };
/** A desktop that was paired. */
export type Identity = { readonly desktop: string; readonly keys: KeyPair };
export type FrameOf<Type extends RelayFrame['type']> = Extract<RelayFrame, { type: Type }>;
/** How the socket is made. `servername`: the name that the certificate is to be of. */
export type DesktopOptions = ClientOptions & { readonly servername?: string };
type Hello = Extract<DesktopFrame, { type: 'hello' }>;

export function makeKeys(): KeyPair {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return { privateKey, publicKey: publicKey.export({ format: 'jwk' }).x ?? '' };
}

/** A desktop's end of the stream that says just what a test wants, right or wrong. */
export class StreamDesktop {
  readonly socket: WebSocket;
  /** Every frame so far. */
  readonly frames: RelayFrame[] = [];
  /** Code and reason of the end; null while there is none. */
  closed: { readonly code: number; readonly reason: string } | null = null;
  readonly #deliveries: FrameOf<'delivery'>[] = [];
  #acknowledges = false;
  #seen = 0;
  #wake: () => void = () => undefined;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data) => this.#hear(JSON.parse(String(data)) as RelayFrame));
    socket.on('error', () => undefined);
    socket.on('close', (code, reason) => {
      this.closed = { code, reason: String(reason) };
      this.#wake();
    });
  }

  /** Opens a socket to the relay at `http://…` or `https://…`; says nothing. */
  static async open(relayUrl: string, options: DesktopOptions = {}): Promise<StreamDesktop> {
    const url = new URL(streamPath, relayUrl.replace(/^http/, 'ws'));
    const desktop = new StreamDesktop(new WebSocket(url, streamProtocol, options));
    await once(desktop.socket, 'open');
    return desktop;
  }

  /** Pairs by a code on a socket of its own. */
  static async pair(relayUrl: string, code: string, name = 'Desk 1'): Promise<Identity> {
    const keys = makeKeys();
    const desktop = await StreamDesktop.open(relayUrl);
    desktop.say({ type: 'pair', version: streamVersion, code, name, publicKey: keys.publicKey });
    const { desktop: id } = await desktop.next('paired');
    await desktop.untilClosed();
    return { desktop: id, keys };
  }

  /** Opens a socket and says a right hello; resolves before the welcome. */
  static async join(
    relayUrl: string,
    identity: Identity,
    cursor: Partial<Pick<Hello, 'log' | 'after'>> = {},
  ): Promise<StreamDesktop> {
    const desktop = await StreamDesktop.open(relayUrl);
    desktop.say({ ...(await desktop.helloAs(identity)), ...cursor });
    return desktop;
  }

  /** The right hello for this socket's challenge. */
  async helloAs({ desktop, keys }: Identity): Promise<Hello> {
    const { relay, nonce } = await this.next('challenge');
    const signed = Buffer.from(helloToSign({ relay, nonce, desktop }));
    const signature = sign(null, signed, keys.privateKey).toString('base64url');
    return { type: 'hello', version: streamVersion, desktop, signature, log: null, after: 0 };
  }

  /** Acknowledges what has come, and from now on each delivery as it comes. */
  set acknowledges(does: boolean) {
    this.#acknowledges = does;
    const last = this.#deliveries.at(-1);
    if (does && last !== undefined) this.say({ type: 'ack', seq: last.seq });
  }

  say(frame: DesktopFrame): void {
    this.socket.send(JSON.stringify(frame));
  }

  /** The next frame of this type, past all others; fails where the socket ends first. */
  async next<Type extends RelayFrame['type']>(type: Type): Promise<FrameOf<Type>> {
    for (;;) {
      while (this.#seen < this.frames.length) {
        const frame = this.frames[this.#seen++] as RelayFrame;
        if (frame.type === type) return frame as FrameOf<Type>;
      }
      if (this.closed !== null)
        throw new Error(`closed with ${this.closed.code} (${this.closed.reason}) before ${type}`);
      await this.#more();
    }
  }

  /** Resolves with all deliveries so far, once there are as many. */
  async deliveries(count: number): Promise<readonly FrameOf<'delivery'>[]> {
    while (this.#deliveries.length < count) {
      if (this.closed !== null)
        throw new Error(`closed with ${this.closed.code} after ${this.#deliveries.length}`);
      await this.#more();
    }
    return this.#deliveries;
  }

  async untilClosed(): Promise<{ readonly code: number; readonly reason: string }> {
    while (this.closed === null) await this.#more();
    return this.closed;
  }

  /** Leaves without a word. */
  cut(): void {
    this.socket.terminate();
  }

  #hear(frame: RelayFrame): void {
    this.frames.push(frame);
    if (frame.type === 'delivery') {
      this.#deliveries.push(frame);
      if (this.#acknowledges) this.say({ type: 'ack', seq: frame.seq });
    }
    this.#wake();
  }

  #more(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}
