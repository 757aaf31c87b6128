import type { ClientRequest, IncomingHttpHeaders } from 'node:http';

import { type Reply, type Stage, converse, openRequest } from './converse.ts';
import { type UnansweredReason, codeOf, whyUnanswered } from './why-unanswered.ts';

/** One call of a carrier's API. */
export type ApiRequest = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Absolute, http or https. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | null;
  /** For the whole call, from the name look-up to the last byte of the answer. Milliseconds. */
  readonly deadlineMs: number;
  /** The longest answer worth reading, in bytes. 16 MiB where not given. */
  readonly maxAnswerBytes?: number;
  /** Gives the call up before its deadline. */
  readonly signal?: AbortSignal;
};

/**
 * How a call ended.
 * `unanswered` with `bytesLeft: 'no'` is a promise: nothing of the request was written to the other side, so it cannot
 * have acted on it. `'maybe'` is everything else. `code` is the system's own word, such as ECONNREFUSED, never a text that
 * could hold a secret.
 */
export type ApiAnswer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** Names in lower case; a header sent several times is joined with commas. */
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Uint8Array;
    }
  | {
      readonly kind: 'unanswered';
      readonly bytesLeft: 'no' | 'maybe';
      readonly reason: UnansweredReason;
      readonly code: string | null;
    };

const sixteenMebibytes = 16 * 1024 * 1024;

/**
 * Calls an API once, over a kept-alive connection where there is one. Redirects are answers like any other and are not
 * followed; answers are asked for uncompressed. Resolves always: what goes wrong is part of the answer.
 */
export async function callApi(request: ApiRequest): Promise<ApiAnswer> {
  const limits = new AbortController();
  const giveUp = (): void => limits.abort();
  const timer = setTimeout(giveUp, request.deadlineMs);
  request.signal?.addEventListener('abort', giveUp);
  if (request.signal?.aborted === true) giveUp();
  const outgoing = open(request, limits.signal);
  try {
    return outgoing === null ? notSendable : await exchange(outgoing, request, limits.signal);
  } finally {
    clearTimeout(timer);
    request.signal?.removeEventListener('abort', giveUp);
  }
}

const notSendable: ApiAnswer = {
  kind: 'unanswered',
  bytesLeft: 'no',
  reason: 'not-sendable',
  code: null,
};

function open(request: ApiRequest, limits: AbortSignal): ClientRequest | null {
  try {
    return openRequest(request, limits);
  } catch {
    return null;
  }
}

async function exchange(
  outgoing: ClientRequest,
  request: ApiRequest,
  limits: AbortSignal,
): Promise<ApiAnswer> {
  const progress: { stage: Stage } = { stage: 'connecting' };
  const maxBytes = request.maxAnswerBytes ?? sixteenMebibytes;
  try {
    return answered(await converse(outgoing, { body: request.body, maxBytes, progress }));
  } catch (error) {
    const gaveUp = !limits.aborted ? 'no' : request.signal?.aborted === true ? 'stopped' : 'late';
    return {
      kind: 'unanswered',
      bytesLeft: progress.stage === 'connecting' ? 'no' : 'maybe',
      reason: whyUnanswered(error, { stage: progress.stage, gaveUp }),
      code: gaveUp === 'no' ? codeOf(error) : null,
    };
  }
}

function answered({ status, headers, body }: Reply): ApiAnswer {
  return { kind: 'answered', status, headers: flatten(headers), body };
}

function flatten(headers: IncomingHttpHeaders): Record<string, string> {
  const pairs = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value] as const],
  );
  return Object.fromEntries(pairs);
}
