import {
  mkdtempSync,
  openSync,
  closeSync,
  fdatasyncSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { entryPageQuery } from '#main/history/entries.ts';
import { openHistory } from '#main/history/open-history.ts';
import { matchQuery, searchEntries } from '#main/history/search.ts';
import { pageThreads } from '#main/history/thread-pages.ts';
import { type ReadableDb, type WritableDb, all, first, run } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import type { ThreadId } from '#shared/message/entry.ts';

import { seedHistory } from './seed-history.ts';

/* The history at a million messages: each read beside the plain SQL it replaces, each write beside the disk's own limit. */
const messages = Number(process.env['BENCH_MESSAGES'] ?? 1_000_000);
const size = { messages, threads: messages / 10, longest: Math.min(50_000, messages / 20) };

const median = (times: number[]): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;

function time(repeats: number, deed: (round: number) => unknown): number {
  const times = Array.from({ length: repeats }, (_, round) => {
    const from = performance.now();
    deed(round);
    return performance.now() - from;
  });
  return median(times);
}

function report(name: string, ours: number, peer: { name: string; ms: number } | null): void {
  const ratio =
    peer === null
      ? ''
      : `  ${peer.name} ${peer.ms.toFixed(2)} ms  ratio 1/${Math.round(peer.ms / ours)}`;
  console.log(`${name.padEnd(44)} ${ours.toFixed(3)} ms${ratio}`);
}

function reads(db: ReadableDb): void {
  const page = { view: 'open', lineId: null, after: null, limit: 50 } as const;
  const grouped = time(3, () =>
    all(
      db,
      sql`SELECT thread_id, max(at) AS last FROM entries GROUP BY thread_id ORDER BY last DESC LIMIT 50`,
    ),
  );
  report(
    'thread list, first page of 50',
    time(200, () => pageThreads(db, page)),
    { name: 'GROUP BY', ms: grouped },
  );
  const random = (round: number) => (1 + ((round * 7_919) % size.threads)) as ThreadId;
  report(
    'page of 50 in a random thread',
    time(500, (round) =>
      all(db, entryPageQuery({ threadId: random(round), before: null, limit: 50 })),
    ),
    null,
  );
  report(
    'newest page of the longest thread',
    time(200, () => all(db, entryPageQuery({ threadId: 1 as ThreadId, before: null, limit: 50 }))),
    null,
  );
  const like = time(3, () =>
    all(db, sql`SELECT count(*) FROM entries WHERE text LIKE '%adjuster%'`),
  );
  for (const [name, expression] of [
    ['term', '"adjuster"'],
    ['phrase', '"thanks window"'],
    ['prefix of 2', '"ad" *'],
    ['two terms', '"invoice" "late"'],
  ] as const) {
    report(
      `search newest 50: ${name}`,
      time(100, () => all(db, matchQuery(expression, 50))),
      { name: 'LIKE', ms: like },
    );
  }
  report(
    'search newest 50: rare number',
    time(100, () => all(db, matchQuery('"777777"', 50))),
    { name: 'LIKE', ms: like },
  );
  report(
    'search as the screen asks, with the count',
    time(20, () => searchEntries(db, 'adjuster', 50)),
    { name: 'LIKE', ms: like },
  );
}

function sizes(db: ReadableDb): void {
  const bytes = (like: string): number =>
    first<{ n: number }>(db, sql`SELECT sum(pgsize) AS n FROM dbstat WHERE name LIKE ${like}`)?.n ??
    0;
  const text = first<{ n: number }>(db, sql`SELECT sum(length(text)) AS n FROM entries`)?.n ?? 1;
  console.log(
    `search index ${(bytes('entry_search%') / 1e6).toFixed(0)} MB = ${(bytes('entry_search%') / bytes('entries%')).toFixed(2)} × the messages table (${(bytes('entries%') / 1e6).toFixed(0)} MB, ${(text / 1e6).toFixed(0)} MB of text)`,
  );
}

function rawSync(folder: string): number {
  const file = openSync(path.join(folder, 'raw'), 'w');
  const block = Buffer.alloc(4_096, 1);
  const ms = time(200, () => {
    writeSync(file, block);
    fdatasyncSync(file);
  });
  closeSync(file);
  return ms;
}

function writes(db: WritableDb, folder: string): void {
  const raw = rawSync(folder);
  const write = (n: number): number =>
    run(
      db,
      sql`INSERT INTO deliveries_seen (key, at) VALUES (${`bench/${n}/${Math.random()}`}, ${n})`,
    );
  const single = time(200, (round) => write(round));
  const batch = time(10, (round) =>
    db.transaction(() => {
      for (let n = 0; n < 1_000; n += 1) write(round * 1_000 + n);
    })(),
  );
  console.log(
    `durable single write ${(1_000 / single).toFixed(0)}/s, raw fdatasync ${(1_000 / raw).toFixed(0)}/s: ratio ${(raw / single).toFixed(2)}`,
  );
  console.log(
    `1,000 rows a commit ${(1e6 / batch).toFixed(0)} rows/s: ${((1_000 * raw) / batch).toFixed(1)} × raw fdatasync`,
  );
}

const kept = process.env['BENCH_DATA'];
const folder = kept ?? mkdtempSync(path.join(tmpdir(), 'trunkline-bench-'));
if (kept === undefined) seedHistory(folder, size);
const db = openHistory(folder);
console.log(
  `history of ${messages.toLocaleString('en-US')} messages in ${size.threads.toLocaleString('en-US')} threads, ${(statSync(path.join(folder, 'history.db')).size / 1e6).toFixed(0)} MB`,
);
reads(db);
sizes(db);
writes(db, folder);
db.close();
if (kept === undefined) rmSync(folder, { recursive: true, force: true });
