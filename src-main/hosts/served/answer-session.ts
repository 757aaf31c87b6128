import type { IncomingMessage, ServerResponse } from 'node:http';

import { everywhere } from './response-headers.ts';
import { writeSessionCookie } from './session-cookie.ts';
import type { Site } from './site.ts';

/** Octets; the body is one token. */
const maxBody = 1_024;

/** `POST /session` with `{"token": …}`: exchanges the token for a cookie. 204, or 400, 401, 413, 415, 429. */
export async function answerSession(
  site: Site,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // A form cannot send this type, so a page elsewhere that posts one fails here, as it does at its Origin.
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') return answerEmpty(response, 415);
  const body = await readBody(request);
  if (body === null) return answerEmpty(response.setHeader('Connection', 'close'), 413);
  const token = readToken(body);
  if (token === null) return answerEmpty(response, 400);
  const exchange = site.sessions.exchange(token);
  switch (exchange.kind) {
    case 'opened':
      response.setHeader('Set-Cookie', writeSessionCookie(site.port, exchange.sessionId));
      return answerEmpty(response, 204);
    case 'wrong':
      return answerEmpty(response, 401);
    case 'locked':
      response.setHeader('Retry-After', Math.ceil(exchange.forMs / 1_000));
      return answerEmpty(response, 429);
  }
}

/** Answers without a body, and without a word about why. */
export function answerEmpty(response: ServerResponse, status: number): void {
  // HTTP forbids a length beside 204.
  const length = status === 204 ? {} : { 'Content-Length': 0 };
  response.writeHead(status, { ...everywhere, ...length, 'Cache-Control': 'no-store' }).end();
}

/** The whole body; null where it is too long. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = [];
  let octets = 0;
  // Left alone, leaving the loop would cut the connection before the answer is sent.
  for await (const part of request.iterator({ destroyOnReturn: false })) {
    octets += part.length;
    if (octets > maxBody) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function readToken(body: string): string | null {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, 'token')) return null;
    const { token, ...rest } = value as Record<string, unknown>;
    return typeof token === 'string' && Object.keys(rest).length === 0 ? token : null;
  } catch {
    return null;
  }
}
