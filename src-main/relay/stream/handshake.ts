import { randomBytes } from 'node:crypto';

import { log as writeLog } from '#main/log/log.ts';
import type { Clock } from '#shared/contract/clock.ts';
import {
  streamCloseCodes,
  streamLimits,
  streamVersion,
  type DesktopFrame,
} from '#shared/team/stream-frames.ts';

import type { RateLimit } from '../rate-limit.ts';
import type { PairedDesktop } from './desktop-book.ts';
import type { DesktopSocket } from './desktop-socket.ts';
import type { StreamCounts } from './stream-counts.ts';
import { isSignedBy } from './verify-hello.ts';
import type { WorkspaceStream } from './workspace-stream.ts';

type Hello = Extract<DesktopFrame, { type: 'hello' }>;
type Pair = Extract<DesktopFrame, { type: 'pair' }>;

export type HandshakeParts = {
  readonly relayId: string;
  readonly workspaces: readonly WorkspaceStream[];
  readonly clock: Clock;
  readonly counts: StreamCounts;
  /** Codes that were wrong, by the address they came from. */
  readonly wrongCodes: RateLimit;
  /** Called when the desktop has shown who it is. */
  onKnown(): void;
};

type Known = { readonly workspace: WorkspaceStream; readonly desktop: PairedDesktop };

/** The first words of a socket: a challenge, then one hello, or tries to pair. */
export class Handshake {
  readonly #socket: DesktopSocket;
  readonly #address: string;
  readonly #parts: HandshakeParts;
  /** Of this socket alone; the first hello uses it up, whatever comes of it. */
  readonly #nonce = randomBytes(32).toString('base64url');
  readonly #callOff: () => void;

  constructor(socket: DesktopSocket, address: string, parts: HandshakeParts) {
    this.#socket = socket;
    this.#address = address;
    this.#parts = parts;
    this.#callOff = parts.clock.after(streamLimits.helloWithinMs, () => this.#letGo());
    socket.onClose(this.#callOff);
    socket.onFrame((frame) => this.#hear(frame));
    const { relayId: relay } = parts;
    socket.send({ type: 'challenge', version: streamVersion, relay, nonce: this.#nonce });
  }

  #hear(frame: DesktopFrame): void {
    if (frame.type === 'hello') return this.#hearHello(frame);
    if (frame.type === 'pair') return this.#pair(frame);
    this.#socket.closeBadFrame('Say hello or pair first.');
  }

  #hearHello(hello: Hello): void {
    this.#callOff();
    const known = this.#find(hello.desktop);
    const { relayId: relay } = this.#parts;
    const signed = { relay, nonce: this.#nonce, desktop: hello.desktop };
    if (!isSignedBy(known?.desktop.publicKey ?? null, signed, hello.signature) || known === null)
      return this.#refuse();
    if (known.desktop.revokedAt !== null) return this.#socket.closeRevoked();
    // Until the welcome, which waits for the log, nothing more may be said.
    this.#socket.onFrame(() => this.#socket.closeBadFrame('Wait for the welcome.'));
    this.#parts.onKnown();
    known.workspace.welcome(this.#socket, hello).catch((error: unknown) => this.#fail(error));
  }

  #fail(error: unknown): void {
    writeLog('stream.welcome-failed', { error: error instanceof Error ? error.message : null });
    this.#socket.closeFailed();
  }

  #find(id: string): Known | null {
    for (const workspace of this.#parts.workspaces) {
      const desktop = workspace.find(id);
      if (desktop !== null) return { workspace, desktop };
    }
    return null;
  }

  #refuse(): void {
    this.#socket.close({
      code: streamCloseCodes.notAuthentic,
      why: 'not-authentic',
      reason: 'This desktop is not known here: pair it anew.',
    });
  }

  #pair({ code, name, publicKey }: Pair): void {
    const { wrongCodes, workspaces, relayId: relay, counts } = this.#parts;
    if (!wrongCodes.allows(this.#address)) return this.#tooManyCodes();
    for (const workspace of workspaces) {
      const desktop = workspace.pair(code, { name, publicKey });
      if (desktop === null) continue;
      counts.paired += 1;
      this.#socket.send({ type: 'paired', desktop, relay, workspace: workspace.name });
      return this.#socket.closeDone();
    }
    wrongCodes.take(this.#address);
    counts.countEnd('pair-refused');
    this.#socket.send({
      type: 'pair-refused',
      sentence: 'This code is not good: each works once, for 15 minutes. Ask for a new one.',
    });
  }

  #tooManyCodes(): void {
    this.#socket.send({
      type: 'pair-refused',
      sentence: 'Too many wrong codes came from here: wait a minute and try again.',
    });
    this.#socket.close({
      code: streamCloseCodes.overloaded,
      why: 'overloaded',
      reason: 'Too many wrong codes: wait a minute.',
    });
  }

  #letGo(): void {
    this.#socket.close({
      code: streamCloseCodes.slow,
      why: 'no-hello',
      reason: 'Neither hello nor pair came in time.',
    });
  }
}
