import type { IncomingMessage, ServerResponse } from 'node:http';

import { answerMedia } from './answer-media.ts';
import { answerEmpty, answerSession } from './answer-session.ts';
import { isFromOurPage } from './judge-request.ts';
import { pageHeaders } from './response-headers.ts';
import { readSessionCookie } from './session-cookie.ts';
import type { Site } from './site.ts';

/** A request with this many headers may have had more that were left out, so none of them is believed. */
export const maxHeaders = 64;

const methods = ['GET', 'HEAD', 'POST'];

/** Answers everything but the wire. What is not listed here is not there. */
export async function answerRequest(
  site: Site,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = '', url = '' } = request;
  if (request.rawHeaders.length >= 2 * maxHeaders) return answerEmpty(response, 431);
  if (!isFromOurPage(request, site.authority, method === 'POST')) return answerEmpty(response, 403);
  if (!methods.includes(method))
    return answerEmpty(response.setHeader('Allow', methods.join(', ')), 405);
  if (method === 'POST')
    return url === '/session' ? answerSession(site, request, response) : answerEmpty(response, 404);
  if (url.startsWith('/media/')) {
    if (!hasSession(site, request)) return answerEmpty(response, 401);
    return answerMedia(site, request, response);
  }
  if (url === '/session') return answerEmpty(response, hasSession(site, request) ? 204 : 401);
  return answerPage(site, request, response);
}

/** Has the request brought the cookie of an open session? */
function hasSession(site: Site, request: IncomingMessage): boolean {
  return site.sessions.use(readSessionCookie(site.port, request));
}

/** The page holds no secret, so it needs no session. Its address is looked up as it came: no decoding, no query, no path. */
function answerPage(
  { files }: Site,
  { url = '', method }: IncomingMessage,
  response: ServerResponse,
): void {
  const path = url === '/' ? '/index.html' : url;
  const file = files.get(path);
  if (file === undefined) return answerEmpty(response, 404);
  response.writeHead(200, {
    ...pageHeaders(path),
    'Content-Type': file.type,
    'Content-Length': file.bytes.length,
  });
  response.end(method === 'HEAD' ? undefined : file.bytes);
}
