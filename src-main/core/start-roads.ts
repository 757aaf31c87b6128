import { repeatWhenDue, type Repeating } from '#main/clock/repeat-when-due.ts';
import { showBroadcast } from '#main/commands/broadcasts.ts';
import { showChecks } from '#main/commands/checks.ts';
import type { Desk } from '#main/commands/desk.ts';
import { nextReassemblyExpiry } from '#main/history/reassembly.ts';
import { retryUnconfirmed } from '#main/inbound/confirm-delivery.ts';
import { fetchMedia } from '#main/inbound/fetch-media.ts';
import { showExpiredParts } from '#main/inbound/join-parts.ts';
import { drainOutbox } from '#main/outbound/drain-outbox.ts';
import { feedBroadcasts } from '#main/outbound/feed-broadcasts.ts';
import { reconcile } from '#main/outbound/reconcile.ts';
import { takeUpAbandoned } from '#main/outbound/take-up-abandoned.ts';

import { keepChecks } from './keep-checks.ts';

/* How long a stop waits for sends that are on the road, in milliseconds. */
const patience = 3_000;

export type Roads = {
  wakeOutbox(): void;
  wakeMedia(): void;
  /** Looks at broadcasts anew: one was started, paused, resumed or cancelled. */
  wakeBroadcasts(): void;
  /** Looks at planned checks and at those waited for anew. */
  wakeChecks(): void;
  /** Looks at the queue of unknown texts and of awaited parts anew. */
  wakeLater(): void;
  stop(): Promise<void>;
};

/** Sets everything going that moves by itself, beginning with what the last run left on the road. */
export function startRoads(desk: Desk & { readonly dataFolder: string }): Roads {
  takeUpAbandoned(desk);
  const drain = drainOutbox(desk.sending);
  const looking = reconcile(desk);
  const fetching = fetchMedia(desk);
  const waiting = awaitParts(desk);
  const asking = retryUnconfirmed(desk);
  const checking = keepChecks({
    ...desk,
    wakeOutbox: drain.wake,
    touch: () => desk.tell('checks.changed', showChecks(desk)),
  });
  const feeding = feedBroadcasts(desk.sending, {
    wakeOutbox: drain.wake,
    moved(id) {
      const broadcast = showBroadcast(desk, id);
      if (broadcast !== null) desk.tell('broadcast.changed', { broadcast });
    },
  });
  const all: readonly Repeating[] = [drain, feeding, looking, fetching, waiting, asking, checking];
  for (const each of all) each.wake();
  return {
    wakeOutbox: drain.wake,
    wakeMedia: fetching.wake,
    wakeChecks: checking.wake,
    wakeBroadcasts: feeding.wake,
    wakeLater() {
      looking.wake();
      waiting.wake();
      asking.wake();
    },
    async stop() {
      for (const each of all) each.stop();
      await Promise.race([
        drain.settled(),
        new Promise((resolve) => void desk.clock.after(patience, () => resolve(null))),
      ]);
    },
  };
}

function awaitParts(desk: Desk): Repeating {
  return repeatWhenDue(desk.clock, {
    work() {
      showExpiredParts(desk);
      return true;
    },
    nextAt: () => nextReassemblyExpiry(desk.db),
  });
}
