import { randomBytes } from 'node:crypto';

import { type RawData, WebSocket } from 'ws';

import { longestMessage } from '../wire/parse-message.ts';
import { type Flow, type FlowEvents, NotReached, wordFor } from './flow.ts';

export type SocketTarget = {
  readonly url: string;
  readonly ca: string | null;
  readonly signal: AbortSignal;
};

/** Opens a flow over a WebSocket that speaks the sub-protocol `sip` (RFC 7118). @throws NotReached */
export async function openSocketFlow(target: SocketTarget, events: FlowEvents): Promise<Flow> {
  const { url, ca, signal } = target;
  const socket = new WebSocket(url, ['sip'], {
    maxPayload: longestMessage,
    perMessageDeflate: false,
    followRedirects: false,
    ...(ca === null ? {} : { ca }),
  });
  const giveUp = (): void => socket.terminate();
  signal.addEventListener('abort', giveUp);
  try {
    await connected(socket, signal);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
  return asFlow(socket, new URL(url).protocol === 'wss:' ? 'WSS' : 'WS', events);
}

function connected(socket: WebSocket, signal: AbortSignal): Promise<void> {
  const { host } = new URL(socket.url);
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => reject(new NotReached(`${host} ${why}`));
    socket.once('open', () => {
      if (socket.protocol === 'sip') return resolve();
      socket.terminate();
      fail('does not speak SIP over its WebSocket');
    });
    socket.on('error', (error) =>
      fail(signal.aborted ? 'did not answer in time' : `cannot be reached (${wordFor(error)})`),
    );
    socket.once('close', () => fail('hung up'));
    if (signal.aborted) socket.terminate();
  });
}

function asFlow(socket: WebSocket, transport: 'WS' | 'WSS', events: FlowEvents): Flow {
  let closed = false;
  const lose = (sentence: string): void => {
    if (closed) return;
    closed = true;
    socket.terminate();
    events.onLost(sentence);
  };
  socket.on('message', (data) => {
    if (!closed) hear(bytesOf(data), socket, events);
  });
  socket.on('pong', () => events.onPong());
  socket.on('error', (error) => lose(`The connection broke (${wordFor(error)})`));
  socket.on('close', () => lose('The server closed the connection'));
  return {
    transport,
    reliable: true,
    /* A WebSocket has no address of its own that could be called (RFC 7118 5). */
    local: `${randomBytes(8).toString('hex')}.invalid`,
    send(bytes) {
      if (closed || socket.readyState !== WebSocket.OPEN) return false;
      socket.send(bytes, { binary: !isUtf8(bytes) });
      return true;
    },
    ping() {
      if (closed || socket.readyState !== WebSocket.OPEN) return;
      socket.send('\r\n\r\n');
      socket.ping();
    },
    close() {
      closed = true;
      socket.close();
      setTimeout(() => socket.terminate(), 500).unref();
    },
  };
}

function hear(bytes: Uint8Array, socket: WebSocket, events: FlowEvents): void {
  const short = bytes.length <= 4 ? Buffer.from(bytes).toString('latin1') : '';
  if (short === '\r\n\r\n') socket.send('\r\n');
  else if (short === '\r\n') events.onPong();
  else events.onMessage(bytes);
}

function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}

/* Text frames must be UTF-8; a compressed body is not. */
function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
