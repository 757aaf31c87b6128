import { readFile } from 'node:fs/promises';

import type { Core } from '#main/core/core.ts';

import { mediaPolicy } from './content-policy.ts';
import type { SchemeRequest } from './electron-parts.ts';
import { mediaScheme } from './pages.ts';

const headers = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': mediaPolicy,
  'X-Content-Type-Options': 'nosniff',
};

/** An opaque id and nothing else: no path, no query. A browser may close it with a slash. */
const addressPattern = new RegExp(`^${mediaScheme}://([A-Za-z0-9_-]{1,128})/?$`);

/** What a page may be told a file is. The store sniffs it; this is the second look. */
const typePattern = /^(?:image\/(?:jpeg|png|gif|webp|avif)|(?:audio|video)\/[a-z0-9.+-]{1,64})$/;

/** Answers a request under `media:` from the core's store. */
export async function answerMedia(
  readMedia: Core['readMedia'],
  { url, method }: SchemeRequest,
): Promise<Response> {
  if (method !== 'GET' && method !== 'HEAD') return new Response(null, { status: 405, headers });
  const id = addressPattern.exec(url)?.[1];
  const media = id === undefined ? null : readMedia(id);
  const bytes = media === null ? null : await readFile(media.path).catch(() => null);
  if (media === null || bytes === null) return new Response(null, { status: 404, headers });
  const type = typePattern.test(media.type) ? media.type : 'application/octet-stream';
  return new Response(method === 'HEAD' ? null : bytes, {
    headers: { ...headers, 'Content-Type': type },
  });
}
