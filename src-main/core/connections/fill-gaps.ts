import { closeGap, listOpenGaps } from '#main/history/gaps.ts';
import { claimRecovered } from '#main/history/recovered.ts';
import { transact } from '#main/sqlite/database.ts';
import type { Gap } from '#shared/message/gap.ts';

import type { OpenedConnection } from './connection-book.ts';
import { isMomentary } from './connection-health.ts';
import { type SyncDesk, syncHistory } from './sync-history.ts';

/* How far around a gap the carrier's list is read, because its clock is not ours: milliseconds. */
const gapSlack = 15 * 60_000;
const againAfterTrouble = 60_000;

/** Looks for what is missing in the carriers' own lists. */
export class GapFilling {
  readonly #desk: SyncDesk;
  /** When a connection whose list could not be read is asked again. */
  readonly #againAt = new Map<string, number>();

  constructor(desk: SyncDesk) {
    this.#desk = desk;
  }

  /** When this connection's list is to be read for a gap, milliseconds since 1970; null where nothing is missing. */
  dueAt({ connection: { id } }: OpenedConnection): number | null {
    if (listOpenGaps(this.#desk.db, id).length === 0) return null;
    return this.#againAt.get(id) ?? 0;
  }

  /** Reads the list around each gap, and closes those for which it was read whole. */
  async fill(opened: OpenedConnection, isStopped: () => boolean): Promise<void> {
    const { id } = opened.connection;
    for (const gap of listOpenGaps(this.#desk.db, id)) {
      if (isStopped()) return;
      if (!(await this.#read(opened, gap, isStopped))) {
        this.#againAt.set(id, this.#desk.now() + againAfterTrouble);
        return;
      }
      this.#close(gap);
    }
    this.#againAt.delete(id);
  }

  /** True where the list was read to its end. Calls that are not to be had at all do not keep a gap of texts open. */
  async #read(opened: OpenedConnection, gap: Gap, isStopped: () => boolean): Promise<boolean> {
    const until = Math.min(gap.until, this.#desk.now()) + gapSlack;
    const { textsFailure, failure } = await syncHistory(this.#desk, {
      opened,
      span: { since: gap.since - gapSlack, until, unread: true, calls: true },
      onProgress: () => undefined,
      isCancelled: isStopped,
    });
    if (isStopped() || textsFailure !== null) return false;
    return failure === null || !isMomentary(failure);
  }

  #close(gap: Gap): void {
    const { db } = this.#desk;
    transact(db, () => {
      const found = claimRecovered(db, gap, gapSlack);
      closeGap(db, gap.id, { state: found >= (gap.missing ?? 0) ? 'filled' : 'not-found', found });
    });
  }
}
