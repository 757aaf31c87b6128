import { readdirSync } from 'node:fs';
import path from 'node:path';

import { expect, it, onTestFinished } from 'vitest';

import { MediaLinks } from '#main/relay/media-links/media-links.ts';
import { FileRelay } from '#test/fakes/file-relay.ts';
import { ManualClock } from '#test/fakes/manual-clock.ts';
import { picture } from '#test/fakes/media-desk.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';

const hours = 3_600_000;

function openLinks() {
  const folder = path.join(temporaryFolder(), 'outbound-media');
  const clock = new ManualClock();
  const links = new MediaLinks({ folder, clock });
  onTestFinished(() => links.close());
  const files = () => readdirSync(folder).filter((name) => !name.startsWith('links.db'));
  return { folder, clock, links, files };
}

const tokenOf = (link: string): string => link.slice('/media/'.length, '/media/'.length + 43);

it('a file is cleared away in time also where a proof was noted before the first link', async () => {
  const { links, clock, files } = openLinks();
  await links.spendProof(Buffer.from('proof'), clock.now() + 1);
  await links.make(picture, 'image/png');
  expect(files()).toHaveLength(1);
  for (let hour = 0; hour < 51; hour += 1) await clock.advance(hours);
  await expect.poll(files).toEqual([]);
});

it('a link made while the clock was a year ahead ends two days after it was put right', async () => {
  const { links, clock } = openLinks();
  clock.jump(365 * 24 * hours);
  const token = tokenOf((await links.make(picture, 'image/png')).path);
  clock.jump(-365 * 24 * hours);
  await links.sweep();
  expect(links.find(token)).not.toBeNull();
  await clock.advance(48 * hours);
  expect(links.find(token)).toBeNull();
});

it('nothing is opened again after the end', async () => {
  const { links, clock } = openLinks();
  const token = tokenOf((await links.make(picture, 'image/png')).path);
  await links.close();
  await expect(links.make(picture, 'image/png')).rejects.toThrow('closed');
  await expect(links.spendProof(Buffer.from('proof'), clock.now())).rejects.toThrow('closed');
  expect(() => links.find(token)).toThrow('closed');
  expect(clock.planned).toBe(0);
});

it('a signature written in another way is not another signature', async () => {
  const relay = await FileRelay.start();
  // 64 octets leave four bits of the last letter unused, which readers pass over.
  const spell = (signature: string): string =>
    signature.slice(0, -1) + String.fromCharCode(signature.charCodeAt(85) + 1);
  const same = { nonce: 'n'.repeat(22) };
  const first = await relay.upload(picture, same);
  const again = await relay.upload(picture, { ...same, spell });
  expect([first.status, again.status]).toEqual([201, 403]);
});
