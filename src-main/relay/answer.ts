import { createReadStream } from 'node:fs';
import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';

import type { Refusal } from './refusal.ts';

/** How long, and for how many bytes more, a body that nobody wants is read on so that the caller gets to see the answer. */
const lingerMs = 500;
const lingerBytes = 1024 * 1024;

/** Octets of a file, both ends included. A file of an answer is never empty. */
export type FilePart = { readonly path: string; readonly start: number; readonly end: number };

export type Answer = {
  readonly status: number;
  readonly type: string;
  readonly body: string | FilePart;
  readonly headers?: Readonly<Record<string, string>>;
};

export function sendAnswer(response: ServerResponse, answer: Answer): void {
  response.writeHead(answer.status, headersOf(answer));
  if (typeof answer.body === 'string') response.end(answer.body);
  else if (response.req.method === 'HEAD') response.end();
  else void sendPart(response, answer.body);
}

/** Milliseconds that a reader may take nothing in before it is given up. */
const idleMs = 30_000;

/** A file that ends early, or a reader that hangs up or does not read, ends the connection: nobody takes half for the whole. */
async function sendPart(response: ServerResponse, { path, start, end }: FilePart): Promise<void> {
  response.setTimeout(idleMs, () => response.destroy());
  try {
    await pipeline(createReadStream(path, { start, end }), response);
  } catch {
    response.destroy();
  }
}

/** Sends a refusal. Where the body is not read to its end, the connection cannot go on and closes. */
export function sendRefusal(
  request: IncomingMessage,
  response: ServerResponse,
  refusal: Refusal,
): void {
  const { status, headers } = refusal;
  const body = `${STATUS_CODES[status] ?? 'Refused'}\n`;
  const answer = { status, type: 'text/plain', body, headers };
  if (request.complete) sendAnswer(response, answer);
  else sendAndClose(request, response, answer);
}

/**
 * Closing while bytes are still coming makes the system reset the connection, and the caller may never see the answer. So the
 * answer goes out whole, what comes is thrown away for a moment, and only then does the connection close.
 */
function sendAndClose(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  response.writeHead(answer.status, { ...headersOf(answer), connection: 'close' });
  response.write(answer.body);
  let left = lingerBytes;
  const end = (): void => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, lingerMs);
  request.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) end();
  });
  request.once('end', end).once('close', end).on('error', end);
}

function headersOf(answer: Answer): Record<string, string | number> {
  return {
    'content-type': answer.type,
    'content-length': lengthOf(answer.body),
    ...answer.headers,
  };
}

function lengthOf(body: Answer['body']): number {
  return typeof body === 'string' ? Buffer.byteLength(body) : body.end - body.start + 1;
}
