import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, onTestFinished, test } from 'vitest';

import { type WritableDb, all, each, first, run, runOne, transact } from '#main/sqlite/database.ts';
import { openDatabase, openReader } from '#main/sqlite/open-database.ts';
import { sql } from '#main/sqlite/sql.ts';
import { storageTroubleOf } from '#main/sqlite/storage-trouble.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';

function opened(file = path.join(temporaryFolder(), 'a.db')): { db: WritableDb; file: string } {
  const db = openDatabase(file);
  onTestFinished(() => void db.close());
  return { db, file };
}

function withTable(): { db: WritableDb; file: string } {
  const made = opened();
  made.db.exec('CREATE TABLE words (id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE) STRICT');
  return made;
}

const words = (db: WritableDb): string[] =>
  all<{ word: string }>(db, sql`SELECT word FROM words ORDER BY id`).map(({ word }) => word);
const add = (db: WritableDb, word: string): number =>
  run(db, sql`INSERT INTO words (word) VALUES (${word})`);

describe('the one that writes', () => {
  test('syncs before every commit returns, and is set up as agreed', () => {
    const { db } = opened();
    const setting = (name: string): unknown => db.pragma(name, { simple: true });
    expect(setting('synchronous')).toBe(2);
    expect(setting('journal_mode')).toBe('wal');
    expect(setting('foreign_keys')).toBe(1);
    expect(setting('trusted_schema')).toBe(0);
    expect(setting('cell_size_check')).toBe(1);
    expect(setting('secure_delete')).toBe(1);
    expect(setting('fullfsync')).toBe(1);
    expect(setting('checkpoint_fullfsync')).toBe(1);
    expect(setting('temp_store')).toBe(2);
    expect(setting('busy_timeout')).toBe(5_000);
  });

  test('syncs even where the file was made by one that does not', () => {
    const { db, file } = opened();
    db.pragma('synchronous = OFF');
    db.exec('CREATE TABLE t (a)');
    db.close();
    const again = opened(file);
    expect(again.db.pragma('synchronous', { simple: true })).toBe(2);
  });

  test('refuses what is no database, and lets it be', () => {
    const file = path.join(temporaryFolder(), 'a.db');
    writeFileSync(
      file,
      'this is a letter, not a database, and it is longer than a header'.repeat(9),
    );
    let caught: unknown;
    try {
      openDatabase(file);
    } catch (error) {
      caught = error;
    }
    expect(storageTroubleOf(caught)).toBe('broken');
    expect(readdirSync(path.dirname(file))).toEqual(['a.db']);
  });

  test('makes no folder where there is none', () => {
    expect(() => openDatabase(path.join(temporaryFolder(), 'gone', 'a.db'))).toThrow();
  });
});

describe('one that reads', () => {
  test('sees what is committed and nothing else', () => {
    const { db, file } = withTable();
    const reader = openReader(file);
    onTestFinished(() => void reader.close());
    const seen = () => all(reader, sql`SELECT word FROM words`);
    transact(db, () => {
      add(db, 'one');
      expect(seen()).toEqual([]);
    });
    expect(seen()).toEqual([{ word: 'one' }]);
  });

  test('cannot write, in any way', () => {
    const { db, file } = withTable();
    add(db, 'one');
    const reader = openReader(file) as WritableDb;
    onTestFinished(() => void reader.close());
    for (const deed of [
      () => add(reader, 'two'),
      () => run(reader, sql`DELETE FROM words`),
      () => run(reader, sql`UPDATE words SET word = 'x'`),
      () => reader.exec('CREATE TABLE t (a)'),
      () => reader.pragma('user_version = 7'),
      () => transact(reader, () => add(reader, 'two')),
    ]) {
      let caught: unknown;
      try {
        deed();
      } catch (error) {
        caught = error;
      }
      expect(storageTroubleOf(caught)).toBe('read-only');
    }
    expect(words(db)).toEqual(['one']);
  });

  test('is never of a file that is not there', () => {
    const folder = temporaryFolder();
    expect(() => openReader(path.join(folder, 'a.db'))).toThrow();
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('a transaction', () => {
  test('is all of it or nothing', () => {
    const { db } = withTable();
    add(db, 'one');
    const deed = (): void =>
      transact(db, () => {
        add(db, 'two');
        add(db, 'one');
      });
    expect(deed).toThrow(/UNIQUE/);
    expect(words(db)).toEqual(['one']);
    expect(db.inTransaction).toBe(false);
  });

  test('within another is part of it', () => {
    const { db } = withTable();
    const deed = (): void =>
      transact(db, () => {
        transact(db, () => add(db, 'inner'));
        throw new Error('the outer one fails');
      });
    expect(deed).toThrow('the outer one fails');
    expect(words(db)).toEqual([]);
    expect(transact(db, () => 'result')).toBe('result');
  });

  test('holds the file against every other writer from its beginning', () => {
    const { db, file } = withTable();
    const other = opened(file).db;
    other.pragma('busy_timeout = 0');
    transact(db, () => {
      expect(() => transact(other, () => 1)).toThrow(/locked/);
    });
  });
});

describe('a statement', () => {
  test('takes its values apart from its text, spliced parts included', () => {
    const part = sql`AND word = ${"'; DROP TABLE words; --"}`;
    const whole = sql`SELECT * FROM words WHERE id > ${1} ${part} LIMIT ${2}`;
    expect(whole).toEqual({
      text: 'SELECT * FROM words WHERE id > ? AND word = ? LIMIT ?',
      values: [1, "'; DROP TABLE words; --", 2],
    });
    expect(all(withTable().db, whole)).toEqual([]);
  });

  test('keeps texts, octets, numbers and nothing as they are', () => {
    const { db } = opened();
    const bytes = new Uint8Array([0, 1, 255]);
    const kept = first<Record<string, unknown>>(
      db,
      sql`SELECT ${'ü\0😀'} AS text, ${bytes} AS bytes, ${9_007_199_254_740_991} AS large, ${null} AS none`,
    );
    expect(kept).toMatchObject({ text: 'ü\0😀', large: 9_007_199_254_740_991, none: null });
    expect(new Uint8Array(kept?.['bytes'] as Uint8Array)).toEqual(bytes);
  });

  test('that must change one row says how many it changed', () => {
    const { db } = withTable();
    for (const word of ['one', 'two']) add(db, word);
    expect(() => runOne(db, sql`DELETE FROM words`)).toThrow(
      'expected to change one row, changed 2',
    );
    expect(() => runOne(db, sql`DELETE FROM words WHERE id = 9`)).toThrow(/changed 0/);
  });

  test('can be read row by row', () => {
    const { db } = withTable();
    for (const word of ['one', 'two', 'three']) add(db, word);
    const seen: string[] = [];
    for (const { word } of each<{ word: string }>(db, sql`SELECT word FROM words ORDER BY id`)) {
      seen.push(word);
      if (seen.length === 2) break;
    }
    expect(seen).toEqual(['one', 'two']);
    expect(add(db, 'four')).toBe(1);
  });
});
