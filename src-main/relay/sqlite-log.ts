import { statSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';

import { run, transact } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import type { RawDelivery } from '#shared/provider/delivery.ts';

import {
  LogFailure,
  type Appended,
  type DeliveryLog,
  type LineOf,
  type LogHealth,
  type StoredDelivery,
  type Trim,
} from './delivery-log.ts';
import {
  appendRows,
  findTrimReach,
  readEnds,
  readLogId,
  readRows,
  trimStep,
  type KeyedDelivery,
  type LogEnds,
} from './delivery-rows.ts';
import { LogConnection } from './log-connection.ts';
import { writeThrough } from './log-file.ts';

/** Rows trimmed in one transaction, few enough that appends between two of them do not wait long. */
const trimStepRows = 500;

/** Milliseconds after which what is waiting is committed though more keeps coming. */
const longestGatherMs = 4;

type Waiting = KeyedDelivery & {
  readonly resolve: (appended: Appended) => void;
  readonly reject: (failure: unknown) => void;
};

const uncounted: LineOf = () => null;

/** Opens the log in a SQLite file of its own, making it where it is missing. Throws {@link LogFailure}. */
export function openSqliteLog(path: string, lineOf: LineOf = uncounted): DeliveryLog {
  return new SqliteLog(path, lineOf);
}

/**
 * The log of one machine. Appends that arrive in one turn of the event loop share one commit and so one fsync: under load the
 * cost of durability is divided among many, and a lone delivery waits for nobody.
 */
class SqliteLog implements DeliveryLog {
  readonly id: string;
  readonly #path: string;
  readonly #lineOf: LineOf;
  readonly #connection: LogConnection;
  readonly #listeners = new Set<(lastSeq: number) => void>();
  #ends: LogEnds;
  #problem: LogFailure | null = null;
  #waiting: Waiting[] = [];
  #trimming = Promise.resolve(0);

  constructor(path: string, lineOf: LineOf) {
    this.#path = path;
    this.#lineOf = lineOf;
    this.#connection = new LogConnection(path);
    this.id = this.#connection.use(readLogId);
    this.#ends = this.#connection.use(readEnds);
  }

  append(raw: RawDelivery, key: string): Promise<Appended> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.length === 0) setImmediate(() => this.#gather(1, performance.now()));
      this.#waiting.push({ raw, key, line: this.#readLine(raw), resolve, reject });
    });
  }

  async readAfter(seq: number, limit: number): Promise<readonly StoredDelivery[]> {
    return this.#connection.use((db) => readRows(db, seq, limit));
  }

  onAppended(listener: (lastSeq: number) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  trim(allowed: Trim): Promise<number> {
    const trimmed = this.#trimming.then(() => this.#trim(allowed));
    this.#trimming = trimmed.catch(() => 0);
    return trimmed;
  }

  async health(): Promise<LogHealth> {
    if (this.#problem !== null || this.#connection.broken) this.#probe();
    return {
      ok: this.#problem === null,
      problem: this.#problem?.message ?? null,
      ...this.#ends,
      bytes: sizeOf(this.#path) + sizeOf(`${this.#path}-wal`),
    };
  }

  async close(): Promise<void> {
    this.#commitWaiting();
    this.#connection.close();
    await this.#trimming;
  }

  /** Counting must never stand in the way of storing. */
  #readLine(raw: RawDelivery): string | null {
    try {
      return this.#lineOf(raw);
    } catch {
      return null;
    }
  }

  /** Commits once a turn of the loop has brought nothing more. A lone delivery is not kept waiting for others. */
  #gather(before: number, since: number): void {
    const { length } = this.#waiting;
    if (length > before && performance.now() - since < longestGatherMs)
      setImmediate(() => this.#gather(length, since));
    else this.#commitWaiting();
  }

  #commitWaiting(): void {
    const batch = this.#waiting;
    this.#waiting = [];
    if (batch.length === 0) return;
    const { lastSeq } = this.#ends;
    try {
      const appended = this.#watch(() => this.#commit(batch));
      batch.forEach((waiting, index) => waiting.resolve(appended[index] as Appended));
    } catch (error) {
      batch.forEach((waiting) => waiting.reject(error));
    }
    if (this.#ends.lastSeq > lastSeq) this.#tellAppended();
  }

  #commit(batch: readonly KeyedDelivery[]): readonly Appended[] {
    const { appended, lastSeq } = this.#connection.use((db) =>
      transact(db, () => appendRows(db, batch)),
    );
    this.#ends = { ...this.#ends, lastSeq };
    return appended;
  }

  #tellAppended(): void {
    for (const listener of this.#listeners) listener(this.#ends.lastSeq);
  }

  async #trim(allowed: Trim): Promise<number> {
    const before = this.#ends.trimmedThrough;
    const reach = this.#connection.use((db) => findTrimReach(db, allowed));
    while (this.#connection.use((db) => transact(db, () => trimStep(db, reach, trimStepRows))))
      await nextTurn();
    this.#ends = this.#connection.use(readEnds);
    const trimmed = this.#ends.trimmedThrough - before;
    if (trimmed > 0) this.#connection.use(writeThrough);
    return trimmed;
  }

  /** While something is wrong, tries whether it still is, with a commit. SQLite writes nothing where nothing changes. */
  #probe(): void {
    try {
      const touch = sql`UPDATE log SET probes = probes + 1`;
      this.#watch(() => this.#connection.use((db) => transact(db, () => run(db, touch))));
    } catch {
      // #watch has noted it.
    }
  }

  #watch<Result>(commit: () => Result): Result {
    try {
      const result = commit();
      this.#problem = null;
      return result;
    } catch (error) {
      this.#problem =
        error instanceof LogFailure
          ? error
          : new LogFailure('other', 'The log of deliveries failed.', { cause: error });
      throw this.#problem;
    }
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
