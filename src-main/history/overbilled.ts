import { type ReadableDb, all } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import type { AuditRow, AuditSum } from '#shared/contract/cost-commands.ts';
import type { EntryId } from '#shared/message/entry.ts';

import { fromBlob } from './uid.ts';

/** Of price and fee the part that was billed beyond our count, rounded down. */
const over = sql`(price_micros + coalesce(fee_micros, 0)) * extra / billing.segments`;

type Row = Omit<AuditRow, 'uid' | 'length'> & { uid: Uint8Array; text: string };

/** Texts billed for more segments than they have, newest first, before this one where one is given. */
export function listOverbilled(db: ReadableDb, before: EntryId | null, limit: number): AuditRow[] {
  return all<Row>(
    db,
    sql`SELECT billing.entry_id AS entryId, entries.uid, entries.at, entries.text, encoding, currency,
          entries.segments AS ours, billing.segments AS theirs, ${over} AS overMicros,
          (SELECT provider_id FROM attempts WHERE attempts.entry_id = billing.entry_id ORDER BY attempt DESC LIMIT 1)
            AS providerMessageId,
          (SELECT connections.label FROM threads JOIN lines ON lines.id = threads.line_id
            JOIN connections ON connections.id = lines.connection_id WHERE threads.id = entries.thread_id)
            AS connectionLabel
        FROM billing INDEXED BY billing_extra JOIN entries ON entries.id = billing.entry_id
        WHERE extra > 0 AND billing.entry_id < ${before ?? Number.MAX_SAFE_INTEGER}
        ORDER BY billing.entry_id DESC LIMIT ${limit}`,
  ).map(({ uid, text, ...row }) => ({ ...row, uid: fromBlob(uid), length: text.length }));
}

type SumRow = {
  currency: string;
  messages: number;
  segments: number;
  micros: number;
  unpriced: number;
};

/** What all of them come to. */
export function sumOverbilled(db: ReadableDb): AuditSum {
  const rows = all<SumRow>(
    db,
    sql`SELECT currency, count(*) AS messages, sum(extra) AS segments, coalesce(sum(${over}), 0) AS micros,
          count(*) FILTER (WHERE price_micros IS NULL) AS unpriced
        FROM billing INDEXED BY billing_extra WHERE extra > 0 GROUP BY currency ORDER BY currency`,
  );
  const total = (of: 'messages' | 'segments' | 'unpriced'): number =>
    rows.reduce((sum, row) => sum + row[of], 0);
  return {
    messages: total('messages'),
    segments: total('segments'),
    unpriced: total('unpriced'),
    money: rows
      .filter(({ messages, unpriced }) => messages > unpriced)
      .map(({ currency, micros }) => ({ currency, micros })),
  };
}
