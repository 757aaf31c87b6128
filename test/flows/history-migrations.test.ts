import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, onTestFinished, test } from 'vitest';

import { listAttention, nextRetryAt } from '#main/history/attention.ts';
import { listConnections, listLinesHeard } from '#main/history/connections.ts';
import { pageEntries } from '#main/history/entries.ts';
import { NewerHistory, migrate } from '#main/history/migrate.ts';
import { allMigrations } from '#main/history/migrations/all-migrations.ts';
import type { Migration } from '#main/history/migrations/migration.ts';
import { openHistory } from '#main/history/open-history.ts';
import { searchEntries } from '#main/history/search.ts';
import { openDatabase, openReader } from '#main/sqlite/open-database.ts';
import { historyDesk } from '#test/fakes/history-desk.ts';
import {
  everythingIn,
  historyFile,
  openAtVersion,
  versionOf,
} from '#test/fakes/open-at-version.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';
import { textIn, textOut } from '#test/fakes/write-history.ts';

const newest = allMigrations.at(-1)?.version ?? 0;

/** A later step that really changes rows. */
const stars: Migration = {
  version: newest + 10,
  name: 'stars',
  up(db) {
    db.exec('ALTER TABLE entries ADD COLUMN starred INTEGER NOT NULL DEFAULT 0');
    db.exec(`UPDATE entries SET starred = 1 WHERE direction = 'out'`);
  },
};
const failing: Migration = {
  version: newest + 20,
  name: 'failing',
  up(db) {
    db.exec('CREATE TABLE half (done INTEGER)');
    db.exec(`UPDATE entries SET text = 'spoilt'`);
    db.exec('DELETE FROM outbox');
    throw new Error('half of the work');
  },
};
const withStars = [...allMigrations, stars];

/** A data folder whose history, in the newest real shape, holds real rows. */
function filled(): string {
  const desk = historyDesk();
  for (let count = 0; count < 20; count += 1) {
    textIn(desk, { text: `question ${count}` });
    textOut(desk, { text: `answer ${count}` });
  }
  desk.db.close();
  return desk.dataFolder;
}

function closing<Db extends { close(): void }>(db: Db): Db {
  onTestFinished(() => db.close());
  return db;
}

const copiesIn = (folder: string): string[] =>
  readdirSync(folder).filter((name) => name.includes('.before-'));

describe('an empty file', () => {
  test('gets the newest shape, sound, and nothing is copied', () => {
    const folder = temporaryFolder();
    const db = closing(openHistory(folder));
    expect(versionOf(db)).toBe(newest);
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(copiesIn(folder)).toEqual([]);
  });

  test('that was opened before is left as it is', () => {
    const folder = filled();
    const before = openAtVersion(folder, newest);
    const was = everythingIn(before);
    before.close();
    const db = closing(openHistory(folder));
    expect(everythingIn(db)).toEqual(was);
    expect(copiesIn(folder)).toEqual([]);
  });

  test.each(allMigrations.map(({ version }) => version))('reaches version %i', (version) => {
    const db = closing(openAtVersion(temporaryFolder(), version));
    expect(versionOf(db)).toBe(version);
  });

  test('is never given migrations out of order', () => {
    const folder = temporaryFolder();
    const twice = [...allMigrations, { ...stars, version: newest }];
    expect(() => openAtVersion(folder, 999, twice)).toThrow(/out of order/);
    expect(versionOf(closing(openDatabase(historyFile(folder))))).toBe(0);
  });
});

describe('a later step', () => {
  test('keeps every row, and a sound copy of how it was', () => {
    const folder = filled();
    const old = openAtVersion(folder, newest);
    const was = everythingIn(old);
    const { entries: shown } = pageEntries(old, { threadId: 1 as never, before: null, limit: 100 });
    old.close();
    const db = closing(openAtVersion(folder, stars.version, withStars));
    expect(versionOf(db)).toBe(stars.version);
    expect(pageEntries(db, { threadId: 1 as never, before: null, limit: 100 }).entries).toEqual(
      shown,
    );
    expect(searchEntries(db, 'question', 1).total).toBe(20);
    expect(db.prepare('SELECT sum(starred) FROM entries').pluck().get()).toBe(20);
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(copiesIn(folder)).toEqual([`history.db.before-${stars.version}`]);
    const copy = path.join(folder, `history.db.before-${stars.version}`);
    const reader = closing(openReader(copy));
    expect(reader.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(everythingIn(reader as never)).toEqual(was);
    expect(versionOf(reader as never)).toBe(newest);
    expect(searchEntries(reader, 'answer', 1).total).toBe(20);
  });

  test('that fails leaves the file as it was, however far it came', () => {
    const folder = filled();
    const old = openAtVersion(folder, newest);
    const was = everythingIn(old);
    old.close();
    expect(() => openAtVersion(folder, failing.version, [...allMigrations, failing])).toThrow(
      'half of the work',
    );
    const db = closing(openAtVersion(folder, newest));
    expect(everythingIn(db)).toEqual(was);
    expect(versionOf(db)).toBe(newest);
    expect(searchEntries(db, 'spoilt', 1).total).toBe(0);
  });

  test('that fails keeps those before it, and the copies of both shapes', () => {
    const folder = filled();
    const both = [...withStars, failing];
    expect(() => openAtVersion(folder, failing.version, both)).toThrow('half of the work');
    expect(() => openAtVersion(folder, failing.version, both)).toThrow('half of the work');
    expect(versionOf(closing(openAtVersion(folder, stars.version, withStars)))).toBe(stars.version);
    expect(copiesIn(folder)).toEqual([
      `history.db.before-${stars.version}`,
      `history.db.before-${failing.version}`,
    ]);
    const first = closing(openReader(path.join(folder, `history.db.before-${stars.version}`)));
    expect(versionOf(first as never)).toBe(newest);
    const mended = { ...failing, up: () => undefined };
    const db = closing(openAtVersion(folder, failing.version, [...withStars, mended]));
    expect(versionOf(db)).toBe(failing.version);
  });

  test('that leaves rows referring to nothing is taken back', () => {
    const folder = filled();
    const orphaning: Migration = {
      ...failing,
      up(db) {
        db.pragma('defer_foreign_keys = ON');
        db.exec('DELETE FROM threads');
      },
    };
    const all = [...allMigrations, orphaning];
    expect(() => openAtVersion(folder, failing.version, all)).toThrow(/refer to nothing/);
    expect(versionOf(closing(openAtVersion(folder, newest)))).toBe(newest);
  });

  test('is not begun where no copy can be made', () => {
    const folder = filled();
    const inTheWay = path.join(folder, `history.db.before-${stars.version}.tmp`);
    mkdirSync(path.join(inTheWay, 'not empty'), { recursive: true });
    expect(() => openAtVersion(folder, stars.version, withStars)).toThrow();
    expect(versionOf(closing(openAtVersion(folder, newest)))).toBe(newest);
  });

  test('takes the place of what an earlier try at the copy left', () => {
    const folder = filled();
    const copy = path.join(folder, `history.db.before-${stars.version}`);
    writeFileSync(copy, 'an older copy');
    writeFileSync(`${copy}.tmp`, 'half a copy');
    closing(openAtVersion(folder, stars.version, withStars));
    expect(closing(openReader(copy)).pragma('quick_check', { simple: true })).toBe('ok');
    expect(existsSync(`${copy}.tmp`)).toBe(false);
  });
});

test('a file of a newer version is refused and not changed by one octet', () => {
  const folder = filled();
  const newer = openAtVersion(folder, newest);
  newer.pragma(`user_version = ${newest + 10}`);
  newer.close();
  const was = readFileSync(historyFile(folder));
  expect(() => openHistory(folder)).toThrow(NewerHistory);
  expect(readFileSync(historyFile(folder)).equals(was)).toBe(true);
  expect(readdirSync(folder)).toEqual(['history.db']);
  const db = closing(openDatabase(historyFile(folder)));
  expect(() => migrate(db, historyFile(folder), [])).toThrow(NewerHistory);
});

test('0020 keeps every connection, line and delivery that waits, and gives them room for what carriers tell', () => {
  const folder = temporaryFolder();
  const before = openAtVersion(folder, 10);
  before.exec(`
    INSERT INTO connections (id, provider, label, base_url, created_at) VALUES ('abcdef0001', 'sandbox', 'Old', NULL, 5);
    INSERT INTO lines (id, uid, connection_id, number, number_type, label, colour)
      VALUES (1, x'00', 'abcdef0001', '+12065550142', '10dlc', 'Support', '#3b7dd8');
    INSERT INTO attention (at, provider, connection_id, problem, delivery, body)
      VALUES (7, 'sandbox', 'abcdef0001', 'odd', '{}', x'7b7d');
  `);
  before.close();
  const after = openAtVersion(folder, newest);
  expect(listConnections(after)).toEqual([
    {
      id: 'abcdef0001',
      provider: 'sandbox',
      label: 'Old',
      baseUrl: null,
      publicUrl: null,
      disabled: false,
      origin: 'own',
      lastInboundAt: null,
      lastReceiptAt: null,
      sweptUntil: null,
    },
  ]);
  expect(listLinesHeard(after, 'abcdef0001')).toEqual([
    { lineId: 1, lastInboundAt: null, lastReceiptAt: null },
  ]);
  expect(listAttention(after).map(({ problem }) => problem)).toEqual(['odd']);
  expect(nextRetryAt(after)).toBeNull();
  after.close();
});
