import { expect, onTestFinished, test } from 'vitest';

import { findPolicy, savePolicy } from '#main/history/line-policies.ts';
import { openHistory } from '#main/history/open-history.ts';
import { findInOutbox, listReadyToSend } from '#main/history/outbox.ts';
import { addOverride, listOverrides } from '#main/history/overrides.ts';
import { usualPolicy } from '#shared/compliance/line-policy.ts';
import type { EntryId } from '#shared/message/entry.ts';
import type { LineId } from '#shared/message/line.ts';
import { everythingIn, openAtVersion } from '#test/fakes/open-at-version.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';

const entryId = 8 as EntryId;
const lineId = 1 as LineId;

test('a history of before keeps every row; what waits in it is an answer, waiting since it was queued last', () => {
  const folder = temporaryFolder();
  const old = openAtVersion(folder, 60);
  old.exec(`
    INSERT INTO connections (id, provider, label, created_at) VALUES ('c1', 'fake', 'One', 0);
    INSERT INTO lines (id, uid, connection_id, number, number_type, label, colour)
      VALUES (1, x'01', 'c1', '+15550100001', '10dlc', 'Desk', '#111111');
    INSERT INTO threads (id, uid, line_id, peer, last_at) VALUES (1, x'02', 1, '+15550200001', 5);
    INSERT INTO entries (thread_id, id, uid, at, kind, direction, text, state)
      VALUES (1, 8, x'03', 5, 'text', 'out', 'Old', 'queued');
    INSERT INTO receipts (entry_id, attempt, state, source, at) VALUES (8, 1, 'queued', 'own', 5), (8, 2, 'queued', 'own', 70);
    INSERT INTO outbox (entry_id, thread_id, connection_id, state, attempt, not_before, request)
      VALUES (8, 1, 'c1', 'queued', 2, 90, '{"uid":"u","from":"+15550100001","to":"+15550200001","text":"Old"}');
  `);
  const { schema: _old, ...before } = everythingIn(old);
  old.close();
  const db = openHistory(folder);
  onTestFinished(() => void db.close());
  const { schema: _new, ...after } = everythingIn(db);
  expect(after).toMatchObject({ ...before, line_policies: [], overrides: [] });
  expect(findInOutbox(db, entryId)).toMatchObject({ purpose: 'reply', queuedAt: 70, attempt: 2 });
  const due = listReadyToSend(db, { connectionId: 'c1', now: 90, limit: 10 });
  expect(due.map((row) => row.entryId)).toEqual([entryId]);
  expect(findPolicy(db, lineId)).toEqual(usualPolicy);
  savePolicy(db, lineId, { ...usualPolicy, liveHours: 48 });
  expect(findPolicy(db, lineId).liveHours).toBe(48);
  addOverride(db, { entryId, rule: 'quiet-hours', because: 'Late.', reason: null, at: 6 });
  expect(listOverrides(db, entryId)).toHaveLength(1);
});
