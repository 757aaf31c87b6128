import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

import Database from 'better-sqlite3';
import { expect, test, vi } from 'vitest';

import type { EntryId, TextEntry } from '#shared/message/entry.ts';
import type { LineId } from '#shared/message/line.ts';
import { attachFile } from '#test/fakes/attach-file.ts';
import { RunningCore } from '#test/fakes/running-core.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';
import { png } from '#test/fixtures/media-bytes.ts';
import { exifWithPlace, jpegWith, pngWith, secret } from '#test/fixtures/tagged-pictures.ts';

const lineId = 1 as LineId;

type Wanted = { readonly to: string; readonly media: readonly string[]; readonly text?: string };

async function send({ caller }: RunningCore, { to, media, text = '' }: Wanted): Promise<TextEntry> {
  const uid = randomUUID();
  const sent = { uid, target: { lineId, to }, text, media: [...media] };
  return (await caller.call('message.send', sent)).entry;
}

async function entriesOf({ caller }: RunningCore, { threadId }: TextEntry) {
  const page = await caller.call('entries.page', { threadId, before: null, limit: 50 });
  return page.entries.filter((entry) => entry.kind === 'text');
}

const becomes = (core: RunningCore, entry: TextEntry, state: string) =>
  vi.waitFor(
    async () => {
      const now = (await entriesOf(core, entry)).find(({ id }) => id === entry.id);
      expect(now?.state).toBe(state);
      return now;
    },
    { timeout: 40_000, interval: 50 },
  );

/** Links that the carrier was given, by its own list of what it took. */
function linksIn(dataFolder: string): string[] {
  const db = new Database(path.join(dataFolder, 'sandbox-carrier.db'), { readonly: true });
  const rows = db.prepare('SELECT media_urls FROM message ORDER BY seq').pluck().all() as string[];
  db.close();
  return rows.flatMap((row) => (JSON.parse(row) as { url: string }[]).map(({ url }) => url));
}

test('a picture goes out cleaned, is fetched by the carrier, and stands in the conversation', async () => {
  const folder = temporaryFolder();
  await using core = await RunningCore.start(folder);
  const bytes = jpegWith(exifWithPlace(6, 'big'));
  const media = await attachFile(core.caller, bytes, 'image/jpeg');
  expect(media).toMatchObject({ state: 'stored', type: 'image/jpeg', width: 20, height: 40 });
  const entry = await send(core, { to: '+15550100100', media: [media.id] });
  expect(entry).toMatchObject({ text: '', segments: 0, media: [{ id: media.id }] });
  await becomes(core, entry, 'delivered');
  const kept = readFileSync(core.core.readMedia(media.id)?.path ?? '');
  expect([kept.includes(secret), kept.includes('Exif')]).toEqual([false, true]);
  await vi.waitFor(async () => {
    const [, reply] = await entriesOf(core, entry);
    expect(reply?.text).toMatch(/You sent a picture \(JPEG, 1 kB\)\.$/);
  }, 10_000);
  const [url = ''] = linksIn(folder);
  expect(url.startsWith(`${core.core.relayUrl}/media/`)).toBe(true);
  const fetched = Buffer.from(await (await fetch(url)).arrayBuffer());
  expect(fetched.equals(kept)).toBe(true);
});

test('no link is kept where its token could be read again, not even in the outbox', async () => {
  const folder = temporaryFolder();
  await using core = await RunningCore.start(folder);
  const media = await attachFile(core.caller, png(20, 20));
  const entry = await send(core, { to: '+15550100101', media: [media.id], text: 'Look' });
  await becomes(core, entry, 'delivered');
  const [token = ''] = linksIn(folder).map((url) => url.slice(url.lastIndexOf('/') + 1, -4));
  expect(token).toMatch(/^[\w-]{43}$/);
  const ours = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile() && !each.name.startsWith('sandbox-carrier'))
    .map((each) => path.join(each.parentPath, each.name));
  expect(ours.length).toBeGreaterThan(5);
  for (const file of ours) expect(readFileSync(file).includes(token), file).toBe(false);
});

test('a second attempt at a picture has a link of its own', async () => {
  const folder = temporaryFolder();
  await using core = await RunningCore.start(folder);
  const media = await attachFile(core.caller, png(20, 20));
  const entry = await send(core, { to: '+15550100102', media: [media.id] });
  await becomes(core, entry, 'failed');
  await core.caller.call('message.try-again', { entryId: entry.id as EntryId });
  await vi.waitFor(() => expect(new Set(linksIn(folder)).size).toBe(2), 10_000);
});

test('several pictures keep their order, and pieces of a large one come together again', async () => {
  await using core = await RunningCore.start(temporaryFolder());
  const large = pngWith('IDAT', randomBytes(400_000));
  const media = [
    await attachFile(core.caller, large),
    await attachFile(core.caller, png(30, 20)),
    await attachFile(core.caller, png(40, 20)),
  ];
  const entry = await send(core, { to: '+15550100101', media: media.map(({ id }) => id) });
  expect(entry.media.map(({ width }) => width)).toEqual([40, 30, 40]);
  expect(entry.media.map(({ id }) => id)).toEqual(media.map(({ id }) => id));
  const kept = readFileSync(core.core.readMedia(media[0]?.id ?? '')?.path ?? '');
  expect(kept.equals(large)).toBe(true);
  await becomes(core, entry, 'delivered');
});

test('a picture is sent once: a text that names it again is refused', async () => {
  await using core = await RunningCore.start(temporaryFolder());
  const media = await attachFile(core.caller, png(20, 20));
  await send(core, { to: '+15550100101', media: [media.id] });
  await expect(send(core, { to: '+15550100101', media: [media.id] })).rejects.toMatchObject({
    failure: { code: 'not-found', field: 'media' },
  });
  await core.caller.call('attachment.discard', { id: media.id });
  expect(core.core.readMedia(media.id)).not.toBeNull();
});

test('what the line’s carrier does not take is refused with figures, and nothing is written', async () => {
  await using core = await RunningCore.start(temporaryFolder());
  const rules = await core.caller.call('attachment.rules', { lineId });
  expect(rules).toMatchObject({ maxTotalOctets: 750_000, maxCount: 10, problem: null });
  const heavy = await attachFile(core.caller, pngWith('IDAT', randomBytes(760_000)));
  await expect(send(core, { to: '+15550100101', media: [heavy.id] })).rejects.toMatchObject({
    failure: { code: 'refused', field: 'media', message: expect.stringMatching(/761 kB.*750 kB/) },
  });
  expect((await core.caller.call('overview.get', {})).counts.open).toBe(0);
});

test('a picture whose file is gone keeps its text here, with the reason', async () => {
  const folder = temporaryFolder();
  await using core = await RunningCore.start(folder);
  const media = await attachFile(core.caller, png(20, 20));
  const file = core.core.readMedia(media.id);
  expect(file).toBeNull();
  const stored = path.join(folder, 'media', media.id.slice(0, 2), media.id);
  rmSync(stored);
  const entry = await send(core, { to: '+15550100101', media: [media.id], text: 'Look' });
  await vi.waitFor(async () => {
    const { events } = await core.caller.call('message.details', { entryId: entry.id });
    expect(events.map(({ words }) => words).join('; ')).toContain('picture not offered');
    expect(events.at(-1)?.raw).toBe('The picture is no longer on the disk.');
  }, 10_000);
  expect(linksIn(folder)).toEqual([]);
});
