import { log } from '#main/log/log.ts';
import type { Sync } from '#shared/contract/connection-shapes.ts';
import type { ConnectionId } from '#shared/message/line.ts';

import type { OpenedConnection } from './connection-book.ts';
import { type SyncDesk, syncHistory } from './sync-history.ts';

/** The histories being brought in now, at most one a connection; each tells how far it is and can be cancelled. */
export class SyncRuns {
  readonly #desk: SyncDesk;
  readonly #running = new Map<ConnectionId, { cancelled: boolean; sync: Sync }>();

  constructor(desk: SyncDesk) {
    this.#desk = desk;
  }

  /** Begins to bring in what the carrier lists since a moment, or answers with the run that is under way. */
  start(opened: OpenedConnection, since: number): Sync {
    const { id } = opened.connection;
    const before = this.#running.get(id);
    if (before !== undefined) return before.sync;
    const first: Sync = {
      connectionId: id,
      state: 'running',
      read: 0,
      texts: 0,
      calls: 0,
      failure: null,
    };
    const run = { cancelled: false, sync: first };
    this.#running.set(id, run);
    void syncHistory(this.#desk, {
      opened,
      span: { since, until: this.#desk.now(), unread: false, calls: true },
      onProgress: (sync) => {
        run.sync = sync;
        this.#desk.tell('sync.changed', { sync });
      },
      isCancelled: () => run.cancelled,
    })
      .catch((error: unknown) => this.#broke(run.sync, error))
      .finally(() => this.#running.delete(id));
    return first;
  }

  cancel(connectionId: ConnectionId): void {
    const run = this.#running.get(connectionId);
    if (run) run.cancelled = true;
  }

  #broke(sync: Sync, error: unknown): void {
    log('sync.broke', { reason: error instanceof Error ? error.name : 'unknown' });
    const failure = { kind: 'carrier-trouble', raw: null } as const;
    this.#desk.tell('sync.changed', { sync: { ...sync, state: 'failed', failure } });
  }
}
