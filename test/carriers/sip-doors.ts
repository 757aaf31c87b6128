import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { createServer as createHttps } from 'node:https';
import { type AddressInfo, type Socket, createServer } from 'node:net';
import { createServer as createTls } from 'node:tls';

import { type WebSocket, WebSocketServer } from 'ws';

/** One peer as seen from a door. `hangUp` is rude: no goodbye. */
export type Peer = {
  readonly transport: 'UDP' | 'TCP' | 'TLS' | 'WS' | 'WSS';
  /** Tells two peers apart. */
  readonly name: string;
  send(bytes: Uint8Array): void;
  hangUp(): void;
};

/** Hears bytes from a peer: pieces of a stream, whole datagrams, whole frames. */
export type OnBytes = (peer: Peer, bytes: Buffer) => void;

export type Door = { readonly port: number; close(): Promise<void> };

const fixture = (name: string): Buffer =>
  readFileSync(new URL(`../fixtures/${name}`, import.meta.url));

/** The certificate of the local carrier, for localhost and 127.0.0.1; it is its own authority. */
export const carrierCertificate = fixture('self-signed-certificate.pem').toString();
const secure = { key: fixture('self-signed-key.pem'), cert: carrierCertificate };

export async function openDatagramDoor(onBytes: OnBytes): Promise<Door> {
  const socket = createSocket('udp4');
  socket.on('message', (bytes, { address, port }) => {
    const send = (answer: Uint8Array): void => void socket.send(answer, port, address);
    onBytes({ transport: 'UDP', name: `${address}:${port}`, send, hangUp: () => undefined }, bytes);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return {
    port: socket.address().port,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

export async function openStreamDoor(transport: 'TCP' | 'TLS', onBytes: OnBytes): Promise<Door> {
  const sockets = new Set<Socket>();
  const onSocket = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    const peer: Peer = {
      transport,
      name: `${transport} ${socket.remotePort}`,
      send: (bytes) => void socket.write(bytes),
      hangUp: () => void socket.destroy(),
    };
    socket.on('data', (bytes) => onBytes(peer, bytes));
  };
  const server = transport === 'TCP' ? createServer(onSocket) : createTls(secure, onSocket);
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

export async function openSocketDoor(transport: 'WS' | 'WSS', onBytes: OnBytes): Promise<Door> {
  const https = transport === 'WSS' ? createHttps(secure) : null;
  const server = new WebSocketServer({
    ...(https === null ? { port: 0, host: '127.0.0.1' } : { server: https }),
    handleProtocols: (offered) => (offered.has('sip') ? 'sip' : false),
  });
  let peers = 0;
  server.on('connection', (socket: WebSocket) => {
    const peer: Peer = {
      transport,
      name: `${transport} ${(peers += 1)}`,
      send: (bytes) => void socket.send(bytes, { binary: false }),
      hangUp: () => void socket.terminate(),
    };
    socket.on('error', () => undefined);
    socket.on('message', (bytes: Buffer) => onBytes(peer, bytes));
  });
  await new Promise<void>((resolve) => {
    if (https === null) server.once('listening', resolve);
    else https.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: ((https ?? server).address() as AddressInfo).port,
    async close() {
      for (const socket of server.clients) socket.terminate();
      await new Promise((resolve) => server.close(resolve));
      if (https !== null) await new Promise((resolve) => https.close(resolve));
    },
  };
}
