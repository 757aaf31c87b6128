import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import Database from 'better-sqlite3';
import { expect, it } from 'vitest';

import { newUid } from '#main/history/uid.ts';

import { CoreProcess } from './core-process.ts';
import { connectionId, prepare, seeded, startCarrier } from './kill-conversation.ts';

const seed = Number(process.env['TRUNKLINE_TEST_SEED'] ?? Date.now() % 1_000_000);
/** None of these numbers does anything but take a text. */
const people = 90;
const kills = 8;

type Run = { readonly dataFolder: string; readonly carrierFile: string };

/** Starts a broadcast, and kills the core again and again while it goes out. */
async function broadcastAndKill(program: string): Promise<Run> {
  const random = seeded(seed);
  const dataFolder = mkdtempSync(path.join(tmpdir(), 'trunkline-broadcast-'));
  const carrierFile = path.join(dataFolder, 'outside-carrier.db');
  const carrier = await startCarrier(carrierFile, seed);
  await prepare(dataFolder, carrier.url);
  const uid = newUid(Date.now());
  const isLoop = program !== 'broadcast-child.ts';
  for (let round = 0; round < kills; round += 1) {
    const core = await CoreProcess.start(dataFolder, program);
    carrier.setWebhookUrl(`${core.relayUrl}/hooks/sandbox/${connectionId}`);
    if (round === 0 && !isLoop) {
      core.send({ uid, to: String(people), text: 'News' });
      // It can be undone for five seconds, and begins then.
      await pause(5_100);
    }
    await pause(Math.floor(random() * 120));
    await core.kill();
  }
  const core = await CoreProcess.start(dataFolder, program);
  carrier.setWebhookUrl(`${core.relayUrl}/hooks/sandbox/${connectionId}`);
  for (let tries = 0; tries < 600 && isMoving(dataFolder); tries += 1) await pause(100);
  await core.kill();
  await carrier.stop();
  return { dataFolder, carrierFile };
}

const readFrom = <Row>(file: string, query: string): Row[] => {
  const db = new Database(file, { readonly: true });
  const rows = db.prepare(query).all() as Row[];
  db.close();
  return rows;
};

/** Is anybody's text still to leave? Those that may have left at a kill are looked for, and never sent again by themselves. */
function isMoving(dataFolder: string): boolean {
  const [row] = readFrom<{ n: number }>(
    path.join(dataFolder, 'history.db'),
    `SELECT (SELECT count(*) FROM broadcast_people WHERE state = 'waiting')
       + (SELECT count(*) FROM outbox WHERE state IN ('queued', 'sending'))
       + (SELECT count(*) = 0 FROM entries WHERE text = 'News ${people - 1}') AS n`,
  );
  return (row?.n ?? 1) > 0;
}

/** The words of those texts of which it is not known whether they left. */
const inDoubt = (dataFolder: string): string[] =>
  readFrom<{ text: string }>(
    path.join(dataFolder, 'history.db'),
    "SELECT text FROM entries WHERE state = 'unknown'",
  ).map(({ text }) => text);

/** How often the carrier took a text for each number. */
function takenCounts(carrierFile: string): Map<string, number> {
  const rows = readFrom<{ text: string; n: number }>(
    carrierFile,
    "SELECT text, count(*) AS n FROM message WHERE text LIKE 'News %' GROUP BY text",
  );
  return new Map(rows.map(({ text, n }) => [text, n]));
}

it('texts nobody twice and leaves nobody out, however often the core is killed in the middle', async () => {
  const { dataFolder, carrierFile } = await broadcastAndKill('broadcast-child.ts');
  const taken = takenCounts(carrierFile);
  const twice = [...taken].filter(([, times]) => times > 1);
  const doubtful = new Set(inDoubt(dataFolder));
  const all = Array.from({ length: people }, (_, each) => `News ${each}`);
  const leftOut = all.filter((text) => !taken.has(text) && !doubtful.has(text));
  process.stdout.write(
    `kill -9 in a broadcast: seed ${seed}, kills ${kills}, people ${people}, texted ${taken.size}, ` +
      `in doubt ${doubtful.size}, texted twice ${twice.length}, left out ${leftOut.length}\n`,
  );
  expect({ twice, leftOut }).toEqual({ twice: [], leftOut: [] });
  expect(taken.size).toBeGreaterThan(people / 2);
  rmSync(dataFolder, { recursive: true, force: true });
});

it('control: a loop that writes its progress down now and then texts people twice', async () => {
  const { dataFolder, carrierFile } = await broadcastAndKill('naive-broadcast-child.ts');
  const twice = [...takenCounts(carrierFile)].filter(([, times]) => times > 1);
  process.stdout.write(`control, a loop: seed ${seed}, texted twice ${twice.length}\n`);
  expect(twice.length).toBeGreaterThan(0);
  rmSync(dataFolder, { recursive: true, force: true });
});
