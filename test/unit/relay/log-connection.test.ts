import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';

import { LogConnection } from '#main/relay/log-connection.ts';
import { openSqliteLog } from '#main/relay/sqlite-log.ts';
import { first, type WritableDb } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import { deliveryOf } from '#test/fakes/deliveries.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';

function open(): LogConnection {
  const connection = new LogConnection(path.join(temporaryFolder(), 'relay.db'));
  onTestFinished(() => connection.close());
  return connection;
}

function failWith(code: string) {
  return (): never => {
    throw new Database.SqliteError('as SQLite would', code);
  };
}

const itself = (db: WritableDb): WritableDb => db;

describe('the connection to a log’s file', () => {
  it.each(['SQLITE_IOERR_FSYNC', 'SQLITE_IOERR_WRITE', 'SQLITE_IOERR', 'SQLITE_CORRUPT'])(
    'is never used again after %s, and is opened anew after a pause',
    async (code) => {
      const connection = open();
      const failed = connection.use(itself);
      expect(() => connection.use(failWith(code))).toThrow(
        expect.objectContaining({ name: 'LogFailure' }),
      );
      expect(failed.open).toBe(false);
      expect(() => connection.use(itself)).toThrow(expect.objectContaining({ name: 'LogFailure' }));
      await pause(300);
      const again = connection.use(itself);
      expect(again).not.toBe(failed);
      expect(first(again, sql`SELECT id FROM log`)).toBeDefined();
    },
  );

  it.each([
    ['SQLITE_FULL', 'full'],
    ['SQLITE_BUSY', 'busy'],
    ['SQLITE_READONLY_DIRECTORY', 'read-only'],
  ])('stays after %s, which is no fault of its own', (code, reason) => {
    const connection = open();
    const db = connection.use(itself);
    expect(() => connection.use(failWith(code))).toThrow(expect.objectContaining({ reason }));
    expect(connection.use(itself)).toBe(db);
  });

  it('opens no file again that was damaged meanwhile', async () => {
    const file = path.join(temporaryFolder(), 'relay.db');
    const connection = new LogConnection(file);
    onTestFinished(() => connection.close());
    expect(() => connection.use(failWith('SQLITE_IOERR_FSYNC'))).toThrow();
    writeFileSync(file, Buffer.alloc(16_384, 0x55));
    await pause(300);
    for (let tries = 0; tries < 2; tries += 1) {
      expect(() => connection.use(itself)).toThrow(expect.objectContaining({ reason: 'corrupt' }));
      await pause(300);
    }
  });

  it('opens no file again that is damaged deep inside, where opening alone does not look', async () => {
    const file = path.join(temporaryFolder(), 'relay.db');
    const log = openSqliteLog(file);
    const texts = Array.from({ length: 300 }, (_, index) => `text ${index}`);
    await Promise.all(texts.map((text) => log.append(deliveryOf(text), text)));
    await log.close();
    const connection = new LogConnection(file);
    onTestFinished(() => connection.close());
    expect(() => connection.use(failWith('SQLITE_IOERR_FSYNC'))).toThrow();
    const bytes = readFileSync(file);
    const page = 4_096;
    writeFileSync(file, bytes.fill(0x55, bytes.length - 3 * page));
    await pause(300);
    expect(() => connection.use(itself)).toThrow(expect.objectContaining({ reason: 'corrupt' }));
  });

  it('does nothing more once it is closed', () => {
    const connection = open();
    connection.close();
    expect(() => connection.use(itself)).toThrow(expect.objectContaining({ reason: 'closed' }));
    connection.close();
  });
});
