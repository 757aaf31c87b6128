import { describe, expect, test } from 'vitest';

import {
  findAttemptByProviderId,
  findAttemptWithoutId,
  findLatestAttempt,
} from '#main/history/attempts.ts';
import { findEntry, findEntryByUid, pageEntries, pageEntriesFrom } from '#main/history/entries.ts';
import { listLines } from '#main/history/lines.ts';
import { listMedia, listMediaToFetch, nextMediaFetchAfter } from '#main/history/media.ts';
import {
  countOutbox,
  listAbandoned,
  listConnectionsReady,
  listReadyToSend,
  listToReconcile,
  nextDueAt,
} from '#main/history/outbox.ts';
import { listReceipts } from '#main/history/receipts.ts';
import { searchEntries } from '#main/history/search.ts';
import { countThreads, pageThreads } from '#main/history/thread-pages.ts';
import { findThreadByKey } from '#main/history/threads.ts';
import { takeUnmatched } from '#main/history/unmatched-receipts.ts';
import { markRead } from '#main/history/unread.ts';
import { type WritableDb, run, transact } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import type { EntryId, ThreadId } from '#shared/message/entry.ts';
import type { LineId } from '#shared/message/line.ts';
import type { ThreadView } from '#shared/message/thread.ts';
import { type HistoryDesk, historyDesk } from '#test/fakes/history-desk.ts';
import { plansOf } from '#test/fakes/query-plans.ts';
import { anotherLine, peerNumber, textIn, textOut } from '#test/fakes/write-history.ts';

const entryId = 1 as EntryId;
const threadId = 1 as ThreadId;
const lineId = 1 as LineId;

/** Who wrote an entry and what it waits for is looked up by the keys of tables that hold next to nothing. */
const besideOf = [
  'SCALAR SUBQUERY 1',
  'SEARCH team USING INTEGER PRIMARY KEY (rowid=?)',
  'CORRELATED SCALAR SUBQUERY 2',
  'SEARCH team_members USING PRIMARY KEY (id=?)',
  'CORRELATED SCALAR SUBQUERY 3',
  'SEARCH outbox USING INTEGER PRIMARY KEY (rowid=?)',
  'CORRELATED SCALAR SUBQUERY 5',
  'SEARCH scheduled USING INTEGER PRIMARY KEY (rowid=?)',
  'CORRELATED SCALAR SUBQUERY 4',
  'SEARCH outbox USING INTEGER PRIMARY KEY (rowid=?)',
];

/** A small history whose statistics, once taken, tempt the planner: one line has nearly everything, most is read and done. */
function lopsided(): HistoryDesk {
  const desk = historyDesk();
  const other = anotherLine(desk, '+15550100002');
  transact(desk.db, () => {
    for (let count = 0; count < 600; count += 1) {
      const line = count % 20 === 0 ? other : desk.line;
      const written = { peer: peerNumber(count), line, at: desk.clock.now() + count };
      textIn(desk, written);
      if (count % 3 === 0) textOut(desk, written);
    }
    run(desk.db, sql`UPDATE threads SET unread = 0 WHERE id % 20 > 0`);
    run(desk.db, sql`UPDATE threads SET done = 1 WHERE id % 4 > 0`);
    run(desk.db, sql`UPDATE threads SET failed = 1 WHERE id % 50 = 0`);
  });
  desk.db.exec('ANALYZE');
  return desk;
}

const planOf = (desk: HistoryDesk, deed: (db: WritableDb) => unknown): string[] =>
  plansOf(desk.db, deed).flatMap(({ plan }) => plan);

describe.each([
  ['a new file', historyDesk],
  ['a file with statistics', lopsided],
])('on %s', (_what, make) => {
  const pages: readonly (readonly [ThreadView, string, string])[] = [
    ['open', 'threads_open', 'threads_open_on_line'],
    ['done', 'threads_done', 'threads_done_on_line'],
    ['unread', 'threads_unread', 'threads_unread'],
    ['unanswered', 'threads_unanswered', 'threads_unanswered'],
    ['failed', 'threads_failed', 'threads_failed'],
  ];

  test('a page of any view is read in order from its own index, the next from where it stood', () => {
    const desk = make();
    for (const [view, index, onLine] of pages) {
      for (const [line, wanted] of [
        [null, index],
        [lineId, onLine],
      ] as const) {
        const page = { view, lineId: line, limit: 50 };
        const first = planOf(desk, (db) => pageThreads(db, { ...page, after: null }));
        expect(first).toEqual([expect.stringMatching(`threads USING INDEX ${wanted}( |$)`)]);
        const after = { lastAt: 5, id: threadId };
        const next = planOf(desk, (db) => pageThreads(db, { ...page, after }));
        expect(next).toEqual([
          expect.stringMatching(`^SEARCH threads USING INDEX ${wanted} \\(.*last_at<\\?\\)$`),
        ]);
        const count = planOf(desk, (db) => countThreads(db, view, line));
        expect(count).toEqual([expect.stringMatching(`USING COVERING INDEX ${wanted}( |$)`)]);
      }
    }
  });

  test('how many of each line are unread is counted from the unread alone', () => {
    const plan = planOf(make(), listLines);
    expect(plan).toContain('SCAN threads USING COVERING INDEX threads_unread');
    expect(plan.filter((line) => line.includes('threads'))).toHaveLength(1);
  });

  const outboxOn = 'SEARCH outbox USING';
  const single: readonly (readonly [string, (db: WritableDb) => unknown, readonly string[]])[] = [
    [
      'the newest page of a thread',
      (db) => pageEntries(db, { threadId, before: null, limit: 50 }),
      ['SEARCH entries USING PRIMARY KEY (thread_id=?)', ...besideOf],
    ],
    [
      'an older page of a thread',
      (db) => pageEntries(db, { threadId, before: entryId, limit: 50 }),
      ['SEARCH entries USING PRIMARY KEY (thread_id=? AND id<?)', ...besideOf],
    ],
    [
      'a page from an entry on',
      (db) => pageEntriesFrom(db, { threadId, from: 10_000_000_000_000_000 as EntryId, limit: 50 }),
      ['SEARCH entries USING PRIMARY KEY (thread_id=? AND id>?)', ...besideOf],
    ],
    [
      'an entry',
      (db) => findEntry(db, entryId),
      ['SEARCH entries USING INDEX entries_by_id (id=?)', ...besideOf],
    ],
    [
      'an entry by its uid',
      (db) => findEntryByUid(db, ''),
      ['SEARCH entries USING INDEX entries_by_uid (uid=?)', ...besideOf],
    ],
    [
      'a thread by its numbers',
      (db) => findThreadByKey(db, { lineId, peer: '' }),
      ['SEARCH threads USING INDEX sqlite_autoindex_threads_2 (line_id=? AND peer=?)'],
    ],
    [
      'what may leave',
      (db) => listReadyToSend(db, { connectionId: '', now: 1, limit: 3 }),
      [
        `${outboxOn} INDEX outbox_answers (connection_id=? AND not_before<?)`,
        'CORRELATED SCALAR SUBQUERY 1',
        'SEARCH earlier USING INDEX outbox_of_thread (thread_id=?)',
        `${outboxOn} INDEX outbox_of_connection (connection_id=? AND state=? AND not_before<?)`,
        'CORRELATED SCALAR SUBQUERY 1',
        'SEARCH earlier USING INDEX outbox_of_thread (thread_id=?)',
      ],
    ],
    [
      'what is to be looked for',
      (db) => listToReconcile(db, 1),
      [`${outboxOn} INDEX outbox_due (state=? AND not_before<?)`],
    ],
    [
      'what was abandoned',
      (db) => listAbandoned(db, ''),
      [`${outboxOn} INDEX outbox_due (state=?)`],
    ],
    [
      'when the next is due',
      (db) => nextDueAt(db, 'queued'),
      [`${outboxOn} COVERING INDEX outbox_due (state=?)`],
    ],
    ['how much waits', countOutbox, ['SCAN outbox USING COVERING INDEX outbox_due']],
    [
      'receipts of a text',
      (db) => listReceipts(db, entryId),
      ['SEARCH receipts USING INDEX receipts_of_entry (entry_id=?)'],
    ],
    [
      'the text of a receipt',
      (db) => findAttemptByProviderId(db, '', ''),
      [
        'SEARCH attempts USING COVERING INDEX attempts_by_provider_id (connection_id=? AND provider_id=?)',
      ],
    ],
    [
      'the latest attempt',
      (db) => findLatestAttempt(db, entryId),
      ['SEARCH attempts USING PRIMARY KEY (entry_id=?)'],
    ],
    [
      'an attempt without id',
      (db) => findAttemptWithoutId(db, '', entryId),
      ['SEARCH attempts USING PRIMARY KEY (entry_id=?)'],
    ],
    [
      'media to fetch',
      (db) => listMediaToFetch(db, 1, 4),
      ['SEARCH media USING INDEX media_to_fetch (next_try_at<?)'],
    ],
    [
      'when media is next to fetch',
      (db) => nextMediaFetchAfter(db, 1),
      ['SEARCH media USING COVERING INDEX media_to_fetch (next_try_at>?)'],
    ],
    [
      'media of an entry',
      (db) => listMedia(db, entryId),
      ['SEARCH media USING INDEX media_of_entry (entry_id=?)'],
    ],
  ];

  test.each(single)('%s is found by its index, in order', (_query, deed, plan) => {
    expect(planOf(make(), deed)).toEqual(plan);
  });

  test('connections with something to send are found by one look into each queue', () => {
    const plan = planOf(make(), (db) => listConnectionsReady(db, 1));
    expect(plan.filter((line) => line.includes('outbox'))).toEqual([
      expect.stringMatching(
        /^SEARCH outbox .*USING COVERING INDEX outbox_of_connection \(connection_id=\? AND state=\? AND not_before<\?\)$/,
      ),
    ]);
    expect(plan.join()).not.toContain('TEMP B-TREE');
  });

  test('receipts that wait are taken by their id', () => {
    const plan = planOf(make(), (db) => takeUnmatched(db, '', ''));
    for (const line of plan)
      expect(line).toMatch(
        /^SEARCH unmatched_receipts USING (COVERING )?INDEX unmatched_receipts_by_provider_id \(connection_id=\? AND provider_id=\?\)$/,
      );
    expect(plan).toHaveLength(2);
  });

  test('texts are searched by rowid alone, before any row is joined, and nothing is sorted', () => {
    for (const query of ['hello', 'hello wor', '"hello world"', 'he']) {
      const [match, ...rest] = plansOf(make().db, (db) => searchEntries(db, query, 50));
      expect(match?.plan).toEqual([expect.stringMatching(/^SCAN entry_search VIRTUAL TABLE/)]);
      expect(match?.text).toMatch(/ORDER BY rowid DESC LIMIT/);
      expect(rest.flatMap(({ plan }) => plan).join()).not.toContain('TEMP B-TREE');
    }
  });

  test('marking as read looks at nothing but what is unread', () => {
    const desk = make();
    textIn(desk);
    const plan = planOf(desk, (db) => markRead(db, threadId, 1));
    expect(plan).toContain('SEARCH unread USING PRIMARY KEY (thread_id=? AND entry_id<?)');
    expect(plan.filter((line) => !line.startsWith('SEARCH'))).toEqual(['SCALAR SUBQUERY 1']);
  });
});
