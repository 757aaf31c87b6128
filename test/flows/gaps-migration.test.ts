import { expect, it, onTestFinished } from 'vitest';

import { showGaps } from '#main/commands/gaps.ts';
import { listChecks } from '#main/history/checks.ts';
import { openHistory } from '#main/history/open-history.ts';
import { noticeGaps } from '#main/inbound/notice-gaps.ts';
import { transact } from '#main/sqlite/database.ts';
import { everythingIn, openAtVersion } from '#test/fakes/open-at-version.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';

it('a history from before gaps were noticed keeps its rows and notices them from then on', () => {
  const folder = temporaryFolder();
  const old = openAtVersion(folder, 30);
  old.exec(`
    INSERT INTO connections (id, provider, label, created_at) VALUES ('c1', 'sandbox', 'Sandbox', 5);
    INSERT INTO lines (uid, connection_id, number, number_type, label, colour)
      VALUES (x'00000000000000000000000000000001', 'c1', '+15550100001', '10dlc', 'Main line', '#111111');
    INSERT INTO cursors (name, seq) VALUES ('log', 7);
  `);
  const before = everythingIn(old);
  old.close();
  const db = openHistory(folder);
  onTestFinished(() => void db.close());
  const { connections, lines, cursors } = everythingIn(db);
  expect({ connections, lines, cursors }).toEqual({
    connections: before['connections'],
    lines: before['lines'],
    cursors: before['cursors'],
  });
  expect(listChecks(db)).toEqual([]);
  const line = (count: number) => ({ number: '+15550100001', count });
  const raw = { connectionId: 'c1', receivedAt: 1_000 };
  transact(db, () => noticeGaps(db, { log: 'log', seq: 8, raw, line: line(1) }, 7));
  transact(db, () => noticeGaps(db, { log: 'log', seq: 9, raw, line: line(3) }, 8));
  expect(showGaps({ db, adapterOf: () => undefined })).toMatchObject([
    { lineLabel: 'Main line', missing: 1, state: 'open' },
  ]);
});
