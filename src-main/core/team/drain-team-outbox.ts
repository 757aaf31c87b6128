import {
  type Untold,
  listNext,
  markAppended,
  markRefused,
  tellAgain,
} from '#main/history/team-outbox.ts';
import { log } from '#main/log/log.ts';
import type { Appended } from '#main/relay/delivery-log.ts';
import { NotAppended } from '#main/relay/desktop-end/pending-appends.ts';
import type { WritableDb } from '#main/sqlite/database.ts';
import type { Clock } from '#shared/contract/clock.ts';
import type { TeamEvent } from '#shared/team/team-event.ts';

export type DrainParts = {
  readonly db: WritableDb;
  readonly clock: Clock;
  /** Resolves once the relay's log has it for good; rejects with {@link NotAppended}. */
  append(event: TeamEvent): Promise<Appended>;
  /** Called after each change of what waits. */
  changed(): void;
};

/** Events on their way to the relay at most. */
const mostUnderWay = 16;
const lookAhead = 64;
/* Milliseconds: the pause after a failure, doubled for each one that follows, and the longest. */
const firstPauseMs = 500;
const longestPauseMs = 30_000;

/**
 * Tells the team's log what this desktop did, in the order of the deeds: several events at once, but of what belongs together
 * only one, so that none passes the one before it even where that has to be told again.
 */
export class TeamOutboxDrain {
  readonly #parts: DrainParts;
  readonly #underWay = new Map<number, readonly string[]>();
  #online = false;
  #planned = false;
  #failures = 0;
  #callOff: (() => void) | null = null;

  constructor(parts: DrainParts) {
    this.#parts = parts;
  }

  /** A stream has begun: what has not come back by the log is told again. */
  begin(): void {
    this.#online = true;
    this.#failures = 0;
    this.#endPause();
    this.#safely(() => tellAgain(this.#parts.db));
    this.wake();
  }

  /** There is no stream. */
  pause(): void {
    this.#online = false;
    this.#endPause();
  }

  /** Looks for events to tell, soon. */
  wake(): void {
    if (this.#planned || !this.#online || this.#callOff !== null) return;
    this.#planned = true;
    setImmediate(() => {
      this.#planned = false;
      if (this.#online && this.#callOff === null) this.#safely(() => this.#sendNext());
    });
  }

  #sendNext(): void {
    const taken = new Set([...this.#underWay.values()].flat());
    for (const untold of listNext(this.#parts.db, lookAhead)) {
      if (this.#underWay.size >= mostUnderWay) return;
      if (this.#underWay.has(untold.id)) continue;
      const subjects = subjectsOf(untold.event);
      const mustWait = subjects.some((each) => taken.has(each));
      for (const each of subjects) taken.add(each);
      if (!mustWait) this.#send(untold, subjects);
    }
  }

  #send({ id, event }: Untold, subjects: readonly string[]): void {
    const { db, append, changed } = this.#parts;
    this.#underWay.set(id, subjects);
    append(event)
      .then(({ seq }) => {
        markAppended(db, id, seq);
        this.#failures = 0;
      })
      .catch((error: unknown) => this.#hearFailure(id, error))
      .finally(() => {
        this.#underWay.delete(id);
        changed();
        this.wake();
      });
  }

  #hearFailure(id: number, error: unknown): void {
    const refused = error instanceof NotAppended && !error.again;
    log('team-event.not-appended', { id, again: !refused });
    if (refused) this.#safely(() => markRefused(this.#parts.db, id, error.message));
    else this.#pauseAfterFailure();
  }

  #pauseAfterFailure(): void {
    if (!this.#online || this.#callOff !== null) return;
    const ms = Math.min(firstPauseMs * 2 ** this.#failures, longestPauseMs);
    this.#failures += 1;
    this.#callOff = this.#parts.clock.after(ms, () => {
      this.#callOff = null;
      this.wake();
    });
  }

  #endPause(): void {
    this.#callOff?.();
    this.#callOff = null;
  }

  /* A disk that refuses is met again after a pause; a repeated event is known by its id. */
  #safely(deed: () => void): void {
    try {
      deed();
    } catch (error) {
      log('team-outbox.failed', { reason: error instanceof Error ? error.name : 'unknown' });
      this.#pauseAfterFailure();
    }
  }
}

/** What an event speaks about: two that share any of it keep their order. A text also empties its conversation's draft. */
function subjectsOf(event: TeamEvent): string[] {
  const subjects = 'uid' in event ? [event.uid] : [];
  if ('place' in event) {
    const { connectionId, line, peer } = event.place;
    subjects.push(`${connectionId} ${line} ${peer}`);
  }
  return subjects;
}
