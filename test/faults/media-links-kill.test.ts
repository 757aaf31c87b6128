import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { expect, test } from 'vitest';

import { systemClock } from '#main/log/system-clock.ts';
import { readLinkPath } from '#main/relay/media-links/link-path.ts';
import { MediaLinks } from '#main/relay/media-links/media-links.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';

type Told = { readonly link: string; readonly sha256: string };

const rounds = 12;
const seed = Number(process.env['TRUNKLINE_FAULT_SEED'] ?? Date.now() % 100_000);

/** Between 0 and 1, the same for the same seed and round. */
const chance = (round: number): number =>
  createHash('sha256').update(`${seed} ${round}`).digest().readUInt32BE(0) / 2 ** 32;

/** Lets a process make links and kills it after so many; returns all that it told of. */
async function killedAfter(folder: string, how: string, links: number): Promise<Told[]> {
  const child = fork(new URL('media-links-child.ts', import.meta.url), [folder, how]);
  const told: Told[] = [];
  child.on('message', (each: Told) => {
    told.push(each);
    if (told.length === links) child.kill('SIGKILL');
  });
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
  expect(signal).toBe('SIGKILL');
  return told;
}

/** How many of the links that were told of do not lead to their file. */
async function lostOf(folder: string, told: readonly Told[]): Promise<number> {
  const links = new MediaLinks({ folder, clock: systemClock });
  await links.sweep();
  const isThere = ({ link, sha256 }: Told): boolean => {
    const found = links.find(readLinkPath(link)?.token ?? '');
    if (found === null || !existsSync(found.path)) return false;
    return createHash('sha256').update(readFileSync(found.path)).digest('hex') === sha256;
  };
  const lost = told.filter((each) => !isThere(each)).length;
  await links.close();
  return lost;
}

async function run(how: string): Promise<{ readonly told: number; readonly lost: number }> {
  const folder = path.join(temporaryFolder(), 'outbound-media');
  const told: Told[] = [];
  let lost = 0;
  for (let round = 0; round < rounds; round += 1) {
    const links = 2 + Math.floor(30 * chance(round));
    told.push(...(await killedAfter(folder, how, links)));
    lost = await lostOf(folder, told);
  }
  process.stdout.write(
    `${how}: ${rounds} kills, ${told.length} links told of, ${lost} lost, seed ${seed}\n`,
  );
  return { told: told.length, lost };
}

test('a link that was told of leads to its whole file, whenever the program is killed', async () => {
  const { told, lost } = await run('keeps first');
  expect(told).toBeGreaterThan(rounds);
  expect(lost).toBe(0);
}, 120_000);

test('the control, which tells of a link before it keeps it, loses some', async () => {
  expect((await run('tells first')).lost).toBeGreaterThan(0);
}, 120_000);
