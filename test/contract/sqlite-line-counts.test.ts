import path from 'node:path';

import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';

import type { DeliveryLog, LineOf } from '#main/relay/delivery-log.ts';
import { openSqliteLog } from '#main/relay/sqlite-log.ts';
import { deliveryOf, readAll } from '#test/fakes/deliveries.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';

const byHeader: LineOf = ({ headers }) => headers['x-line'] ?? null;

function openAt(file: string, lineOf: LineOf = byHeader): DeliveryLog {
  const log = openSqliteLog(file, lineOf);
  onTestFinished(() => log.close());
  return log;
}

const newFile = (): string => path.join(temporaryFolder(), 'relay.db');

const forLine = (text: string, line: string, connectionId = 'c1') =>
  deliveryOf(text, { connectionId, headers: { 'x-line': line } });

const countsOf = async (log: DeliveryLog) =>
  (await readAll(log)).map(({ line }) => (line === null ? null : `${line.number} ${line.count}`));

/** What the first layout of the file was made with. */
const firstLayout = `
  CREATE TABLE delivery (
    seq INTEGER PRIMARY KEY, received_at INTEGER NOT NULL, key BLOB NOT NULL UNIQUE, provider TEXT NOT NULL,
    connection_id TEXT NOT NULL, method TEXT NOT NULL, url TEXT NOT NULL, headers TEXT NOT NULL, body BLOB NOT NULL
  ) STRICT;
  CREATE TABLE log (
    only INTEGER PRIMARY KEY CHECK (only = 1), id TEXT NOT NULL, trimmed_through INTEGER NOT NULL,
    probes INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  INSERT INTO log (only, id, trimmed_through) VALUES (1, 'log-of-old', 0);
  INSERT INTO delivery VALUES (1, 5, x'01', 'sandbox', 'c1', 'POST', '', '{"x-line":"a"}', x'6f6c64');
  PRAGMA user_version = 1;
`;

describe('SQLite log: counts for each line', () => {
  it('counts on each line of each connection by itself', async () => {
    const log = openAt(newFile());
    await Promise.all([
      log.append(forLine('1', 'a'), '1'),
      log.append(forLine('2', 'b'), '2'),
      log.append(deliveryOf('a receipt'), '3'),
      log.append(forLine('4', 'a'), '4'),
      log.append(forLine('5', 'a', 'c2'), '5'),
    ]);
    expect(await countsOf(log)).toEqual(['a 1', 'b 1', null, 'a 2', 'a 1']);
  });

  it('gives a repeat no count, in its own commit or a later one', async () => {
    const log = openAt(newFile());
    await Promise.all(['1', '1', '2'].map((text) => log.append(forLine(text, 'a'), text)));
    await log.append(forLine('1', 'a'), '1');
    await log.append(forLine('3', 'a'), '3');
    expect(await countsOf(log)).toEqual(['a 1', 'a 2', 'a 3']);
  });

  it('goes on counting after it was opened anew, and after everything was trimmed', async () => {
    const file = newFile();
    const before = openSqliteLog(file, byHeader);
    await before.append(forLine('1', 'a'), '1');
    await before.append(forLine('2', 'a'), '2');
    await before.trim({ receivedBefore: Infinity, upTo: Infinity, rememberSince: Infinity });
    await before.close();
    const after = openAt(file);
    await after.append(forLine('3', 'a'), '3');
    expect(await countsOf(after)).toEqual(['a 3']);
  });

  it('stores uncounted what the reader of lines trips over', async () => {
    const log = openAt(newFile(), () => {
      throw new Error('not of this carrier');
    });
    expect(await log.append(forLine('1', 'a'), '1')).toEqual({ seq: 1, duplicate: false });
    expect(await countsOf(log)).toEqual([null]);
  });

  it('takes over a file of the first layout as it is, and counts what comes from then on', async () => {
    const file = newFile();
    const old = new Database(file);
    old.pragma('journal_mode = WAL');
    old.exec(firstLayout);
    old.close();
    const log = openAt(file);
    expect(log.id).toBe('log-of-old');
    await log.append(forLine('new', 'a'), 'new');
    expect((await readAll(log)).map(({ seq, line }) => [seq, line])).toEqual([
      [1, null],
      [2, { number: 'a', count: 1 }],
    ]);
    await log.close();
    expect(await countsOf(openAt(file))).toEqual([null, 'a 1']);
  });
});
