import { contractVersion } from '#shared/contract/contract.ts';
import { hostFrameSchema, type HostFrame } from '#shared/contract/frames.ts';
import type { Wire } from '#shared/contract/wire.ts';

/** A screen that sends whatever it is told to, well-formed or not, and reads the answers one by one. */
export class RawScreen {
  readonly wire: Wire;
  readonly #heard: HostFrame[] = [];
  readonly #waiting: ((frame: HostFrame) => void)[] = [];

  constructor(wire: Wire) {
    this.wire = wire;
    wire.onFrame((text) => this.#hear(hostFrameSchema.parse(JSON.parse(text))));
  }

  sendText(text: string): void {
    this.wire.send(text);
  }

  send(frame: unknown): void {
    this.sendText(JSON.stringify(frame));
  }

  /** The next frame not taken yet. */
  next(): Promise<HostFrame> {
    const frame = this.#heard.shift();
    if (frame !== undefined) return Promise.resolve(frame);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  async greet(): Promise<void> {
    this.send({ kind: 'hello', version: contractVersion });
    await this.next();
  }

  /** What a frame is answered with. */
  async ask(frame: unknown): Promise<HostFrame> {
    this.send(frame);
    return this.next();
  }

  #hear(frame: HostFrame): void {
    const waiting = this.#waiting.shift();
    if (waiting === undefined) this.#heard.push(frame);
    else waiting(frame);
  }
}
