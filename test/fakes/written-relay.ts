import { once } from 'node:events';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { onTestFinished } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';

import { type DesktopFrame, type RelayFrame, streamVersion } from '#shared/team/stream-frames.ts';

export type Said = (frame: DesktopFrame, say: (frame: RelayFrame | string) => void) => void;

export const writtenId = 'written-relay';

/** A relay that says just what a test has it say, right or wrong: first its challenge, then what `answer` does. */
export class WrittenRelay {
  /** Sockets that were opened. */
  opened = 0;
  /** Codes with which desktops closed theirs. */
  readonly closes: number[] = [];
  readonly #server: Server;

  private constructor(version: number, answer: Said) {
    this.#server = createServer((_request, response) => response.writeHead(404).end());
    const sockets = new WebSocketServer({ server: this.#server });
    sockets.on('connection', (socket) => {
      this.opened += 1;
      socket.on('close', (code) => this.closes.push(code));
      const say = (frame: RelayFrame | string): void =>
        socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
      say({ type: 'challenge', version, relay: writtenId, nonce: 'bm9uY2U' });
      socket.on('message', (data) => answer(JSON.parse(String(data)) as DesktopFrame, say));
    });
    onTestFinished(() => this.#close(sockets.clients));
  }

  static async start(answer: Said = () => undefined, version = streamVersion) {
    const relay = new WrittenRelay(version, answer);
    await once(relay.#server.listen(0, '127.0.0.1'), 'listening');
    return relay;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async #close(clients: Set<WebSocket>): Promise<void> {
    for (const each of clients) each.terminate();
    await once(this.#server.close(), 'close');
  }
}
