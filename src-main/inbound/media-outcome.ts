import type { Fetched } from '#main/history/media.ts';
import type { Downloaded } from '#main/http/download.ts';
import { readRetryAfter } from '#main/http/retry-after.ts';

/** How one try at fetching a file ended. `problem` is a sentence; `again` is worth another try, not before `notBefore`. */
export type MediaOutcome =
  | { readonly kind: 'stored'; readonly fetched: Fetched }
  | { readonly kind: 'failed'; readonly problem: string }
  | { readonly kind: 'again'; readonly problem: string; readonly notBefore: number };

export const failed = (problem: string): MediaOutcome => ({ kind: 'failed', problem });

export const again = (problem: string, notBefore = 0): MediaOutcome => ({
  kind: 'again',
  problem,
  notBefore,
});

/** A file that came, or what else the try ended in. */
export type Received =
  | { readonly kind: 'received'; readonly body: Uint8Array; readonly type: string | null }
  | Exclude<MediaOutcome, { kind: 'stored' }>;

type Standing = { readonly now: number; readonly maxBytes: number };

/** What a download means for the file it was of. */
export function judgeDownload(downloaded: Downloaded, standing: Standing): Received {
  switch (downloaded.kind) {
    case 'answered':
      return judgeReply(downloaded.reply, standing);
    case 'forbidden':
      return refuse('Its address is not one that this connection may fetch from.');
    case 'unanswered':
      return judgeSilence(downloaded.reason, standing);
  }
}

type Reply = Extract<Downloaded, { kind: 'answered' }>['reply'];

function judgeReply({ status, headers, body }: Reply, { now }: Standing): Received {
  if (status === 200) {
    if (body.byteLength === 0) return retry('The carrier handed over an empty file.');
    return { kind: 'received', body, type: headers['content-type'] ?? null };
  }
  const asked = readRetryAfter({ 'retry-after': headers['retry-after'] ?? '' }, now);
  return judgeStatus(status, now + (asked ?? 0));
}

/* A carrier may tell of a picture before its own store has it, so what is not there yet is asked for again. */
function judgeStatus(status: number, notBefore: number): Received {
  if (status === 401 || status === 403)
    return refuse(
      'The carrier does not let it be fetched: check the credentials of the connection.',
    );
  if (status === 404) return retry('The carrier does not have it.', notBefore);
  if (status === 408 || status === 425 || status === 429 || status >= 500)
    return retry('The carrier had trouble handing it over.', notBefore);
  return refuse(`The carrier does not hand it over (HTTP status ${status}).`);
}

type Silence = Extract<Downloaded, { kind: 'unanswered' }>['reason'];

function judgeSilence(reason: Silence, { maxBytes }: Standing): Received {
  if (reason === 'oversize')
    return refuse(`It is larger than ${Math.floor(maxBytes / 1_048_576)} MB.`);
  const came = reason === 'cut-short' || reason === 'timeout' || reason === 'malformed';
  return retry(came ? 'It did not come through whole.' : 'The carrier could not be reached.');
}

const refuse = (problem: string): Received => ({ kind: 'failed', problem });
const retry = (problem: string, notBefore = 0): Received => ({ kind: 'again', problem, notBefore });
