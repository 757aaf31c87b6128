import { type AddressInfo, type Server, type Socket, createServer } from 'node:net';

/** A bare TCP server on loopback, for answers no HTTP library would send. Closed by `await using`. */
export class RawServer implements AsyncDisposable {
  readonly sockets = new Set<Socket>();
  /** Everything received so far, as Latin-1. */
  received = '';
  readonly #server: Server;

  private constructor(onData: (socket: Socket, received: string) => void) {
    this.#server = createServer((socket) => {
      this.sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('data', (chunk) => {
        this.received += chunk.toString('latin1');
        onData(socket, this.received);
      });
    });
  }

  /** Starts a server that calls `onData` with the socket and all text received so far whenever something arrives. */
  static async start(
    onData: (socket: Socket, received: string) => void = () => undefined,
  ): Promise<RawServer> {
    const raw = new RawServer(onData);
    await new Promise<void>((resolve) => raw.#server.listen(0, '127.0.0.1', resolve));
    return raw;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }
}

/** A port of loopback on which nobody listens. */
export async function closedPort(): Promise<number> {
  await using raw = await RawServer.start();
  return raw.port;
}
