import { announce } from '#main/history/announce.ts';
import {
  type MediaToFetch,
  markMediaFailed,
  markMediaStored,
  postponeMedia,
} from '#main/history/media.ts';
import { download } from '#main/http/download.ts';
import { log } from '#main/log/log.ts';
import { describeMedia } from '#main/media/describe-media.ts';
import { storeMedia } from '#main/media/store.ts';

import type { InboundDesk } from './inbound-desk.ts';
import { type MediaOutcome, type Received, again, failed, judgeDownload } from './media-outcome.ts';

export type MediaDesk = InboundDesk & { readonly dataFolder: string };

export type FetchLimits = {
  readonly maxBytes: number;
  /** For one try, redirects included. Milliseconds. */
  readonly deadlineMs: number;
};
type Limits = FetchLimits & { readonly signal: AbortSignal };

/** About an hour in all. */
const mostTries = 8;
const firstPause = 5_000;
const longestPause = 1_800_000;

/** One try at a picture or sound: fetched, judged by its content, stored, written down and told. Nothing once stopped. */
export async function fetchOneMedia(
  desk: MediaDesk,
  media: MediaToFetch,
  limits: Limits,
): Promise<void> {
  const received = await receive(desk, media, limits);
  const outcome = received.kind === 'received' ? await keep(desk, media, received) : received;
  if (!limits.signal.aborted) writeDown(desk, media, outcome);
}

async function receive(desk: MediaDesk, media: MediaToFetch, limits: Limits): Promise<Received> {
  const adapter = desk.adapterOf(media.connectionId);
  if (adapter === undefined)
    return { kind: 'again', problem: 'The connection it came in on is not there.', notBefore: 0 };
  const { origins, headers } = adapter.mediaAccess();
  const { maxBytes, deadlineMs, signal } = limits;
  const downloaded = await download({
    url: media.url,
    origins,
    headers,
    maxBytes,
    deadlineMs,
    signal,
  });
  return judgeDownload(downloaded, { now: desk.clock.now(), maxBytes });
}

async function keep(
  desk: MediaDesk,
  media: MediaToFetch,
  { body, type }: Extract<Received, { kind: 'received' }>,
): Promise<MediaOutcome> {
  const described = describeMedia(body, [media.declaredType, type]);
  if (described.kind === 'unfit') return failed(described.problem);
  try {
    await storeMedia(desk.dataFolder, media.id, body);
  } catch (error) {
    log('media.not-stored', { reason: error instanceof Error ? error.name : 'unknown' });
    return again('It could not be written to the disk.');
  }
  return { kind: 'stored', fetched: described };
}

function writeDown(desk: MediaDesk, media: MediaToFetch, outcome: MediaOutcome): void {
  const { id, entryId, tries } = media;
  if (outcome.kind === 'again' && tries + 1 < mostTries) {
    const pause = Math.min(longestPause, firstPause * 3 ** tries);
    postponeMedia(desk.db, id, Math.max(desk.clock.now() + pause, outcome.notBefore));
    return;
  }
  if (outcome.kind === 'stored') markMediaStored(desk.db, id, outcome.fetched);
  else markMediaFailed(desk.db, id, outcome.problem);
  announce(desk.db, desk.tell, [{ kind: 'entry-changed', entryId }]);
}
