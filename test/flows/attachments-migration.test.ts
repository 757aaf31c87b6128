import { expect, onTestFinished, test } from 'vitest';

import { addAttachment, findAttachment } from '#main/history/attachments.ts';
import { openHistory } from '#main/history/open-history.ts';
import { everythingIn, openAtVersion } from '#test/fakes/open-at-version.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';

test('a history of before keeps every row, its pictures and what waits to go out, and takes attachments', () => {
  const folder = temporaryFolder();
  const old = openAtVersion(folder, 40);
  old.exec(`
    INSERT INTO media (id, entry_id, position, connection_id, url, state, type, size)
      VALUES ('m1', 7, 0, 'c1', 'https://carrier.example/1', 'stored', 'image/png', 12);
    INSERT INTO outbox (entry_id, thread_id, connection_id, state, attempt, not_before, request)
      VALUES (8, 1, 'c1', 'queued', 1, 0, '{"uid":"u","from":"+1","to":"+2","text":"Old","mediaUrls":[]}');
  `);
  const { schema: _old, ...before } = everythingIn(old);
  old.close();
  const db = openHistory(folder);
  onTestFinished(() => void db.close());
  const { schema: _new, ...after } = everythingIn(db);
  expect(before['media']).toHaveLength(1);
  expect(after).toMatchObject({ ...before, attachments: [] });
  addAttachment(db, { id: 'a1', type: 'image/png', size: 1, width: 1, height: null }, 5);
  expect(findAttachment(db, 'a1')).toMatchObject({ size: 1, height: null });
});
