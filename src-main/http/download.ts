import http from 'node:http';
import type { ClientRequest } from 'node:http';
import https from 'node:https';

import { type Reply, type Stage, converse } from './converse.ts';
import {
  type AddressRule,
  ForbiddenAddress,
  type Resolve,
  lookupUnder,
  resolveBySystem,
  ruleFor,
} from './where-to-fetch.ts';
import { type UnansweredReason, whyUnanswered } from './why-unanswered.ts';

/** One file to fetch from an address that came from outside. */
export type Download = {
  readonly url: string;
  /** The origins trusted with the headers and, where they are listed, with any address; the first URL must be on one. */
  readonly origins: readonly string[];
  /** Go to the first origin alone. */
  readonly headers: Readonly<Record<string, string>>;
  readonly maxBytes: number;
  /** For everything, redirects included. Milliseconds. */
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
  /** How names are looked up, where not by the system. */
  readonly resolve?: Resolve;
};

/** How it ended. `forbidden`: the address, or one it led to, is not to be fetched from, or it led on too often. */
export type Downloaded =
  | { readonly kind: 'answered'; readonly reply: Reply }
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'unanswered'; readonly reason: UnansweredReason };

const mostRedirects = 3;

/**
 * Fetches a file, following up to three redirects, each judged like the first address; headers are dropped for good once one
 * leads to another origin. Resolves always. Connections are never shared with other calls, so that none is reused that was
 * made without the check.
 */
export async function download(request: Download): Promise<Downloaded> {
  const late = AbortSignal.timeout(request.deadlineMs);
  const progress: Progress = { stage: 'connecting' };
  try {
    const signal = AbortSignal.any([request.signal, late]);
    return await follow(request, { signal, progress });
  } catch (error) {
    if (error instanceof ForbiddenAddress) return { kind: 'forbidden' };
    const stopped = request.signal.aborted ? 'stopped' : 'no';
    const gaveUp = late.aborted && stopped === 'no' ? 'late' : stopped;
    return {
      kind: 'unanswered',
      reason: whyUnanswered(error, { stage: progress.stage, gaveUp }),
    };
  }
}

type Progress = { stage: Stage };
type Limits = { readonly signal: AbortSignal; readonly progress: Progress };

async function follow(request: Download, limits: Limits): Promise<Downloaded> {
  const start = readUrl(request.url);
  if (!request.origins.includes(start.origin))
    throw new ForbiddenAddress('not an origin to fetch from');
  let at = start;
  let headers = request.headers;
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    const reply = await fetchOnce({ ...request, headers }, at, limits);
    const next = redirectOf(reply, at);
    if (next === null) return { kind: 'answered', reply };
    if (next.origin !== at.origin) headers = {};
    at = next;
  }
  throw new ForbiddenAddress('it leads on too often');
}

/** @throws {ForbiddenAddress} */
function readUrl(text: string, base?: URL): URL {
  const url = URL.canParse(text, base?.href) ? new URL(text, base?.href) : null;
  if (url === null || url.username !== '' || url.password !== '')
    throw new ForbiddenAddress('not an address');
  return url;
}

const redirecting: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

function redirectOf({ status, headers }: Reply, from: URL): URL | null {
  if (!redirecting.has(status) || headers.location === undefined) return null;
  return readUrl(headers.location, from);
}

function fetchOnce(request: Download, url: URL, { signal, progress }: Limits): Promise<Reply> {
  signal.throwIfAborted();
  const rule = ruleFor(url, request.origins);
  progress.stage = 'connecting';
  const outgoing = open(request, url, { rule, signal });
  return converse(outgoing, { body: null, maxBytes: request.maxBytes, progress });
}

type Guard = { readonly rule: AddressRule; readonly signal: AbortSignal };

function open(request: Download, url: URL, { rule, signal }: Guard): ClientRequest {
  const options = {
    method: 'GET',
    headers: { 'accept-encoding': 'identity', ...request.headers },
    agent: false,
    lookup: lookupUnder(rule, request.resolve ?? resolveBySystem),
    signal,
  } as const;
  return url.protocol === 'http:' ? http.request(url, options) : https.request(url, options);
}
