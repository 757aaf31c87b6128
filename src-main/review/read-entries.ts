import type { EntryRow } from '#main/history/entry-rows.ts';
import { listMedia } from '#main/history/media.ts';
import { listReceipts } from '#main/history/receipts.ts';
import { fromBlob } from '#main/history/uid.ts';
import { type ReadableDb, all, each } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import type { EntryId } from '#shared/message/entry.ts';
import { type FailureKind, failureMeanings } from '#shared/provider/send-failure.ts';

import type {
  ExportedAttempt,
  ExportedEntry,
  ExportedFailure,
  ExportedMedia,
  ExportedReceipt,
} from './exported-entry.ts';
import { type Wanted, wantedQuery } from './wanted-entries.ts';

type Row = Omit<EntryRow, 'thread_id'> & {
  thread_uid: Uint8Array;
  peer: string;
  name: string | null;
  number: string;
  line_label: string;
  connection_id: string;
  provider: string | null;
  inbound_id: string | null;
  billed: number | null;
  billed_segments: number | null;
  price_micros: number | null;
  fee_micros: number | null;
  currency: string | null;
};

/** Everything that is wanted, one at a time. */
export function* readEntries(db: ReadableDb, wanted: Wanted): Generator<ExportedEntry> {
  for (const row of each<Row>(db, wantedQuery(wanted))) yield exported(db, row);
}

function exported(db: ReadableDb, row: Row): ExportedEntry {
  const isText = row.kind === 'text';
  const attempts = isText && row.direction === 'out' ? listAttempts(db, row.id) : [];
  return {
    uid: fromBlob(row.uid),
    kind: row.kind,
    direction: row.direction,
    at: toMoment(row.at),
    line: row.number,
    lineLabel: row.line_label,
    provider: row.provider,
    connection: row.connection_id,
    thread: fromBlob(row.thread_uid),
    peer: row.peer,
    name: row.name,
    author: row.author,
    ...wordsOf(row),
    providerMessageId: attempts.at(-1)?.providerMessageId ?? row.inbound_id,
    billing: billingOf(row),
    outcome: row.kind === 'call' ? row.outcome : null,
    seconds: row.kind === 'call' || row.kind === 'voicemail' ? row.seconds : null,
    media: row.has_media === 1 ? listMedia(db, row.id).map(exportedMedia) : [],
    attempts,
    receipts: isText && row.direction === 'out' ? receiptsOf(db, row.id) : [],
  };
}

const noText = {
  text: null,
  state: null,
  undecided: null,
  failure: null,
  segments: null,
  encoding: null,
} as const;

function wordsOf(row: Row) {
  if (row.kind === 'text') return textPart(row);
  const hasWords = row.kind === 'note' || row.kind === 'system';
  return hasWords ? { ...noText, text: row.text } : noText;
}

function textPart(row: Row) {
  return {
    text: row.text,
    state: row.state,
    undecided: row.undecided === 1,
    failure: row.failure_kind === null ? null : failureOf(row.failure_kind, row.failure_raw),
    segments: row.segments,
    encoding: row.encoding,
  };
}

/* A kind that this version does not know is told as it stands. */
function failureOf(kind: FailureKind, raw: string | null): ExportedFailure {
  const meaning = Object.hasOwn(failureMeanings, kind) ? failureMeanings[kind].short : kind;
  return { kind, meaning, raw };
}

function billingOf(row: Row): ExportedEntry['billing'] {
  if (row.billed === null || row.currency === null) return null;
  const { billed_segments: segments, price_micros, fee_micros, currency } = row;
  return { segments, priceMicros: price_micros, feeMicros: fee_micros, currency };
}

function exportedMedia({ id, state, type, size, problem }: ExportedMedia): ExportedMedia {
  return { id, state, type, size, problem };
}

type AttemptRow = {
  attempt: number;
  connection: string;
  startedAt: number;
  providerMessageId: string | null;
};

function listAttempts(db: ReadableDb, entryId: EntryId): ExportedAttempt[] {
  return all<AttemptRow>(
    db,
    sql`SELECT attempt, connection_id AS connection, started_at AS startedAt, provider_id AS providerMessageId
        FROM attempts WHERE entry_id = ${entryId} ORDER BY attempt`,
  ).map((row) => ({ ...row, startedAt: toMoment(row.startedAt) }));
}

function receiptsOf(db: ReadableDb, entryId: EntryId): ExportedReceipt[] {
  return listReceipts(db, entryId).map(({ at, attempt, state, source, happenedAt, failure }) => ({
    at: toMoment(at),
    attempt,
    state,
    source,
    happenedAt: happenedAt === null ? null : toMoment(happenedAt),
    failure: failure === null ? null : failureOf(failure.kind, failure.raw),
  }));
}

/* A carrier may name a moment that no calendar has; one such receipt must not end an export. */
function toMoment(ms: number): string | null {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
