import { expect, onTestFinished, test } from 'vitest';

import { listConsent, readConsentState } from '#main/history/consent-ledger.ts';
import { openHistory } from '#main/history/open-history.ts';
import { verifyConsent } from '#main/history/verify-consent.ts';
import { everythingIn, openAtVersion } from '#test/fakes/open-at-version.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';

type Said = readonly [id: number, thread: number, direction: 'in' | 'out', text: string];

const entry = ([id, thread, direction, text]: Said): string =>
  `INSERT INTO entries (thread_id, id, uid, at, kind, direction, text)
     VALUES (${thread}, ${id}, randomblob(16), ${id}, 'text', '${direction}', '${text}');`;

test('a history of before keeps every row, and what customers and carriers said of consent is on file', () => {
  const folder = temporaryFolder();
  const old = openAtVersion(folder, 50);
  old.exec(`
    INSERT INTO connections (id, provider, label, created_at) VALUES ('c1', 'twilio', 'One', 1);
    INSERT INTO lines (id, uid, connection_id, number, number_type, label, colour)
      VALUES (1, randomblob(16), 'c1', '+15550100001', '10dlc', 'Front', '#111111');
    INSERT INTO threads (id, uid, line_id, peer, last_at) VALUES
      (1, randomblob(16), 1, '+15550100101', 1), (2, randomblob(16), 1, '+15550100102', 1),
      (3, randomblob(16), 1, '+15550100103', 1), (4, randomblob(16), 1, '+15550100104', 1);
    ${entry([1_000, 1, 'in', 'STOP'])}
    ${entry([2_000, 2, 'in', 'Stop'])} ${entry([2_001, 2, 'in', 'START'])}
    ${entry([3_000, 3, 'out', 'Hello'])}
    ${entry([4_000, 4, 'in', 'We have to stop this bill'])} ${entry([4_001, 4, 'out', 'STOP'])}
    INSERT INTO receipts (entry_id, attempt, state, failure_kind, failure_raw, source, at)
      VALUES (3000, 1, 'failed', 'opted-out', '21610', 'answer', 3001);
  `);
  const { schema: _old, ...before } = everythingIn(old);
  old.close();
  const db = openHistory(folder);
  onTestFinished(() => void db.close());
  const { schema: _new, ...after } = everythingIn(db);
  for (const name of ['connections', 'threads', 'receipts', 'media'])
    expect(after[name]).toEqual(before[name]);
  expect(after['entries']).toMatchObject(before['entries'] ?? []);
  const out = (nth: number) =>
    readConsentState(db, `+1555010010${nth}`, { now: 5_000 }).optedOut?.event.who ?? null;
  expect([1, 2, 3, 4].map(out)).toEqual(['customer', null, 'carrier', null]);
  expect(listConsent(db, '+15550100101')[0]).toMatchObject({
    at: 1_000,
    evidence: { words: 'STOP', line: '+15550100001' },
  });
  expect(verifyConsent(db)).toEqual([]);
});
