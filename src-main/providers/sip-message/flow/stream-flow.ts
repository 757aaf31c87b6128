import { type Socket, connect as connectTcp, isIP } from 'node:net';
import { connect as connectTls } from 'node:tls';

import { StreamFramer } from '../wire/frame-stream.ts';
import { MalformedMessage } from '../wire/message.ts';
import type { Server } from './find-servers.ts';
import { type Flow, type FlowEvents, NotReached, hostPort, wordFor } from './flow.ts';

export type StreamTarget = {
  readonly server: Server;
  readonly signal: AbortSignal;
  /** Null for TCP in the clear. `name` is the one the certificate must be for. */
  readonly tls: { readonly name: string; readonly ca: string | null } | null;
};

/** Opens a flow over TCP or TLS. A certificate that is not good for the name is refused. @throws NotReached */
export async function openStreamFlow(target: StreamTarget, events: FlowEvents): Promise<Flow> {
  const socket = open(target);
  const giveUp = (): void => void socket.destroy();
  target.signal.addEventListener('abort', giveUp);
  try {
    await connected(socket, target);
  } finally {
    target.signal.removeEventListener('abort', giveUp);
  }
  return asFlow(socket, target.tls === null ? 'TCP' : 'TLS', events);
}

function open({ server, tls }: StreamTarget): Socket {
  if (tls === null) return connectTcp({ ...server, noDelay: true, keepAlive: true });
  return connectTls({
    ...server,
    ...(isIP(tls.name) === 0 ? { servername: tls.name } : {}),
    ...(tls.ca === null ? {} : { ca: tls.ca }),
    minVersion: 'TLSv1.2',
  });
}

function connected(socket: Socket, { server, signal, tls }: StreamTarget): Promise<void> {
  const where = hostPort(server.host, server.port);
  return new Promise((resolve, reject) => {
    socket.once(tls === null ? 'connect' : 'secureConnect', () => resolve());
    socket.on('error', (error) => reject(new NotReached(whyNot(where, error))));
    socket.once('close', () => {
      reject(
        new NotReached(signal.aborted ? `${where} did not answer in time` : `${where} hung up`),
      );
    });
    if (signal.aborted) socket.destroy();
  });
}

function whyNot(where: string, error: unknown): string {
  const word = wordFor(error);
  const aboutCertificate = /CERT|ALTNAME|SIGNED|VERIFY|ISSUER/.test(word);
  return aboutCertificate
    ? `The certificate of ${where} is not trusted (${word})`
    : `${where} cannot be reached (${word})`;
}

function asFlow(socket: Socket, transport: 'TCP' | 'TLS', events: FlowEvents): Flow {
  const framer = new StreamFramer();
  let closed = false;
  const lose = (sentence: string): void => {
    if (closed) return;
    closed = true;
    socket.destroy();
    events.onLost(sentence);
  };
  const send = (bytes: Uint8Array): boolean => {
    if (closed || !socket.writable) return false;
    socket.write(bytes);
    return true;
  };
  socket.on('data', (chunk: Buffer) => {
    if (closed) return;
    try {
      for (const frame of framer.push(chunk)) {
        if (frame.kind === 'message') events.onMessage(frame.bytes);
        else if (frame.kind === 'ping') send(Buffer.from('\r\n'));
        else events.onPong();
      }
    } catch (error) {
      if (!(error instanceof MalformedMessage)) throw error;
      lose(`The server sent what is not SIP: ${error.message}`);
    }
  });
  socket.on('error', (error) => lose(`The connection broke (${wordFor(error)})`));
  socket.on('close', () => lose('The server closed the connection'));
  return {
    transport,
    reliable: true,
    local: hostPort(socket.localAddress ?? '127.0.0.1', socket.localPort ?? 0),
    send,
    ping: () => void send(Buffer.from('\r\n\r\n')),
    close() {
      closed = true;
      socket.end();
      setTimeout(() => socket.destroy(), 500).unref();
    },
  };
}
