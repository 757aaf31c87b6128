import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

import { onTestFinished } from 'vitest';

/** A caller that writes bytes to a socket as it pleases and keeps all that comes back. */
export class RawCaller {
  readonly socket: Socket;
  #received = '';
  #closed = false;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.setEncoding('latin1').on('data', (chunk: string) => (this.#received += chunk));
    socket.on('error', () => undefined);
    socket.on('close', () => (this.#closed = true));
  }

  static async open(port: number): Promise<RawCaller> {
    const socket = connect(port, '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    await once(socket, 'connect');
    return new RawCaller(socket);
  }

  get received(): string {
    return this.#received;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Status of every answer so far. */
  get statuses(): number[] {
    return [...this.#received.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status));
  }

  send(bytes: string | Uint8Array): this {
    this.socket.write(bytes);
    return this;
  }

  /** Resolves with the statuses once the relay has closed the connection. Fails after `withinMs`. */
  async untilClosed(withinMs = 5_000): Promise<number[]> {
    await this.#until(() => this.#closed, withinMs, 'the connection to close');
    return this.statuses;
  }

  /** Resolves with the statuses once so many answers came. Fails after `withinMs`. */
  async untilAnswered(count = 1, withinMs = 5_000): Promise<number[]> {
    await this.#until(() => this.statuses.length >= count, withinMs, `${count} answers`);
    return this.statuses;
  }

  async #until(reached: () => boolean, withinMs: number, what: string): Promise<void> {
    const until = performance.now() + withinMs;
    while (!reached()) {
      if (performance.now() > until)
        throw new Error(`waited for ${what}, received ${JSON.stringify(this.#received)}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}
