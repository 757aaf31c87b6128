import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';

import type { Refusal } from './refusal.ts';

/** How long, and for how many bytes more, a body that nobody wants is read on so that the caller gets to see the answer. */
const lingerMs = 500;
const lingerBytes = 1024 * 1024;

export type Answer = {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
};

export function sendAnswer(response: ServerResponse, answer: Answer): void {
  response.writeHead(answer.status, headersOf(answer));
  response.end(answer.body);
}

/** Sends a refusal. Where the body is not read to its end, the connection cannot go on and closes. */
export function sendRefusal(
  request: IncomingMessage,
  response: ServerResponse,
  refusal: Refusal,
): void {
  const { status, headers } = refusal;
  const body = `${STATUS_CODES[status] ?? 'Refused'}\n`;
  const answer: Answer = { status, type: 'text/plain', body, headers };
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
    'content-length': Buffer.byteLength(answer.body),
    ...answer.headers,
  };
}
