import { setImmediate as nextTurn } from 'node:timers/promises';

import type { ReadableDb } from '#main/sqlite/database.ts';
import type { Clock } from '#shared/contract/clock.ts';

import type { About, ExportFormat, FormatName } from './export-format.ts';
import type { ExportedEntry } from './exported-entry.ts';
import { openFormat } from './open-format.ts';
import { pickLine } from './pick-line.ts';
import { readEntries } from './read-entries.ts';
import { readHistory } from './read-history.ts';
import { type Wanted, countWanted } from './wanted-entries.ts';

/** Characters that are gathered before they are handed on. */
const pieceLength = 65_536;

/** Where an export goes. Called with one piece at a time, each when the one before has been taken. */
export type TakePiece = (piece: string) => Promise<void>;

export type Export = {
  readonly dataFolder: string;
  /** Its line as a person wrote it. */
  readonly wanted: Wanted;
  readonly format: FormatName;
  readonly clock: Pick<Clock, 'now'>;
  readonly signal: AbortSignal;
  /** Hears now and then how many are done, and of how many. */
  onProgress(done: number, total: number): void;
};

/**
 * Hands on all that is wanted of a history, as it stood at one moment, in memory that does not grow with it.
 * @returns how many entries
 * @throws {CommandFailure} where the history cannot be read, and the signal's reason where it was stopped
 */
export function exportHistory(job: Export, take: TakePiece): Promise<number> {
  return readHistory(job.dataFolder, async (db) => {
    const wanted = { ...job.wanted, line: pickLine(db, job.wanted.line) };
    const about = { wanted, total: countWanted(db, wanted), madeAt: job.clock.now() };
    const format = openFormat(job.format, wanted.order);
    await take(format.head(about));
    const done = await handOn(db, job, { take, format, about });
    await take(format.foot(about));
    return done;
  });
}

type Road = { readonly take: TakePiece; readonly format: ExportFormat; readonly about: About };

async function handOn(db: ReadableDb, job: Export, { take, format, about }: Road): Promise<number> {
  let before: ExportedEntry | null = null;
  let piece = '';
  let done = 0;
  for (const entry of readEntries(db, about.wanted)) {
    piece += format.entry(entry, before);
    before = entry;
    done += 1;
    if (piece.length < pieceLength) continue;
    await take(piece);
    piece = '';
    await nextTurn();
    job.signal.throwIfAborted();
    job.onProgress(done, about.total);
  }
  await take(piece);
  return done;
}
