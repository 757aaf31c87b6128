import {
  type ReadableDb,
  type WritableDb,
  all,
  first,
  run,
  runOne,
} from '#main/sqlite/database.ts';
import { type Sql, sql } from '#main/sqlite/sql.ts';

import type { FetchedFile } from './fetch-files.ts';
import type { TakenMessage } from './taken-message.ts';

export type StoredMessage = TakenMessage & {
  /** Milliseconds since 1970. */
  readonly createdAt: number;
};

/** A text as the list shows it. */
export type ListedMessage = StoredMessage & {
  readonly seq: number;
  readonly held: boolean;
  readonly status: 'accepted' | 'sent' | 'delivered' | 'undelivered';
  readonly errorCode: string | null;
};

type MessageRow = {
  readonly seq: number;
  readonly id: string;
  readonly reference: string;
  readonly sender: string;
  readonly recipient: string;
  readonly text: string;
  readonly media_urls: string;
  readonly turn: number;
  readonly held: number;
  readonly created_at: number;
  readonly latest: string | null;
};

/** Keeps a text that was taken, with what went along under `media_urls`; `held` keeps its receipts back until it is listed. */
export function insertMessage(db: WritableDb, message: StoredMessage & { held: boolean }): void {
  const { id, reference, from, to, text, turn, createdAt } = message;
  const files = JSON.stringify(message.files);
  runOne(
    db,
    sql`INSERT INTO message (id, reference, sender, recipient, text, media_urls, turn, held, created_at)
        VALUES (${id}, ${reference}, ${from}, ${to}, ${text}, ${files}, ${turn}, ${Number(message.held)}, ${createdAt})`,
  );
}

/** How many texts were taken from one number to another. */
export function countOfPair(db: ReadableDb, from: string, to: string): number {
  return count(
    db,
    sql`SELECT count(*) AS n FROM message WHERE sender = ${from} AND recipient = ${to}`,
  );
}

/** How many texts were taken under one reference. */
export function countOfReference(db: ReadableDb, reference: string): number {
  return count(db, sql`SELECT count(*) AS n FROM message WHERE reference = ${reference}`);
}

function count(db: ReadableDb, query: Sql): number {
  return first<{ n: number }>(db, query)?.n ?? 0;
}

/** How often this reference has been answered with "busy", this time included. */
export function countBusy(db: WritableDb, reference: string): number {
  const row = first<{ times: number }>(
    db,
    sql`INSERT INTO busy (reference, times) VALUES (${reference}, 1)
        ON CONFLICT (reference) DO UPDATE SET times = times + 1 RETURNING times`,
  );
  return row?.times ?? 0;
}

/** Which texts to list. `before` is the `seq` to go on from; null starts with the newest. */
export type MessageQuery = {
  readonly from: string | null;
  readonly to: string | null;
  /** Milliseconds since 1970. */
  readonly since: number;
  readonly before: number | null;
  readonly limit: number;
};

/** Texts that were taken, newest first, each with what had become of it by `now`. */
export function listMessages(db: ReadableDb, query: MessageQuery, now: number): ListedMessage[] {
  const { from, to, since, before, limit } = query;
  return all<MessageRow>(
    db,
    sql`SELECT message.*, (
          SELECT detail FROM event
          WHERE message_id = message.id AND status IS NOT NULL AND happens_at <= ${now}
          ORDER BY happens_at DESC LIMIT 1
        ) AS latest
        FROM message
        WHERE created_at >= ${since}
          ${from === null ? sql`` : sql`AND sender = ${from}`}
          ${to === null ? sql`` : sql`AND recipient = ${to}`}
          ${before === null ? sql`` : sql`AND seq < ${before}`}
        ORDER BY seq DESC LIMIT ${limit}`,
  ).map(listed);
}

/** The receipts of this text need wait no longer. */
export function release(db: WritableDb, id: string): void {
  run(db, sql`UPDATE message SET held = 0 WHERE id = ${id}`);
}

function listed(row: MessageRow): ListedMessage {
  const latest = row.latest === null ? null : (JSON.parse(row.latest) as Latest);
  return {
    seq: row.seq,
    id: row.id,
    reference: row.reference,
    from: row.sender,
    to: row.recipient,
    text: row.text,
    turn: row.turn,
    held: row.held === 1,
    files: JSON.parse(row.media_urls) as FetchedFile[],
    createdAt: row.created_at,
    status: latest?.status ?? 'accepted',
    errorCode: latest?.errorCode ?? null,
  };
}

type Latest = {
  readonly status: 'sent' | 'delivered' | 'undelivered';
  readonly errorCode: string | null;
};
