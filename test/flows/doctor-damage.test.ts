import { chmodSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { beforeAll, describe, expect, it } from 'vitest';

import { closeHistory } from '#main/history/open-history.ts';
import { readStored, storeMedia } from '#main/media/store.ts';
import { first, run } from '#main/sqlite/database.ts';
import { openDatabase } from '#main/sqlite/open-database.ts';
import { sql } from '#main/sqlite/sql.ts';
import { examine } from '#test/fakes/examine.ts';
import { folderContents } from '#test/fakes/folder-contents.ts';
import { type OutboundRoad, answers, sends, unknown } from '#test/fakes/outbound-road.ts';
import { variedHistory } from '#test/fakes/varied-history.ts';

const historyOf = ({ dataFolder }: OutboundRoad): string => path.join(dataFolder, 'history.db');

/** The bytes of a history that nobody has open any more. */
async function closed(): Promise<{ road: OutboundRoad; file: string; bytes: Buffer }> {
  const { road } = await variedHistory();
  closeHistory(road.db);
  return { road, file: historyOf(road), bytes: readFileSync(historyOf(road)) };
}

/* As the program itself does, whose files are for their owner alone. */
beforeAll(() => void process.umask(0o077));

describe('a damaged file', () => {
  it.each([
    ['a page of the history', (bytes: Buffer) => bytes.fill(0xa5, 4_096 * 9, 4_096 * 9 + 64)],
    ['the first page', (bytes: Buffer) => bytes.fill(0xff, 100, 164)],
    ['all but its head', (bytes: Buffer) => bytes.fill(0, 8_192)],
  ])('is found: %s', async (_what, damage) => {
    const { road, file, bytes } = await closed();
    damage(bytes);
    writeFileSync(file, bytes);
    const before = folderContents(road.dataFolder);
    const { failed } = await examine(road.dataFolder);
    expect(failed.some((check) => check.startsWith('history.db'))).toBe(true);
    expect(folderContents(road.dataFolder)).toEqual(before);
  });

  it('is found: not a database, cut short, empty, gone', async () => {
    const { road, file, bytes } = await closed();
    writeFileSync(path.join(road.dataFolder, 'relay.db'), 'no database at all'.repeat(500));
    expect((await examine(road.dataFolder)).of('relay.db')).toMatchObject({
      state: 'failed',
      words: 'It cannot be read: file is not a database.',
    });
    truncateSync(file, Math.floor(bytes.length / 8_192) * 4_096);
    expect((await examine(road.dataFolder)).failed).toHaveLength(2);
    truncateSync(file, 0);
    expect((await examine(road.dataFolder)).failed).toContain('history.db version');
    rmSync(file);
    const { of } = await examine(road.dataFolder);
    expect(of('history.db')).toMatchObject({
      state: 'failed',
      words: expect.stringMatching(/^It is missing/),
    });
  });

  it('never ends the look at it, whatever bit is flipped where', async () => {
    const { road, file, bytes } = await closed();
    let found = 0;
    for (let round = 0; round < 80; round += 1) {
      const flipped = Buffer.from(bytes);
      const at = (round * 7_919_993 + 101) % bytes.length;
      flipped[at] = (flipped[at] ?? 0) ^ (1 << (round % 8));
      writeFileSync(file, flipped);
      const { failed, findings } = await examine(road.dataFolder);
      expect(findings.length).toBeGreaterThan(4);
      if (failed.length > 0) found += 1;
    }
    expect(found).toBeGreaterThan(5);
  }, 60_000);

  it('of the sandbox carrier is found too', async () => {
    const { road } = await variedHistory();
    const file = path.join(road.dataFolder, 'sandbox-carrier.db');
    const db = openDatabase(file);
    db.exec('CREATE TABLE a (id INTEGER PRIMARY KEY) STRICT; PRAGMA user_version = 7');
    db.close();
    expect((await examine(road.dataFolder)).failed).toEqual(['sandbox-carrier.db version']);
  });
});

describe('pictures and sounds', () => {
  async function stored() {
    const { road } = await variedHistory();
    const { id = '' } = first<{ id: string }>(road.db, sql`SELECT id FROM media`) ?? {};
    await storeMedia(road.dataFolder, id, Buffer.from('sound'));
    run(road.db, sql`UPDATE media SET state = 'stored', size = 5`);
    const file = readStored(road.dataFolder, id);
    if (file === null) throw new Error('it was not stored');
    const look = async () => (await examine(road.dataFolder)).of('media');
    return { id, file, look };
  }

  it('that are there are sound', async () => {
    const { look } = await stored();
    expect(await look()).toEqual({
      check: 'media',
      state: 'passed',
      words: 'All 1 stored files are there.',
    });
  });

  it('that are missing, cut short, or open to others are found', async () => {
    const { id, file, look } = await stored();
    chmodSync(file, 0o644);
    if (process.platform !== 'win32')
      expect((await look()).words).toBe(
        `media ${id} may be read or written by other accounts: chmod 600.`,
      );
    writeFileSync(file, 'so');
    expect((await look()).words).toBe(`media ${id} has 2 bytes instead of 5.`);
    rmSync(file);
    expect(await look()).toMatchObject({ state: 'failed', words: `media ${id} is missing.` });
  });
});

describe('what waits for a person', () => {
  it('is noted: deliveries that need attention', async () => {
    const { road } = await variedHistory();
    run(
      road.db,
      sql`INSERT INTO attention (at, provider, connection_id, problem, delivery, body) VALUES (1, 'fake', 'fake0001', 'x', '{}', x'00')`,
    );
    expect((await examine(road.dataFolder)).of('attention')).toMatchObject({
      state: 'noted',
      words: 'Deliveries that need attention: 1. They are kept whole.',
    });
  });

  it('is noted: texts of unknown outcome', async () => {
    const { road } = await variedHistory();
    await sends(road, { peer: 5, text: 'Nobody answers' });
    road.carrier.waiting.reverse();
    await answers(road, unknown);
    expect((await examine(road.dataFolder)).of('outbox').words).toBe(
      '2 on their way, as their texts say.',
    );
    run(road.db, sql`UPDATE outbox SET state = 'undecided' WHERE state = 'unknown'`);
    run(road.db, sql`UPDATE entries SET undecided = 1 WHERE state = 'unknown'`);
    expect((await examine(road.dataFolder)).of('outbox')).toMatchObject({
      state: 'noted',
      words: '1 on their way, as their texts say. 1 wait for a person to decide.',
    });
  });
});
