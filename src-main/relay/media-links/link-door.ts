import { statSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';

import { readRange } from '#main/http/read-range.ts';
import type { Clock } from '#shared/contract/clock.ts';

import type { Answer } from '../answer.ts';
import { addressKey, isLoopback } from '../caller-address.ts';
import { pathOf } from '../hook-path.ts';
import type { IntakeLimits } from '../intake-limits.ts';
import { RateLimit } from '../rate-limit.ts';
import { Refusal } from '../refusal.ts';
import { isEndingOf, readLinkPath, safeName } from './link-path.ts';
import type { LinkedFile, MediaLinks } from './media-links.ts';

type Found = LinkedFile & { readonly path: string };

/** With every file: it is looked at as what it is said to be, kept by nobody between, and does nothing where it is opened. */
const everywhere = {
  'x-content-type-options': 'nosniff',
  'cache-control': 'private, no-store',
  'content-security-policy': "sandbox; default-src 'none'",
  'cross-origin-resource-policy': 'cross-origin',
  'referrer-policy': 'no-referrer',
  'accept-ranges': 'bytes',
};

export type LinkDoorParts = {
  readonly limits: IntakeLimits;
  readonly clock: Clock;
  /** The links of every workspace. */
  all(): readonly MediaLinks[];
};

/** Hands out files to who has a link. Everything else is answered alike, whatever is wrong with it. */
export class LinkDoor {
  readonly #parts: LinkDoorParts;
  readonly #misses: RateLimit;

  constructor(parts: LinkDoorParts) {
    this.#parts = parts;
    this.#misses = new RateLimit(parts.limits.refusedPerAddress, parts.clock);
  }

  /** Answers `GET` and `HEAD` under `/media/`. Throws {@link Refusal}. */
  answer(request: IncomingMessage): Answer {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      throw new Refusal(405, 'method', { allow: 'GET, HEAD' });
    const address = this.#limitedAddress(request);
    if (address !== null && !this.#misses.allows(address))
      throw new Refusal(429, 'address-rate', { 'retry-after': '1' });
    const found = this.#find(pathOf(request.url ?? ''));
    if (found !== null) return answerFile(found, request.headers.range);
    if (address !== null) this.#misses.take(address);
    throw new Refusal(404, 'unknown-link');
  }

  #limitedAddress({ socket }: IncomingMessage): string | null {
    const address = socket.remoteAddress ?? '';
    if (!this.#parts.limits.limitLoopback && isLoopback(address)) return null;
    return addressKey(address);
  }

  #find(target: string): Found | null {
    const read = readLinkPath(target);
    if (read === null) return null;
    for (const links of this.#parts.all()) {
      const found = links.find(read.token);
      if (found !== null)
        return isEndingOf(read.ending, found.type) && isWhole(found) ? found : null;
    }
    return null;
  }
}

/** A file that somebody took away or cut short is not there. */
const isWhole = ({ path, size }: Found): boolean =>
  statSync(path, { throwIfNoEntry: false })?.size === size;

function answerFile({ path, type, size }: Found, header: string | undefined): Answer {
  const range = readRange(header, size);
  if (range === 'unsatisfiable')
    return {
      status: 416,
      type: 'text/plain',
      body: '',
      headers: { ...everywhere, 'content-range': `bytes */${size}` },
    };
  const headers = {
    ...everywhere,
    'content-disposition': `inline; filename="${safeName(type)}"`,
  };
  if (range === 'whole')
    return { status: 200, type, headers, body: { path, start: 0, end: size - 1 } };
  return {
    status: 206,
    type,
    headers: { ...headers, 'content-range': `bytes ${range.start}-${range.end}/${size}` },
    body: { path, ...range },
  };
}
