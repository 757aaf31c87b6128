import { type WritableDb, all } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import { readConsent } from '#shared/compliance/read-consent.ts';

import { appendConsent } from './consent-ledger.ts';
import { carrierOptOut, saidOfConsent } from './consent-of-texts.ts';
import { fromBlob } from './uid.ts';

/* What is longer is a sentence, and no keyword. */
const longestKeywordText = 100;
const pageSize = 5_000;

type Said = { id: number; uid: Uint8Array; at: number; text: string; peer: string; line: string };

/**
 * Puts into the ledger what customers and carriers said before there was one. What merely reads like an opt-out is left out:
 * nobody could have decided about it in time.
 */
export function backfillConsent(db: WritableDb): void {
  for (let after = 0; ;) {
    const page = listSaid(db, after);
    for (const each of page) takeSaid(db, each);
    const last = page.at(-1);
    if (last === undefined) break;
    after = last.id;
  }
  for (const each of listBlocked(db))
    appendConsent(db, carrierOptOut({ ...each, uid: fromBlob(each.uid) }));
}

/* A keyword stands among six words at most; emoji between them count for none. Reading all others would take minutes. */
const sentence = /\S(?:\s+\S+){9}/u;

function takeSaid(db: WritableDb, said: Said): void {
  if (sentence.test(said.text)) return;
  const reading = readConsent(said.text);
  if (reading.kind !== 'opt-out' && reading.kind !== 'opt-in') return;
  appendConsent(db, saidOfConsent({ ...said, uid: fromBlob(said.uid) }, reading));
}

const listSaid = (db: WritableDb, after: number): Said[] =>
  all<Said>(
    db,
    sql`SELECT entries.id, entries.uid, at, text, peer, lines.number AS line FROM entries
        JOIN threads ON threads.id = entries.thread_id JOIN lines ON lines.id = threads.line_id
        WHERE entries.id > ${after} AND kind = 'text' AND direction = 'in' AND length(text) <= ${longestKeywordText}
        ORDER BY entries.id LIMIT ${pageSize}`,
  );

type Blocked = Omit<Said, 'text' | 'id'> & { attempt: number; code: string | null };

const listBlocked = (db: WritableDb): Blocked[] =>
  all<Blocked>(
    db,
    sql`SELECT entries.uid, receipts.attempt, receipts.at, receipts.failure_raw AS code, peer, lines.number AS line
        FROM receipts JOIN entries ON entries.id = receipts.entry_id
        JOIN threads ON threads.id = entries.thread_id JOIN lines ON lines.id = threads.line_id
        WHERE receipts.failure_kind = 'opted-out' ORDER BY receipts.id`,
  );
