import { fork } from 'node:child_process';
import { once } from 'node:events';

import { describe, expect, test } from 'vitest';

import { allMigrations } from '#main/history/migrations/all-migrations.ts';
import { searchEntries } from '#main/history/search.ts';
import { openDatabase } from '#main/sqlite/open-database.ts';
import { historyDesk } from '#test/fakes/history-desk.ts';
import { historyFile, openAtVersion, versionOf } from '#test/fakes/open-at-version.ts';
import { textIn, textOut } from '#test/fakes/write-history.ts';

import { laterSteps, moments } from './later-steps.ts';

const newest = allMigrations.at(-1)?.version ?? 0;
const texts = 200;

function filled(): string {
  const desk = historyDesk();
  desk.db.transaction(() => {
    for (let count = 0; count < texts / 2; count += 1) {
      textIn(desk, { text: `question ${count}` });
      textOut(desk, { text: `answer ${count}` });
    }
  })();
  desk.db.close();
  return desk.dataFolder;
}

/** Migrates in a process of its own that is killed at this moment. */
async function killedAt(folder: string, moment: string): Promise<unknown> {
  const child = fork(new URL('migrate-child.ts', import.meta.url), [folder, moment], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  return signal ?? code;
}

const reached: Readonly<Record<(typeof moments)[number], number>> = {
  opened: newest,
  'first begun': newest,
  'first altered': newest,
  'first written': newest,
  'second begun': newest + 10,
  'second written': newest + 10,
  migrated: newest + 20,
};

describe('a kill in the midst of migrating', () => {
  test.each(moments)(
    '%s: leaves a whole older file, and the next start brings it on',
    async (at) => {
      const folder = filled();
      expect(await killedAt(folder, at)).toBe('SIGKILL');
      const found = openDatabase(historyFile(folder));
      expect(versionOf(found)).toBe(reached[at]);
      expect(found.pragma('integrity_check', { simple: true })).toBe('ok');
      const count = (sql: string): unknown => found.prepare(sql).pluck().get();
      expect(count('SELECT count(*) FROM entries')).toBe(texts);
      expect(count('SELECT count(*) FROM outbox')).toBe(at === 'migrated' ? 0 : texts / 2);
      const half = count(`SELECT count(*) FROM sqlite_schema WHERE name = 'copied'`);
      expect(half).toBe(at === 'migrated' ? 1 : 0);
      found.close();
      const db = openAtVersion(
        folder,
        newest + 20,
        laterSteps(() => undefined),
      );
      expect(versionOf(db)).toBe(newest + 20);
      expect(db.prepare('SELECT count(*) FROM copied').pluck().get()).toBe(texts);
      expect(searchEntries(db, 'question', 1).total).toBe(texts / 2);
      db.close();
    },
  );

  test('the one that kills would otherwise come to its end', async () => {
    expect(await killedAt(filled(), 'never')).toBe(0);
  });
});
