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
export type Secure = { readonly key: string; readonly cert: string };
export const usualSecure: Secure = {
  key: fixture('self-signed-key.pem').toString(),
  cert: carrierCertificate,
};

/** Opens at this port, as SIP has it at one number for all transports. */
export async function openDatagramDoor(port: number, onBytes: OnBytes): Promise<Door> {
  const socket = createSocket('udp4');
  socket.on('message', (bytes, from) => {
    const send = (answer: Uint8Array): void => void socket.send(answer, from.port, from.address);
    const name = `${from.address}:${from.port}`;
    onBytes({ transport: 'UDP', name, send, hangUp: () => undefined }, bytes);
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(port, '127.0.0.1', resolve);
  });
  return {
    port: socket.address().port,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

/** A door for TLS where it is given a certificate, else for TCP. */
export async function openStreamDoor(secure: Secure | null, onBytes: OnBytes): Promise<Door> {
  const transport = secure === null ? 'TCP' : 'TLS';
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
  const server = secure === null ? createServer(onSocket) : createTls(secure, onSocket);
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

export async function openSocketDoor(
  { secure, speaksSip }: { secure: Secure | null; speaksSip: () => boolean },
  onBytes: OnBytes,
): Promise<Door> {
  const transport = secure === null ? 'WS' : 'WSS';
  const https = secure === null ? null : createHttps(secure);
  const server = new WebSocketServer({
    ...(https === null ? { port: 0, host: '127.0.0.1' } : { server: https }),
    handleProtocols: (offered) => (offered.has('sip') && speaksSip() ? 'sip' : false),
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
