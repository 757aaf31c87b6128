import type { WritableDb } from '#main/sqlite/database.ts';

import { LogFailure } from './delivery-log.ts';
import { closeQuietly, openLogFile, reopenLogFile } from './log-file.ts';
import { describeStorageError } from './storage-error.ts';

/** Milliseconds between two tries to open a file again whose disk has failed, or longer where a try takes long. */
const shortestPause = 250;
/** How much longer than the try itself the pause after it is: the check of a large file must not fill all the time. */
const pausePerTry = 10;

type State =
  | { readonly kind: 'open'; readonly db: WritableDb }
  | { readonly kind: 'broken'; readonly failure: LogFailure; readonly retryAt: number }
  | { readonly kind: 'closed' };

/**
 * The one connection to a log's file. A connection whose disk has failed, in an fsync or anywhere else, is never used again:
 * what it holds in memory may differ from what is stored. The next call after a pause opens the file anew and checks it.
 */
export class LogConnection {
  readonly #path: string;
  #state: State;

  constructor(path: string) {
    this.#path = path;
    this.#state = { kind: 'open', db: openLogFile(path) };
  }

  /** Runs `deed` on the file. Throws {@link LogFailure} alone. */
  use<Result>(deed: (db: WritableDb) => Result): Result {
    const db = this.#usable();
    try {
      return deed(db);
    } catch (error) {
      const failure = error instanceof LogFailure ? error : describeStorageError(error);
      if (failure.reason === 'io' || failure.reason === 'corrupt') this.#giveUp(db, failure);
      throw failure;
    }
  }

  /** Did the disk fail, and has the file not been opened anew since? */
  get broken(): boolean {
    return this.#state.kind === 'broken';
  }

  close(): void {
    if (this.#state.kind === 'open') closeQuietly(this.#state.db);
    this.#state = { kind: 'closed' };
  }

  #usable(): WritableDb {
    const state = this.#state;
    switch (state.kind) {
      case 'open':
        return state.db;
      case 'closed':
        throw new LogFailure('closed', 'The log of deliveries is closed.');
      case 'broken':
        if (performance.now() < state.retryAt) throw state.failure;
        return this.#reopen();
    }
  }

  #reopen(): WritableDb {
    const started = performance.now();
    try {
      const db = reopenLogFile(this.#path);
      this.#state = { kind: 'open', db };
      return db;
    } catch (error) {
      const failure = error instanceof LogFailure ? error : describeStorageError(error);
      this.#breakOff(failure, (performance.now() - started) * pausePerTry);
      throw failure;
    }
  }

  #giveUp(db: WritableDb, failure: LogFailure): void {
    closeQuietly(db);
    this.#breakOff(failure, 0);
  }

  #breakOff(failure: LogFailure, pause: number): void {
    const retryAt = performance.now() + Math.max(pause, shortestPause);
    this.#state = { kind: 'broken', failure, retryAt };
  }
}
