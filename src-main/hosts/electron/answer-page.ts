import type { PageFiles } from '#main/core/page-files.ts';

import { pagePolicy } from './content-policy.ts';
import type { SchemeRequest } from './electron-parts.ts';
import { isOurPage } from './pages.ts';

const headers = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': pagePolicy,
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

/** Answers a request under `app:` from the files read at the start; whatever is not exactly one of them is not there. */
export function answerPage(files: PageFiles, { url, method }: SchemeRequest): Response {
  if (method !== 'GET' && method !== 'HEAD') return new Response(null, { status: 405, headers });
  const file = isOurPage(url) ? files.get(new URL(url).pathname) : undefined;
  if (file === undefined) return new Response(null, { status: 404, headers });
  return new Response(method === 'HEAD' ? null : file.bytes, {
    headers: { ...headers, 'Content-Type': file.type },
  });
}
