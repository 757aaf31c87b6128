import { repeatWhenDue, type Repeating } from '#main/clock/repeat-when-due.ts';
import { type MediaToFetch, listMediaToFetch, nextMediaFetchAfter } from '#main/history/media.ts';
import { log } from '#main/log/log.ts';

import { type FetchLimits, type MediaDesk, fetchOneMedia } from './fetch-one-media.ts';

const usualLimits: FetchLimits & { readonly parallel: number } = {
  parallel: 4,
  maxBytes: 25 * 1024 * 1024,
  deadlineMs: 30_000,
};
/* A file whose outcome could not be written down is left alone for so long, in milliseconds. */
const pauseAfterTrouble = 30_000;

/** Fetches the pictures and sounds that came in, a few at once, until each is stored or given up with a sentence why. */
export function fetchMedia(desk: MediaDesk, limits = usualLimits): Repeating {
  const underWay = new Set<string>();
  const stopping = new AbortController();
  let lookedAt = 0;
  const loop = repeatWhenDue(desk.clock, {
    work() {
      lookedAt = desk.clock.now();
      const due = listMediaToFetch(desk.db, lookedAt, limits.parallel * 2);
      const room = limits.parallel - underWay.size;
      for (const media of due.filter(({ id }) => !underWay.has(id)).slice(0, room)) start(media);
      return true;
    },
    nextAt: () => nextMediaFetchAfter(desk.db, lookedAt),
  });
  const start = (media: MediaToFetch): void => {
    underWay.add(media.id);
    const release = (): void => {
      underWay.delete(media.id);
      loop.wake();
    };
    fetchOneMedia(desk, media, { ...limits, signal: stopping.signal }).then(release, (error) => {
      log('media.not-written', { reason: error instanceof Error ? error.name : 'unknown' });
      const cancel = desk.clock.after(pauseAfterTrouble, release);
      stopping.signal.addEventListener('abort', cancel);
    });
  };
  return {
    wake: loop.wake,
    stop() {
      loop.stop();
      stopping.abort();
    },
  };
}
