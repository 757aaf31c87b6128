import { readFileSync, readdirSync, statSync, truncateSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { MediaDesk, picture } from '#test/fakes/media-desk.ts';
import { exchangeRaw } from '#test/fakes/raw-http.ts';

const tokenOf = (url: string): string => new URL(url).pathname.slice('/media/'.length, 50);

describe('media links: what is handed out', () => {
  it('serves the file whole, as what it is, and lets nobody keep or run it', async () => {
    const media = await MediaDesk.start();
    const url = await media.link();
    expect(new URL(url).pathname).toMatch(/^\/media\/[\w-]{43}\.png$/);
    const answer = await fetch(url);
    expect(Buffer.from(await answer.arrayBuffer()).equals(picture)).toBe(true);
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-length': String(picture.length),
      'x-content-type-options': 'nosniff',
      'content-disposition': 'inline; filename="picture.png"',
      'cache-control': 'private, no-store',
      'content-security-policy': "sandbox; default-src 'none'",
      'accept-ranges': 'bytes',
    });
  });

  it('serves it without its ending, with a query, and as often as it is asked', async () => {
    const media = await MediaDesk.start();
    const url = await media.link();
    const addresses = [url, url.replace('.png', ''), `${url}?utm=1`];
    for (const address of [...addresses, ...addresses])
      expect((await fetch(address)).status, address).toBe(200);
  });

  it('tells a HEAD everything but the file', async () => {
    const media = await MediaDesk.start();
    const answer = await fetch(await media.link(), { method: 'HEAD' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-length')).toBe(String(picture.length));
    expect((await answer.arrayBuffer()).byteLength).toBe(0);
  });

  const last = picture.length - 1;
  it.each([
    ['bytes=0-0', 206, [0, 0]],
    ['bytes=0-99', 206, [0, 99]],
    ['bytes=100-', 206, [100, last]],
    ['bytes=-1', 206, [last, last]],
    [`bytes=-${picture.length * 2}`, 206, [0, last]],
    [`bytes=5-${picture.length * 2}`, 206, [5, last]],
    [`bytes=${picture.length}-`, 416, [0, 0]],
    ['bytes=-0', 416, [0, 0]],
    ['bytes=9-5', 200, [0, last]],
    ['bytes=0-1,5-6', 200, [0, last]],
    ['bytes=', 200, [0, last]],
    ['lines=0-1', 200, [0, last]],
    ['bytes=0x0-5', 200, [0, last]],
  ] as const)('answers Range "%s" with %i', async (range, status, [start, end]) => {
    const media = await MediaDesk.start();
    const answer = await fetch(await media.link(), { headers: { range } });
    const body = Buffer.from(await answer.arrayBuffer());
    const told = {
      206: `bytes ${start}-${end}/${picture.length}`,
      416: `bytes */${picture.length}`,
    };
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-range')).toBe(status === 200 ? null : told[status]);
    expect(body.equals(status === 416 ? Buffer.alloc(0) : picture.subarray(start, end + 1))).toBe(
      true,
    );
  });

  it('does not hand out a file that was cut short on the disk', async () => {
    const media = await MediaDesk.start();
    const url = await media.link();
    truncateSync(path.join(media.folder, fileIn(media.folder)), 100);
    expect((await fetch(url)).status).toBe(404);
  });
});

const fileIn = (folder: string): string =>
  readdirSync(folder).find((name) => /^[0-9a-f]{64}$/.test(name)) ?? '';

describe('media links: who may have it', () => {
  it('answers everything that is no link alike', async () => {
    const media = await MediaDesk.start();
    const url = await media.link();
    const token = tokenOf(url);
    const ended = await media.link(Buffer.from('another'), 'image/gif');
    const { port } = media.desk;
    const targets = [
      '/media',
      '/media/',
      '/media/?',
      `/media/${token.slice(1)}`,
      `/media/${token}A`,
      `/media/${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`,
      `/media/${token}.jpg`,
      `/media/${token}.png/`,
      `/media/${token}/x`,
      `/media/%2e%2e/links.db`,
      '/media/../links.db',
      '/media/links.db',
      `/media/${fileIn(media.folder)}`,
      `/media//${token}`,
      `/MEDIA/${token}`,
      `/media/${encodeURIComponent(`${token}\u0000`)}`,
    ];
    await media.clock.advance(48 * 3_600_000);
    targets.push(new URL(ended).pathname);
    const answers = await Promise.all(
      targets.map((target) =>
        exchangeRaw(port, `GET ${target} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n`),
      ),
    );
    const bare = answers.map((answer) => answer.replace(/^date: .*\r\n/im, ''));
    expect(new Set(bare).size).toBe(1);
    expect(bare[0]).toMatch(/^HTTP\/1.1 404 Not Found\r\n/);
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('takes no %s', async (method) => {
    const media = await MediaDesk.start();
    const url = await media.link();
    const refused = await fetch(url, { method });
    expect(refused.status).toBe(405);
    expect(refused.headers.get('allow')).toBe('GET, HEAD');
  });

  it('gives every link a token of its own, though the file is the same and kept once', async () => {
    const media = await MediaDesk.start();
    const urls = new Set(await Promise.all(Array.from({ length: 20 }, () => media.link())));
    expect(urls.size).toBe(20);
    expect(readdirSync(media.folder).filter((name) => name.length === 64)).toHaveLength(1);
  });

  it('keeps no token, and nothing for others to read', async () => {
    const media = await MediaDesk.start();
    const token = tokenOf(await media.link());
    await media.links.close();
    const files = readdirSync(media.folder).map((name) => path.join(media.folder, name));
    expect(files.length).toBeGreaterThan(1);
    for (const file of files) expect(readFileSync(file).includes(token), file).toBe(false);
    expect(statSync(media.folder).mode & 0o077).toBe(0);
  });

  it('ends after 48 hours, and not before', async () => {
    const media = await MediaDesk.start();
    const url = await media.link();
    await media.clock.advance(48 * 3_600_000 - 1);
    expect((await fetch(url)).status).toBe(200);
    await media.clock.advance(1);
    expect((await fetch(url)).status).toBe(404);
  });

  it('slows down an address that guesses, and lets it through again later', async () => {
    const limits = { refusedPerAddress: { perSecond: 1, burst: 3 }, limitLoopback: true };
    const media = await MediaDesk.start({ relay: { limits } });
    const url = await media.link();
    const guess = new URL(`/media/${'A'.repeat(43)}`, url);
    const statuses: number[] = [];
    for (let at = 0; at < 5; at += 1) statuses.push((await fetch(guess)).status);
    expect(statuses).toEqual([404, 404, 404, 429, 429]);
    expect((await fetch(url)).status).toBe(429);
    await media.clock.advance(1_000);
    expect((await fetch(url)).status).toBe(200);
    expect((await fetch(url)).status).toBe(200);
  });
});
