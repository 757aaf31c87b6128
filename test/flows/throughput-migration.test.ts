import { expect, onTestFinished, test } from 'vitest';

import { openHistory } from '#main/history/open-history.ts';
import { openAtVersion } from '#test/fakes/open-at-version.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';

test('what left in the last two days counts, each on its Pacific day, and nothing older or abroad', () => {
  const folder = temporaryFolder();
  const old = openAtVersion(folder, 70);
  old.exec(`
    INSERT OR IGNORE INTO connections (id, provider, label, created_at) VALUES ('mig00001', 'fake', 'Fake', 1);
    INSERT INTO lines (id, uid, connection_id, number, number_type, label, colour)
      VALUES (901, x'01', 'mig00001', '+15550109999', '10dlc', 'Line', '#111111');
    INSERT INTO threads (id, uid, line_id, peer, last_at)
      VALUES (901, x'02', 901, '+15550200001', 1), (902, x'03', 901, '+442071838750', 1);
  `);
  type Old = { thread: number; at: number; purpose: string | null; segments: number };
  const add = (id: number, { thread, at, purpose, segments }: Old) => {
    old
      .prepare(
        `INSERT INTO entries (thread_id, id, uid, at, kind, direction, text, state, segments, purpose)
         VALUES (?, ?, ?, ?, 'text', 'out', 'x', 'accepted', ?, ?)`,
      )
      .run(thread, id, Buffer.from(`uid${id}`), at, segments, purpose);
    old
      .prepare(
        `INSERT INTO attempts (entry_id, attempt, connection_id, started_at) VALUES (?, 1, 'mig00001', ?)`,
      )
      .run(id, at);
  };
  // Later than whatever else the file holds.
  const lateTime = Date.UTC(2100, 0, 2, 20);
  add(9_000_001, { thread: 901, at: lateTime, purpose: 'reply', segments: 2 });
  add(9_000_002, { thread: 901, at: lateTime, purpose: 'marketing', segments: 3 });
  add(9_000_003, { thread: 901, at: lateTime - 86_400_000, purpose: null, segments: 0 });
  add(9_000_004, { thread: 901, at: lateTime - 3 * 86_400_000, purpose: 'reply', segments: 7 });
  add(9_000_005, { thread: 902, at: lateTime, purpose: 'reply', segments: 9 });
  old.close();
  const db = openHistory(folder);
  onTestFinished(() => void db.close());
  expect(db.prepare('SELECT * FROM spent_days ORDER BY day').all()).toEqual([
    { day: '2100-01-01', brand_id: '', line_id: 901, replies: 1, others: 0 },
    { day: '2100-01-02', brand_id: '', line_id: 901, replies: 2, others: 3 },
  ]);
});
