import { expect, onTestFinished, test } from 'vitest';

import { openHistory } from '#main/history/open-history.ts';
import { listOverbilled, sumOverbilled } from '#main/history/overbilled.ts';
import { everythingIn, openAtVersion } from '#test/fakes/open-at-version.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';

/** Texts out of one segment each, by what the carrier billed for them. */
const bills = [3, 1, null, 2];

test('a history of before keeps every row, and what it was billed is compared once', () => {
  const folder = temporaryFolder();
  const old = openAtVersion(folder, 70);
  old.exec(`
    INSERT INTO connections (id, provider, label, created_at) VALUES ('abcdef0001', 'twilio', 'Old', 5);
    INSERT INTO lines (id, uid, connection_id, number, number_type, label, colour)
      VALUES (1, x'00', 'abcdef0001', '+12065550142', '10dlc', 'Support', '#3b7dd8');
    INSERT INTO threads (id, uid, line_id, peer, last_at) VALUES (1, x'01', 1, '+15550100100', 9);
  `);
  bills.forEach((segments, nth) => {
    const hasMedia = nth === 3 ? 1 : 0;
    old.exec(`
      INSERT INTO entries (thread_id, id, uid, at, kind, direction, text, segments, has_media)
        VALUES (1, ${nth + 1}, x'${`0${nth}`.padStart(32, '0')}', 9, 'text', 'out', 'Hello', 1, ${hasMedia});
      INSERT INTO billing (entry_id, segments, price_micros, currency)
        VALUES (${nth + 1}, ${segments ?? 'NULL'}, 24000, 'USD');
    `);
  });
  const before = old.prepare('SELECT * FROM billing').all();
  const { entries } = everythingIn(old);
  old.close();
  const db = openHistory(folder);
  onTestFinished(() => void db.close());
  const after = everythingIn(db);
  expect(after['entries']).toMatchObject(entries ?? []);
  expect(after['billing']).toEqual(
    before.map((row, nth) => ({ ...(row as object), extra: nth === 0 ? 2 : 0 })),
  );
  expect(after['rate_cards']).toEqual([]);
  expect(listOverbilled(db, null, 9)).toMatchObject([{ ours: 1, theirs: 3, overMicros: 16_000 }]);
  expect(sumOverbilled(db)).toMatchObject({ messages: 1, segments: 2 });
});
