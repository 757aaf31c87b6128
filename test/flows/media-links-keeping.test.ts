import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { expect, it } from 'vitest';

import { MediaLinks, MediaLinksFull } from '#main/relay/media-links/media-links.ts';
import { ManualClock } from '#test/fakes/manual-clock.ts';
import { MediaDesk, picture } from '#test/fakes/media-desk.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';

const hours = 3_600_000;
const filesIn = (folder: string): string[] =>
  readdirSync(folder).filter((name) => !name.startsWith('links.db'));

it('makes nothing on the disk before the first link', async () => {
  const media = await MediaDesk.start();
  expect((await fetch(`${media.desk.relay.url}/media/${'A'.repeat(43)}`)).status).toBe(404);
  expect(existsSync(media.folder)).toBe(false);
});

it('knows what it gave out after it died without a word', async () => {
  const first = await MediaDesk.start();
  const { pathname } = new URL(await first.link());
  const second = await MediaDesk.start({ folder: first.folder });
  const answer = await fetch(second.desk.relay.url + pathname);
  expect(Buffer.from(await answer.arrayBuffer()).equals(picture)).toBe(true);
});

it('clears away what has ended an hour ago, and what a crash left behind', async () => {
  const media = await MediaDesk.start();
  await media.link(Buffer.from('early'), 'image/png');
  await media.clock.advance(24 * hours);
  const late = await media.link(Buffer.from('late'), 'image/png');
  writeFileSync(path.join(media.folder, 'f'.repeat(64)), 'no link leads here');
  writeFileSync(path.join(media.folder, `${'e'.repeat(64)}.7-1.tmp`), 'half a file');
  await media.clock.advance(24 * hours);
  await media.links.sweep();
  expect(filesIn(media.folder)).toHaveLength(2);
  await media.clock.advance(2 * hours);
  await media.links.sweep();
  expect(filesIn(media.folder)).toHaveLength(1);
  expect((await fetch(late)).status).toBe(200);
  await media.clock.advance(24 * hours);
  await media.links.sweep();
  expect(filesIn(media.folder)).toEqual([]);
});

it('refuses what there is no room for, counting a file once, and has room again later', async () => {
  const media = await MediaDesk.start({ mostOctets: 2.5 * picture.length });
  const other = Buffer.concat([picture, Buffer.from('2')]);
  const third = Buffer.concat([picture, Buffer.from('3')]);
  await media.link();
  await media.link();
  await media.link(other);
  await expect(media.link(third)).rejects.toThrow(MediaLinksFull);
  await expect(media.link(third)).rejects.toThrow(
    /fill the 0 MB there is for them: try again later/,
  );
  expect((await fetch(await media.link(other))).status).toBe(200);
  await media.clock.advance(50 * hours);
  await media.links.sweep();
  expect((await fetch(await media.link(third))).status).toBe(200);
});

it('loses no file to a sweep that runs while links are made', async () => {
  const folder = path.join(temporaryFolder(), 'outbound-media');
  const links = new MediaLinks({ folder, clock: new ManualClock() });
  const made: Promise<unknown>[] = [];
  for (let at = 0; at < 30; at += 1) {
    made.push(links.make(Buffer.from(`picture ${at}`), 'image/png'), links.sweep());
  }
  await Promise.all(made);
  expect(filesIn(folder)).toHaveLength(30);
  await links.close();
});
