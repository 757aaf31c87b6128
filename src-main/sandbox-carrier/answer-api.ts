import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

import { readJson } from '#main/http/read-json.ts';

import { type ApiReply, complain } from './api-reply.ts';
import { mediaType } from './carrier-event.ts';
import type { Carrier } from './carrier.ts';
import { drawPicture } from './draw-picture.ts';
import { hasMedia } from './event-table.ts';
import { answerList } from './list-messages.ts';
import { makeSound } from './make-sound.ts';
import { takeMessage } from './take-message.ts';

/** The longest request body, in bytes. */
const maxBodyBytes = 256 * 1024;

/** Answers one request of the carrier's API; resolves when the answer is written or, where none is to come, at once. */
export async function answerApi(
  carrier: Carrier,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  write(response, await judge(carrier, request));
}

async function judge(carrier: Carrier, request: IncomingMessage): Promise<ApiReply> {
  if (!isCustomer(request.headers.authorization, carrier.account.apiKey))
    return complain(401, { code: 'unauthorized', message: 'The API key is missing or wrong.' });
  const url = URL.parse(request.url ?? '/', 'http://carrier');
  return url === null ? nothingHere : await answerRoute(carrier, request, url);
}

const nothingHere = complain(404, { code: 'not_found', message: 'There is nothing here.' });
const mediaRoute = 'GET /v1/media/';

async function answerRoute(
  carrier: Carrier,
  request: IncomingMessage,
  url: URL,
): Promise<ApiReply> {
  const route = `${request.method} ${url.pathname}`;
  if (route === 'POST /v1/messages') return await readAndTake(carrier, request);
  if (route === 'GET /v1/messages') return answerList(carrier, url.searchParams);
  if (route === 'GET /v1/numbers') return listNumbers(carrier);
  if (route.startsWith(mediaRoute)) return serveMedia(carrier, route.slice(mediaRoute.length));
  return nothingHere;
}

function isCustomer(authorization: string | undefined, apiKey: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(authorization ?? ''), digest(`Bearer ${apiKey}`));
}

async function readAndTake(carrier: Carrier, request: IncomingMessage): Promise<ApiReply> {
  const bytes = await readBody(request);
  if (bytes === null)
    return complain(413, { code: 'too_large', message: 'The body is larger than 256 KiB.' });
  const input = readJson(bytes);
  if (input === undefined)
    return complain(400, { code: 'invalid_json', message: 'The body is not JSON in UTF-8.' });
  return await takeMessage(carrier, input);
}

async function readBody(request: IncomingMessage): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size <= maxBodyBytes) chunks.push(chunk);
    if (size > 8 * maxBodyBytes) break;
  }
  return size > maxBodyBytes ? null : Buffer.concat(chunks);
}

function listNumbers({ numbers }: Carrier): ApiReply {
  const data = numbers.map((number) => ({ number, mms: true }));
  return { kind: 'json', status: 200, body: { data } };
}

function serveMedia({ db }: Carrier, file: string): ApiReply {
  if (!hasMedia(db, file)) return nothingHere;
  const type = mediaType(file);
  return { kind: 'file', type, bytes: type === 'image/png' ? drawPicture(file) : makeSound() };
}

function write(response: ServerResponse, reply: ApiReply): void {
  switch (reply.kind) {
    case 'json':
      response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
      response.end(JSON.stringify(reply.body));
      return;
    case 'file':
      response.writeHead(200, {
        'content-type': reply.type,
        'content-length': reply.bytes.byteLength,
      });
      response.end(reply.bytes);
      return;
    case 'none':
      return;
  }
}
