import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';

import { openSqliteLog } from '#main/relay/sqlite-log.ts';
import { deliveryOf, readAll } from '#test/fakes/deliveries.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';

import { describeDeliveryLog } from './delivery-log-suite.ts';
import { engine } from './sqlite-engine.ts';

describeDeliveryLog(engine);

describe('SQLite log: its file', () => {
  it('shares one commit among the appends of one turn of the loop', async () => {
    const log = openSqliteLog(path.join(temporaryFolder(), 'relay.db'));
    onTestFinished(() => log.close());
    let commits = 0;
    log.onAppended(() => (commits += 1));
    await Promise.all(
      Array.from({ length: 500 }, (_, index) => log.append(deliveryOf(`${index}`), `${index}`)),
    );
    expect(commits).toBe(1);
  });

  it('refuses a file that a newer program wrote, and leaves it as it is', () => {
    const file = path.join(temporaryFolder(), 'relay.db');
    const newer = new Database(file);
    newer.pragma('user_version = 99');
    newer.close();
    expect(() => openSqliteLog(file)).toThrow(/newer Trunkline/);
    const after = new Database(file);
    onTestFinished(() => void after.close());
    expect(after.pragma('user_version', { simple: true })).toBe(99);
  });

  it('refuses a file that is no database, and leaves it as it is', () => {
    const file = path.join(temporaryFolder(), 'relay.db');
    const bytes = Buffer.alloc(8_192, 'not a database ');
    writeFileSync(file, bytes);
    expect(() => openSqliteLog(file)).toThrow(expect.objectContaining({ reason: 'corrupt' }));
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  it('is not in health once its file proved unreadable, though nobody appends', async () => {
    const file = path.join(temporaryFolder(), 'relay.db');
    const before = openSqliteLog(file);
    const bodies = Array.from({ length: 400 }, (_, index) => `${index} ${'x'.repeat(1_000)}`);
    await Promise.all(bodies.map((body) => before.append(deliveryOf(body), body)));
    await before.close();
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.fill(0x55, bytes.length >> 2, bytes.length >> 1));
    const log = openSqliteLog(file);
    onTestFinished(() => log.close());
    expect(await log.health()).toMatchObject({ ok: true });
    await expect(readAll(log)).rejects.toMatchObject({ name: 'LogFailure', reason: 'corrupt' });
    expect(await log.health()).toMatchObject({ ok: false, problem: expect.any(String) });
  });

  it('says that a folder is missing', () => {
    const file = path.join(temporaryFolder(), 'nowhere', 'relay.db');
    expect(() => openSqliteLog(file)).toThrow(expect.objectContaining({ name: 'LogFailure' }));
  });

  it('leaves no text of a trimmed delivery on the disk', async () => {
    const file = path.join(temporaryFolder(), 'relay.db');
    const log = openSqliteLog(file);
    onTestFinished(() => log.close());
    await log.append(deliveryOf('canary-7f3a'), 'key');
    await log.append(deliveryOf('stays'), 'other');
    const holds = (): boolean =>
      [file, `${file}-wal`].some((each) => readFileSync(each).includes('canary-7f3a'));
    expect(holds()).toBe(true);
    await log.trim({ receivedBefore: Infinity, upTo: 1, rememberSince: 0 });
    expect(holds()).toBe(false);
    expect(await readAll(log)).toHaveLength(1);
  });

  it('finds what comes after a number, and what repeats, by index', () => {
    const file = path.join(temporaryFolder(), 'relay.db');
    void openSqliteLog(file).close();
    const db = new Database(file);
    onTestFinished(() => void db.close());
    const plan = (query: string): string =>
      JSON.stringify(db.prepare(`EXPLAIN QUERY PLAN ${query}`).all());
    expect(plan('SELECT * FROM delivery WHERE seq > 5 ORDER BY seq LIMIT 10')).toMatch(
      /SEARCH delivery USING INTEGER PRIMARY KEY/,
    );
    expect(plan("SELECT seq FROM delivery WHERE key = x'00'")).toMatch(
      /SEARCH delivery USING COVERING INDEX/,
    );
    expect(plan('SELECT max(seq) FROM delivery')).toMatch(/SEARCH delivery/);
  });
});
