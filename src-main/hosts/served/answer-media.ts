import { open, type FileHandle } from 'node:fs/promises';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';

import { readRange, type Range } from '#main/http/read-range.ts';

import { answerEmpty } from './answer-session.ts';
import { everywhere, mediaPolicy } from './response-headers.ts';
import type { Site } from './site.ts';

/** An id as the store makes them: opaque, never a path. */
const idPattern = /^[A-Za-z0-9_-]{1,128}$/u;

/** What the page may show. The store has looked at the bytes; this is the second look. */
const viewable = /^(?:image\/(?:jpeg|png|gif|webp|avif)|(?:audio|video)\/[a-z0-9.+-]{1,64})$/u;

/** `GET /media/<id>`: the bytes of a stored picture or sound, whole or one range of them. */
export async function answerMedia(
  site: Site,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const id = (request.url ?? '').slice('/media/'.length);
  const media = idPattern.test(id) ? site.readMedia(id) : null;
  const file = media === null ? null : await open(media.path, 'r').catch(() => null);
  if (media === null || file === null) return answerEmpty(response, 404);
  try {
    const { size } = await file.stat();
    const range = readRange(request.headers.range, size);
    if (range === 'unsatisfiable') return refuseRange(response, size);
    writeHead(response, { type: media.type, size, range });
    await sendBytes(file, range, request.method === 'HEAD' ? null : response);
    response.end();
  } finally {
    await file.close();
  }
}

type Head = { readonly type: string; readonly size: number; readonly range: Range | 'whole' };

function writeHead(response: ServerResponse, { type, size, range }: Head): void {
  const headers: OutgoingHttpHeaders = {
    ...everywhere,
    ...(viewable.test(type)
      ? { 'Content-Type': type }
      : { 'Content-Type': 'application/octet-stream', 'Content-Disposition': 'attachment' }),
    'Content-Security-Policy': mediaPolicy,
    'Cache-Control': 'private, max-age=3600',
    'Accept-Ranges': 'bytes',
  };
  if (range === 'whole') response.writeHead(200, { ...headers, 'Content-Length': size });
  else
    response.writeHead(206, {
      ...headers,
      'Content-Length': range.end - range.start + 1,
      'Content-Range': `bytes ${range.start}-${range.end}/${size}`,
    });
}

async function sendBytes(
  file: FileHandle,
  range: Range | 'whole',
  response: ServerResponse | null,
): Promise<void> {
  if (response === null) return;
  const source = file.createReadStream({ ...(range === 'whole' ? {} : range), autoClose: false });
  await pipeline(source, response, { end: false });
}

function refuseRange(response: ServerResponse, size: number): void {
  response.setHeader('Content-Range', `bytes */${size}`);
  answerEmpty(response, 416);
}
