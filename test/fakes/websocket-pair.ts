import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

import { WebSocket, WebSocketServer } from 'ws';

import { createWebSocketWire, maxFrameOctets } from '#main/hosts/served/websocket-wire.ts';
import { systemClock } from '#main/log/system-clock.ts';
import type { Clock } from '#shared/contract/clock.ts';
import { createWireEars } from '#shared/contract/wire-ears.ts';
import type { Wire } from '#shared/contract/wire.ts';

export type WebSocketPairOptions = {
  readonly clock?: Clock;
  readonly isWelcome?: (cause: 'frame' | 'ping') => boolean;
};

/** The host's wire over a real loopback socket, with a plain client at the other end. */
export async function openWebSocketPair({ clock, isWelcome }: WebSocketPairOptions = {}) {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, maxPayload: maxFrameOctets });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const accepted = once(server, 'connection') as Promise<[WebSocket]>;
  const client = new WebSocket(`ws://127.0.0.1:${port}`);
  const opened = once(client, 'open');
  const screen = wireOfClient(client);
  const [socket] = await accepted;
  const host = createWebSocketWire(socket, {
    clock: clock ?? systemClock,
    isWelcome: isWelcome ?? (() => true),
  });
  await opened;
  const dispose = async () => {
    client.terminate();
    socket.terminate();
    await new Promise((resolve) => server.close(resolve));
  };
  return { screen, host, client, socket, dispose };
}

/** A plain client as a wire. */
export function wireOfClient(client: WebSocket): Wire {
  const ears = createWireEars();
  client.on('message', (data) => ears.hearFrame(String(data)));
  client.on('close', ears.hearClose);
  client.on('error', () => {});
  return {
    send(frame) {
      if (client.readyState === client.OPEN) client.send(frame);
    },
    onFrame: ears.onFrame,
    onClose: ears.onClose,
    close() {
      ears.hearClose();
      client.close();
    },
  };
}
