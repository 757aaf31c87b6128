import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { ServedLab } from '#test/fakes/served-lab.ts';

const sound = '0123456789';

async function withMedia(type = 'audio/mpeg', id = 'Snd_1-a') {
  const lab = await ServedLab.start();
  const folder = await mkdtemp(path.join(os.tmpdir(), 'trunkline-media-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = path.join(folder, 'bytes');
  await writeFile(file, sound);
  lab.core.media.set(id, { type, path: file, size: sound.length });
  const cookie = await lab.open();
  const get = (target: string, more: [string, string][] = [], method = 'GET') =>
    lab.get({ method, target, headers: [['Cookie', cookie], ...more] });
  return { lab, file, get };
}

describe('stored media', () => {
  it('reach a page with a session, and can do nothing', async () => {
    const { get } = await withMedia();
    const { status, headers, body } = await get('/media/Snd_1-a');
    expect([status, body]).toEqual([200, sound]);
    expect(headers).toMatchObject({
      'content-type': 'audio/mpeg',
      'content-length': '10',
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'accept-ranges': 'bytes',
    });
    expect(headers['cache-control']).toMatch(/^private/);
  });

  it('reach nobody else', async () => {
    const { lab, get } = await withMedia();
    expect((await lab.get({ target: '/media/Snd_1-a' })).status).toBe(401);
    expect((await get('/media/Snd_1-a', [['Sec-Fetch-Site', 'cross-site']])).status).toBe(403);
    expect((await get('/media/Snd_1-a', [['Sec-Fetch-Site', 'same-site']])).status).toBe(403);
  });

  it('come in ranges, so that a sound can be wound', async () => {
    const { get } = await withMedia();
    const ranges: [string, number, string | undefined, string][] = [
      ['bytes=0-3', 206, 'bytes 0-3/10', '0123'],
      ['bytes=4-', 206, 'bytes 4-9/10', '456789'],
      ['bytes=-3', 206, 'bytes 7-9/10', '789'],
      ['bytes=-99', 206, 'bytes 0-9/10', sound],
      ['bytes=8-99', 206, 'bytes 8-9/10', '89'],
      ['bytes=9-9', 206, 'bytes 9-9/10', '9'],
      ['bytes=10-', 416, 'bytes */10', ''],
      ['bytes=-0', 416, 'bytes */10', ''],
      ['bytes=5-4', 200, undefined, sound],
      ['bytes=0-1,4-5', 200, undefined, sound],
      ['bytes=a-b', 200, undefined, sound],
      ['bytes=-', 200, undefined, sound],
      ['items=0-1', 200, undefined, sound],
      ['bytes=99999999999999999999-', 200, undefined, sound],
    ];
    for (const [range, status, contentRange, bytes] of ranges) {
      const answer = await get('/media/Snd_1-a', [['Range', range]]);
      expect([range, answer.status, answer.headers['content-range'], answer.body]).toEqual([
        range,
        status,
        contentRange,
        bytes,
      ]);
    }
    const head = await get('/media/Snd_1-a', [['Range', 'bytes=0-3']], 'HEAD');
    expect([head.status, head.headers['content-length'], head.body]).toEqual([206, '4', '']);
  });

  it.each([
    'image/svg+xml',
    'text/html',
    'application/pdf',
    'image/png; charset=x',
    'video/mp4\r\nX-A: b',
  ])('of type %j are only ever saved', async (type) => {
    const { get } = await withMedia(type);
    const { headers } = await get('/media/Snd_1-a');
    expect(headers['content-type']).toBe('application/octet-stream');
    expect(headers['content-disposition']).toBe('attachment');
    expect(headers['x-a']).toBeUndefined();
  });

  it('are found by their id and by nothing else', async () => {
    const { lab, file, get } = await withMedia();
    for (const id of ['../x', '%2e%2e', 'a/b', '', 'x'.repeat(129), 'a?b', '.'])
      lab.core.media.set(id, { type: 'image/png', path: file, size: 1 });
    for (const target of [
      '/media/',
      '/media/../x',
      '/media/%2e%2e',
      '/media/a/b',
      '/media/a?b',
      '/media/.',
      `/media/${'x'.repeat(129)}`,
      '/media/none',
    ])
      expect((await get(target)).status).toBe(404);
  });

  it('that are gone from the disk are not found', async () => {
    const { file, get } = await withMedia();
    await rm(file);
    const answer = await get('/media/Snd_1-a');
    await writeFile(file, sound);
    expect([answer.status, answer.body]).toEqual([404, '']);
  });
});
