import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** Stands before a server and lets only so many octets a second through from it to whoever calls. */
export class SlowRoad {
  /** From now on; Infinity lets everything through. */
  octetsPerSecond: number;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(octetsPerSecond: number, server: Server) {
    this.octetsPerSecond = octetsPerSecond;
    this.#server = server;
  }

  static async before(port: number, octetsPerSecond: number): Promise<SlowRoad> {
    const road: SlowRoad = new SlowRoad(
      octetsPerSecond,
      createServer((near) => road.#join(near, connect({ port, host: '127.0.0.1' }))),
    );
    await once(road.#server.listen(0, '127.0.0.1'), 'listening');
    return road;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await once(this.#server.close(), 'close');
  }

  #join(near: Socket, far: Socket): void {
    for (const socket of [near, far]) {
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.#sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.on('data', (chunk) => far.write(chunk));
    far.on('data', (chunk) => {
      near.write(chunk);
      far.pause();
      setTimeout(() => far.resume(), (chunk.length / this.octetsPerSecond) * 1_000);
    });
  }
}
