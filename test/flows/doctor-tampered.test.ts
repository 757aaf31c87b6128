import { beforeAll, describe, expect, it } from 'vitest';

import { allMigrations } from '#main/history/migrations/all-migrations.ts';
import type { WritableDb } from '#main/sqlite/database.ts';
import { examine } from '#test/fakes/examine.ts';
import { variedHistory } from '#test/fakes/varied-history.ts';

/* As the program itself does, whose files are for their owner alone. */
beforeAll(() => void process.umask(0o077));

const execute = (statement: string) => (db: WritableDb) => {
  db.pragma('foreign_keys = OFF');
  db.exec(statement);
};
const unsafely = (statement: string) => (db: WritableDb) => {
  db.unsafeMode();
  execute(statement)(db);
};
const theText = (text: string): string => `(SELECT id FROM entries WHERE text = '${text}')`;

describe('a history that was tampered with', () => {
  it('is found sound before', async () => {
    const { road } = await variedHistory();
    const { failed, of } = await examine(road.dataFolder);
    expect(failed).toEqual([]);
    expect(of('states').words).toBe('All 3 texts out show what was learnt of them.');
    expect(of('search').words).toBe('All 64 texts are in the index.');
    expect(of('outbox').words).toBe('1 on their way, as their texts say.');
  });

  it.each<[string, string, [(db: WritableDb) => void, RegExp]]>([
    [
      'a state that no receipt says',
      'states',
      [
        execute(`UPDATE entries SET state = 'delivered' WHERE text = 'Refused'`),
        /is shown as delivered, and its receipts say failed\.$/,
      ],
    ],
    [
      'a receipt taken away',
      'states',
      [
        execute(`DELETE FROM receipts WHERE state = 'delivered'`),
        /is shown as delivered, and its receipts say accepted/,
      ],
    ],
    [
      'all receipts taken away',
      'states',
      [
        execute(`DELETE FROM receipts`),
        /has no receipt at all; text .* has no receipt at all; text .* has no receipt at all\.$/,
      ],
    ],
    [
      'another reason',
      'states',
      [
        execute(`UPDATE entries SET failure_kind = 'filtered' WHERE text = 'Refused'`),
        /with failure filtered, and its receipts say landline/,
      ],
    ],
    [
      'a decision about what is known',
      'states',
      [
        execute(`UPDATE entries SET undecided = 1 WHERE text = 'Refused'`),
        /waits for a decision, and its outcome is known: failed/,
      ],
    ],
    [
      'a text in that was sent',
      'states',
      [
        execute(`UPDATE entries SET state = 'sent' WHERE text = '=1+1'`),
        /came in and is shown as sent/,
      ],
    ],
    [
      'a text forgotten',
      'outbox',
      [execute(`DELETE FROM outbox`), /is shown as sending, and nothing is left to be done for it/],
    ],
    [
      'other words on the road',
      'outbox',
      [
        execute(`UPDATE outbox SET request = json_set(request, '$.text', 'Else')`),
        /with other words or numbers than it shows/,
      ],
    ],
    [
      'another number on the road',
      'outbox',
      [
        execute(`UPDATE outbox SET request = json_set(request, '$.to', '+15550109999')`),
        /with other words or numbers/,
      ],
    ],
    [
      'a request that cannot be read',
      'outbox',
      [execute(`UPDATE outbox SET request = '{"text'`), /^It could not be looked at/],
    ],
    [
      'another thread',
      'outbox',
      [execute(`UPDATE outbox SET thread_id = thread_id + 1`), /in another thread than its own/],
    ],
    [
      'a connection that is not there',
      'outbox',
      [
        execute(`UPDATE outbox SET connection_id = 'gone0001'`),
        /over a connection that is not there/,
      ],
    ],
    [
      'a text to be sent twice',
      'outbox',
      [
        execute(`UPDATE outbox SET state = 'queued'`),
        /is queued in the outbox, and shown as sending/,
      ],
    ],
    [
      'a call to be sent',
      'outbox',
      [
        execute(`UPDATE outbox SET entry_id = (SELECT id FROM entries WHERE kind = 'call')`),
        /is to be sent, and is no text out/,
      ],
    ],
    [
      'a decision that nobody is asked for',
      'outbox',
      [
        execute(`UPDATE outbox SET state = 'undecided'`),
        /is undecided in the outbox, and shown as sending/,
      ],
    ],
    [
      'a text that cannot be found',
      'search',
      [
        execute(`DELETE FROM entry_search WHERE rowid = ${theText('Refused')}`),
        /^1 of 64 texts cannot be found/,
      ],
    ],
    [
      'a text found that is not there',
      'search',
      [
        execute(`INSERT INTO entry_search (rowid, text) VALUES (1, 'x')`),
        /^1 texts are found that are not there/,
      ],
    ],
    [
      'a thread taken away',
      'history.db references',
      [
        execute(`DELETE FROM threads WHERE id = 1`),
        /a row of entries names one of threads that is not there/,
      ],
    ],
    [
      'a version nobody wrote',
      'history.db version',
      [execute(`PRAGMA user_version = 15`), /It is 15, which no Trunkline ever wrote/],
    ],
    [
      'a newer version',
      'history.db version',
      [execute(`PRAGMA user_version = 100000`), /written by a newer Trunkline/],
    ],
    [
      'a broken search index',
      'history.db whole',
      [
        unsafely(`UPDATE entry_search_data SET block = x'0102030405060708' WHERE id > 100`),
        /fts5|FTS5|malformed/,
      ],
    ],
  ])('%s is found', async (_what, check, [damage, words]) => {
    const { road } = await variedHistory();
    damage(road.db);
    const { of, failed } = await examine(road.dataFolder);
    expect(failed).toContain(check);
    expect(of(check).words).toMatch(words);
  });

  it('of an older version is only noted, and its contents are left', async () => {
    const { road } = await variedHistory();
    road.db.pragma('user_version = 10');
    const { of, findings } = await examine(road.dataFolder);
    expect(of('history.db version')).toMatchObject({
      state: 'noted',
      words: `It is 10: the next start brings it to ${allMigrations.at(-1)?.version}.`,
    });
    expect(findings.map(({ check }) => check)).not.toContain('states');
  });

  it('without its write-ahead log is found', async () => {
    const { road } = await variedHistory();
    expect(road.db.pragma('journal_mode = DELETE', { simple: true })).toBe('delete');
    expect((await examine(road.dataFolder)).failed).toEqual(['history.db journal']);
    expect(road.db.pragma('journal_mode', { simple: true })).toBe('delete');
  });
});
