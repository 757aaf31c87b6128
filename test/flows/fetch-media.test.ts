import { readFileSync } from 'node:fs';

import { describe, expect, test, vi } from 'vitest';

import { readStored } from '#main/media/store.ts';
import type { HistoryDesk } from '#test/fakes/history-desk.ts';
import {
  ended,
  fetching,
  firstOf,
  give,
  mediaOf,
  pictureServer,
  shortLimits,
} from '#test/fakes/picture-road.ts';
import { RawServer } from '#test/fakes/raw-server.ts';
import { jpeg, png } from '#test/fixtures/media-bytes.ts';

/** Waits in real time for the next try to be over, then moves the clock on to the one after it. */
async function nextTry(desk: HistoryDesk, before: number): Promise<void> {
  const tries = (): unknown => desk.db.prepare('SELECT tries FROM media').pluck().get();
  await vi.waitFor(() => expect(tries()).toBe(before + 1), { timeout: 40_000 });
  await desk.clock.advance(1_800_000);
}

describe('a picture that comes', () => {
  test('is stored, described and told', async () => {
    const server = await pictureServer(give('image/png', png(40, 30)));
    const { desk } = fetching([`${server.url}/a.png`], { type: 'image/png' });
    expect(await ended(desk)).toMatchObject({
      state: 'stored',
      type: 'image/png',
      size: png(40, 30).byteLength,
      width: 40,
      height: 30,
      problem: null,
    });
    const file = readStored(desk.dataFolder, firstOf(desk)?.id ?? '');
    expect(readFileSync(file ?? '')).toEqual(png(40, 30));
    expect(desk.toldAs('entry.changed')).toMatchObject([{ entry: { media: [{ width: 40 }] } }]);
    expect(server.asked[0]?.headers).toMatchObject({
      authorization: 'Basic s3cret',
      'accept-encoding': 'identity',
    });
  });

  test('is fetched beside others, at most four at once, each once', async () => {
    let now = 0;
    let most = 0;
    const server = await pictureServer((_request, response) => {
      most = Math.max(most, (now += 1));
      setTimeout(() => {
        now -= 1;
        response.end(jpeg(4, 3));
      }, 30);
    });
    const urls = Array.from({ length: 10 }, (_, index) => `${server.url}/${index}`);
    const { desk } = fetching(urls);
    await vi.waitFor(() =>
      expect(mediaOf(desk).every(({ state }) => state === 'stored')).toBe(true),
    );
    expect(most).toBe(4);
    expect(server.asked.map(({ url }) => url).toSorted()).toEqual(
      urls.map((url) => new URL(url).pathname),
    );
  });

  test('is asked for again after a 404 and after trouble, with growing pauses', async () => {
    const answers = [404, 503, 500, 200];
    const server = await pictureServer((_request, response) => {
      response.writeHead(answers.shift() ?? 200).end(png(4, 3));
    });
    const { desk } = fetching([server.url]);
    const pauses: number[] = [];
    for (let tries = 0; tries < 3; tries += 1) {
      await vi.waitFor(() =>
        expect(desk.db.prepare('SELECT tries FROM media').pluck().get()).toBe(tries + 1),
      );
      const due = Number(desk.db.prepare('SELECT next_try_at FROM media').pluck().get());
      pauses.push(due - desk.clock.now());
      await desk.clock.advance(due - desk.clock.now() - 1);
      expect(server.asked).toHaveLength(tries + 1);
      await desk.clock.advance(1);
    }
    expect(await ended(desk)).toMatchObject({ state: 'stored', width: 4 });
    expect(pauses).toEqual([5_000, 15_000, 45_000]);
  });
});

describe('a picture that does not come', () => {
  test('is given up after eight tries in about an hour, with a sentence', async () => {
    const server = await pictureServer((_request, response) => response.writeHead(404).end('no'));
    const { desk } = fetching([server.url]);
    for (let tries = 0; tries < 7; tries += 1) await nextTry(desk, tries);
    expect(await ended(desk)).toMatchObject({
      state: 'failed',
      problem: 'The carrier does not have it.',
    });
    await desk.clock.advance(86_400_000);
    expect(server.asked).toHaveLength(8);
    expect(desk.toldAs('entry.changed')).toHaveLength(1);
  });

  test.each([
    [401, /check the credentials/],
    [403, /check the credentials/],
    [410, /HTTP status 410/],
    [204, /HTTP status 204/],
  ])('is given up at once after %i', async (status, sentence) => {
    const server = await pictureServer((_request, response) => response.writeHead(status).end());
    const { desk } = fetching([server.url]);
    expect(await ended(desk)).toMatchObject({
      state: 'failed',
      problem: expect.stringMatching(sentence),
    });
    expect(server.asked).toHaveLength(1);
  });

  test('waits as long as a busy carrier asks', async () => {
    const server = await pictureServer((_request, response) =>
      response.writeHead(429, { 'retry-after': '600' }).end(),
    );
    const { desk } = fetching([server.url]);
    await vi.waitFor(() =>
      expect(desk.db.prepare('SELECT next_try_at FROM media').pluck().get()).toBe(
        desk.clock.now() + 600_000,
      ),
    );
  });

  test('is given up at once where it is larger than is worth having, told or streamed', async () => {
    for (const headers of [{ 'content-length': '300000' }, {}]) {
      const server = await pictureServer((_request, response) => {
        response.writeHead(200, headers).end(Buffer.alloc(300_000));
      });
      const { desk } = fetching([server.url]);
      expect(await ended(desk)).toMatchObject({
        state: 'failed',
        problem: expect.stringMatching(/larger than/),
      });
    }
  });

  test.each([
    ['never ends', 'HTTP/1.1 200 OK\r\n\r\nGIF89a'],
    ['is shorter than it said', 'HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\nGIF89a'],
    ['never begins', ''],
    ['is not HTTP', 'GIF89a'],
  ])('and whose body %s is tried again', async (_what, bytes) => {
    await using server = await RawServer.start((socket) => {
      if (bytes.includes('9000')) socket.end(bytes);
      else socket.write(bytes);
    });
    const { desk } = fetching([server.url]);
    await nextTry(desk, 0);
    await nextTry(desk, 1);
    expect(firstOf(desk)).toMatchObject({ state: 'fetching', size: 0 });
    expect(readStored(desk.dataFolder, firstOf(desk)?.id ?? '')).toBeNull();
  });

  test('is left for the next start when the program stops in the middle', async () => {
    const server = await pictureServer(() => undefined);
    const { desk, repeating } = fetching([server.url], {
      limits: { ...shortLimits, deadlineMs: 60_000 },
    });
    await vi.waitFor(() => expect(server.asked).toHaveLength(1));
    repeating.stop();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(desk.db.prepare('SELECT state, tries FROM media').get()).toEqual({
      state: 'fetching',
      tries: 0,
    });
  });
});
