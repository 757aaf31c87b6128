import { moveCursor, readCursor } from '#main/history/deliveries-seen.ts';
import { limitArrivals, noteTeamLog } from '#main/history/team.ts';
import { noticeSetBack } from '#main/inbound/notice-gaps.ts';
import { log } from '#main/log/log.ts';
import { RemoteLog } from '#main/relay/desktop-end/remote-log.ts';
import type { Told, Welcome } from '#main/relay/desktop-end/stream-client.ts';
import { type WritableDb, transact } from '#main/sqlite/database.ts';
import type { Clock } from '#shared/contract/clock.ts';

type Taking = { stop(): Promise<void> };

export type TeamLogParts = {
  readonly db: WritableDb;
  readonly clock: Clock;
  /** Takes the deliveries of a log into the history, from where the history stands. */
  take(log: RemoteLog): Taking;
  /** Something that came in may be missing: the carriers' own lists are where it still is. */
  onGap(): void;
  /** Resolves when what the relay told so far of connections is kept. */
  ready(): Promise<unknown>;
  /** Everything up to this number is committed here. */
  onCommitted(seq: number): void;
  /** The history could not be made ready for the log; the stream has to begin anew. */
  onFailure(error: unknown): void;
};

/** The history following the team's log over however many streams; each of them goes on where the history stands. */
export class TeamLog {
  readonly #parts: TeamLogParts;
  #remote: RemoteLog | null = null;
  #taking: Taking | null = null;
  /** The end of all that was begun, so that two never take at once. */
  #last: Promise<void> = Promise.resolve();

  constructor(parts: TeamLogParts) {
    this.#parts = parts;
  }

  /** Deliveries that are not in the history yet, as far as is known. */
  get lag(): number {
    return this.#remote?.lag ?? 0;
  }

  /** A stream has begun. */
  begin(welcome: Welcome): void {
    if (this.#remote?.id === welcome.log && welcome.reset === null) this.#remote.resume(welcome);
    else this.#beginOther(welcome);
  }

  /** False where the delivery breaks the order that was agreed upon. */
  push(delivery: Extract<Told, { type: 'delivery' }>): boolean {
    return this.#remote?.push(delivery) ?? false;
  }

  noteTip(lastSeq: number): void {
    this.#remote?.noteTip(lastSeq);
  }

  /** Takes in nothing more; resolves when the delivery being taken in is done with. */
  async stop(): Promise<void> {
    this.#drop();
    await this.#last;
    await this.#taking?.stop();
  }

  #drop(): void {
    this.#remote?.stop();
    this.#remote = null;
  }

  #beginOther(welcome: Welcome): void {
    const { db, ready, onCommitted, onFailure } = this.#parts;
    this.#drop();
    const { log: id, after, lastSeq, reset } = welcome;
    const remote = new RemoteLog({
      id,
      after,
      lastSeq,
      trimmedThrough: reset === null ? 0 : after,
      committed: beginningIn(db, welcome),
      ready,
      acknowledge: onCommitted,
    });
    this.#remote = remote;
    this.#last = this.#last
      .then(() => this.#follow(remote, welcome))
      .catch((error: unknown) => {
        if (this.#remote === remote) this.#drop();
        onFailure(error);
      });
  }

  async #follow(remote: RemoteLog, welcome: Welcome): Promise<void> {
    await this.#taking?.stop();
    this.#taking = null;
    if (remote !== this.#remote) return;
    this.#meet(welcome);
    this.#taking = this.#parts.take(remote);
  }

  /** Makes the history ready for what follows; what a kill in between leaves undone the next stream does. */
  #meet(welcome: Welcome): void {
    const { db, clock, onGap } = this.#parts;
    const { log: id, reset } = welcome;
    transact(db, () => {
      noteTeamLog(db, id);
      if (reset === null) return;
      if (reset === 'ahead') limitArrivals(db, welcome.lastSeq);
      const beginning = beginningIn(db, welcome);
      // Another log shows by itself what it misses.
      if (reset !== 'other-log') noticeSetBack(db, id, clock.now());
      moveCursor(db, id, beginning);
    });
    if (reset === null) return;
    log('team-log.reset', { reset });
    onGap();
  }
}

/** The number after which deliveries are to be taken in. What was trimmed beyond the history's place is passed over. */
function beginningIn(db: WritableDb, { log: id, after, reset }: Welcome): number {
  if (reset === 'ahead' || reset === 'other-log') return after;
  return Math.max(after, readCursor(db, id));
}
