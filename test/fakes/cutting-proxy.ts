import { once } from 'node:events';
import { type AddressInfo, type Server, type Socket, connect, createServer } from 'node:net';

type Joined = { readonly near: Socket; readonly far: Socket };

/**
 * Stands before a relay and, asked to, breaks connections in the middle of whatever flows, or lets nothing through with all
 * of them open.
 */
export class CuttingProxy {
  /** Where what comes in goes to; null refuses it. */
  port: number | null = null;
  /** Called for each chunk from the relay; how many of its octets still pass before the cut, null to let it through. */
  cutAfter: (octets: number) => number | null = () => null;
  /** Connections that were made, and those that were cut by us. */
  made = 0;
  cuts = 0;
  readonly #server: Server;
  readonly #joined = new Set<Joined>();
  readonly #stalled = new Set<Joined>();

  private constructor() {
    this.#server = createServer((near) => this.#join(near));
  }

  static async start(): Promise<CuttingProxy> {
    const proxy = new CuttingProxy();
    await once(proxy.#server.listen(0, '127.0.0.1'), 'listening');
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** From now on nothing flows on the connections there are; what comes anew flows. */
  stall(): void {
    for (const joined of this.#joined) {
      joined.near.pause();
      joined.far.pause();
      this.#stalled.add(joined);
    }
    this.#joined.clear();
  }

  /** Ends every connection at once. */
  cutAll(): void {
    for (const joined of this.#joined) this.#cut(joined);
  }

  async close(): Promise<void> {
    this.cutAll();
    for (const joined of this.#stalled) this.#cut(joined);
    await once(this.#server.close(), 'close');
  }

  #join(near: Socket): void {
    if (this.port === null) return void near.destroy();
    this.made += 1;
    const far = connect({ port: this.port, host: '127.0.0.1' });
    const joined = { near, far };
    this.#joined.add(joined);
    near.on('data', (chunk) => far.write(chunk));
    far.on('data', (chunk) => this.#pass(joined, chunk));
    for (const each of [near, far]) {
      each.on('error', () => undefined);
      each.on('close', () => {
        this.#joined.delete(joined);
        near.destroy();
        far.destroy();
      });
    }
  }

  #pass(joined: Joined, chunk: Buffer): void {
    const left = this.cutAfter(chunk.length);
    joined.near.write(left === null ? chunk : chunk.subarray(0, left));
    if (left !== null) this.#cut(joined);
  }

  #cut({ near, far }: Joined): void {
    this.cuts += 1;
    // What was written goes out before the end, so that a frame may end in its middle.
    near.destroySoon();
    far.destroy();
  }
}
