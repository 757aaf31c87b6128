import type { Clock } from './clock.ts';
import { contractVersion } from './contract.ts';
import { hostFrameSchema, maxAnswerUnits, type HostFrame, type ScreenFrame } from './frames.ts';
import { readFrame } from './read-frame.ts';
import type { Wire } from './wire.ts';

/** `incompatible`: the host speaks another version of the contract; only a reload of the screen helps. */
export type ConnectionState =
  | 'connecting'
  | 'connected'
  | 'reconnecting'
  | 'incompatible'
  | 'closed';

/** What a connection needs from outside. */
export type ConnectOptions = {
  readonly connect: () => Promise<Wire>;
  readonly clock: Clock;
  /** A number from 0 up to 1, such as Math.random gives. */
  readonly random: () => number;
};

/** Hears what becomes of a connection. */
export type ConnectionEars = {
  onState(state: ConnectionState): void;
  onFrame(frame: HostFrame): void;
  /** A frame came that could not be read; it is left aside. */
  onOddFrame(problem: string): void;
};

/** Milliseconds: an attempt that has brought no hello by then is given up. */
const openWithinMs = 10_000;
/** Milliseconds: the longest wait before the first retry, doubled for each one after it. */
const firstWaitMs = 200;
/** Milliseconds: no wait is longer, and a connection that held this long makes the waits begin small again. */
const longestWaitMs = 10_000;

/**
 * Keeps one wire to the host open. After a loss it waits a random time before each attempt (full jitter), so that screens that
 * lost their host together do not all come back at once.
 */
export class HostConnection {
  readonly #options: ConnectOptions;
  readonly #ears: ConnectionEars;
  #state: ConnectionState = 'connecting';
  #wire: Wire | null = null;
  /** Counts attempts, so that what a given-up one brings late is known as such. */
  #attempt = 0;
  #losses = 0;
  #connectedAt: number | null = null;
  #cancelTimer: () => void = () => {};

  constructor(options: ConnectOptions, ears: ConnectionEars) {
    this.#options = options;
    this.#ears = ears;
  }

  get state(): ConnectionState {
    return this.#state;
  }

  open(): void {
    const attempt = (this.#attempt += 1);
    this.#cancelTimer = this.#options.clock.after(openWithinMs, () => this.#lose(attempt));
    Promise.resolve()
      .then(() => this.#options.connect())
      .then(
        (wire) => this.#greet(wire, attempt),
        () => this.#lose(attempt),
      );
  }

  send(frame: ScreenFrame): void {
    this.sendText(JSON.stringify(frame));
  }

  sendText(frame: string): void {
    this.#wire?.send(frame);
  }

  close(): void {
    if (!this.#isOver()) this.#end('closed');
  }

  #greet(wire: Wire, attempt: number): void {
    if (attempt !== this.#attempt) return wire.close();
    this.#wire = wire;
    wire.onFrame((text) => {
      if (attempt === this.#attempt) this.#hear(text);
    });
    wire.onClose(() => this.#lose(attempt));
    this.send({ kind: 'hello', version: contractVersion });
  }

  #hear(text: string): void {
    const read = readFrame(hostFrameSchema, text, maxAnswerUnits);
    if (read.kind === 'unreadable') this.#ears.onOddFrame(read.failure.message);
    else if (read.frame.kind === 'hello') this.#hearHello(read.frame.version);
    else if (this.#state === 'connected') this.#ears.onFrame(read.frame);
  }

  #hearHello(version: number): void {
    if (version !== contractVersion) return this.#end('incompatible');
    this.#cancelTimer();
    this.#connectedAt = this.#options.clock.now();
    this.#change('connected');
  }

  /** Gives up this attempt or connection and plans the next. */
  #lose(attempt: number): void {
    if (attempt !== this.#attempt) return;
    this.#drop();
    const heldFor = this.#options.clock.now() - (this.#connectedAt ?? Infinity);
    if (heldFor >= longestWaitMs) this.#losses = 0;
    const atMost = Math.min(longestWaitMs, firstWaitMs * 2 ** this.#losses);
    this.#losses += 1;
    const again = this.#connectedAt !== null || this.#state === 'reconnecting';
    this.#connectedAt = null;
    this.#cancelTimer = this.#options.clock.after(this.#options.random() * atMost, () =>
      this.open(),
    );
    this.#change(again ? 'reconnecting' : 'connecting');
  }

  #end(state: 'closed' | 'incompatible'): void {
    this.#drop();
    this.#change(state);
  }

  #drop(): void {
    this.#attempt += 1;
    this.#cancelTimer();
    this.#wire?.close();
    this.#wire = null;
  }

  #change(state: ConnectionState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#ears.onState(state);
  }

  #isOver(): boolean {
    return this.#state === 'closed' || this.#state === 'incompatible';
  }
}
