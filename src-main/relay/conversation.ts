import { STATUS_CODES, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

import type { RefusalReason } from './refusal.ts';
import type { RelayMetrics } from './relay-metrics.ts';

/** Time for the caller to read the last answer before the socket is cut. */
const lingerMs = 500;

/** What is going on on one socket. Several requests may wait for their answers at once, where the caller pipelines. */
type Conversation = { readonly unanswered: Set<ServerResponse>; breakOff: (() => void) | null };

const conversations = new WeakMap<Socket, Conversation>();

/** Notes a request until its answer is out. */
export function followAnswer(response: ServerResponse): void {
  const conversation = conversationOn(response.req.socket);
  conversation.unanswered.add(response);
  // A caller that hangs up while the answer is written has lost it; the delivery is stored or not, as it was.
  response.on('error', () => undefined);
  response.once('close', () => {
    conversation.unanswered.delete(response);
    conversation.breakOff?.();
  });
}

/** Is a request on this socket waiting for its answer? */
export function awaitsAnswer(socket: Socket): boolean {
  return conversationOn(socket).unanswered.size > 0;
}

/**
 * Answers bytes that are no request, or one that is too slow or too large, and ends the conversation. Whole requests that came
 * before on the same socket get their answers first, or theirs and this one would be taken for each other.
 */
export function answerBrokenRequest(error: Error, socket: Socket, metrics: RelayMetrics): void {
  const conversation = conversationOn(socket);
  if (conversation.breakOff !== null) return;
  const [status, reason] = verdictOn(error);
  conversation.breakOff = () => {
    const unanswered = [...conversation.unanswered];
    if (unanswered.some((response) => response.req.complete)) return;
    conversation.breakOff = () => undefined;
    if (unanswered.some((response) => response.headersSent)) socket.destroySoon();
    else sendLast(socket, status);
  };
  metrics.countRefusal(reason);
  conversation.breakOff();
}

function conversationOn(socket: Socket): Conversation {
  const known = conversations.get(socket) ?? { unanswered: new Set(), breakOff: null };
  conversations.set(socket, known);
  return known;
}

function verdictOn(error: Error): readonly [status: number, reason: RefusalReason] {
  const code = 'code' in error ? error.code : undefined;
  if (code === 'HPE_HEADER_OVERFLOW') return [431, 'headers-too-large'];
  if (code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') return [413, 'too-large'];
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return [408, 'slow'];
  if (code === 'ECONNRESET') return [400, 'cut-off'];
  return [400, 'malformed'];
}

function sendLast(socket: Socket, status: number): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n`;
  socket.end(`${head}Connection: close\r\nContent-Length: 0\r\n\r\n`);
  setTimeout(() => socket.destroy(), lingerMs).unref();
}
