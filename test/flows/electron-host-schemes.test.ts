import { writeFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { pageUrl } from '#main/hosts/electron/pages.ts';
import { startHost } from '#test/fakes/electron-host.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';

describe('the app scheme', () => {
  const policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' media: blob:; media-src media:; font-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; worker-src 'self'; require-trusted-types-for 'script'; trusted-types app";

  it.each([
    ['/index.html', 'text/html; charset=utf-8'],
    ['/assets/index-1.js', 'text/javascript; charset=utf-8'],
    ['/assets/index-1.css', 'text/css; charset=utf-8'],
    ['/assets/inter.woff2', 'font/woff2'],
  ])('serves %s as %s under the policy', async (file, type) => {
    const { electron } = await startHost();
    const response = await electron.defaultSession.load(`app://trunkline${file}`);
    expect(response.status).toBe(200);
    expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(0);
    expect(Object.fromEntries(response.headers)).toEqual({
      'cache-control': 'no-store',
      'content-security-policy': policy,
      'content-type': type,
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
  });

  it.each([
    '/',
    '/index.htm',
    '/INDEX.HTML',
    '/index.html/',
    '//index.html',
    '/../package.json',
    '/..%2f..%2fpackage.json',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/assets/../../package.json',
    '/assets/..%5c..%5cpackage.json',
    '/assets',
    '/assets/',
    '/index.html%00.js',
    '/constructor',
    '/__proto__',
  ])('has no %s', async (file) => {
    const { electron } = await startHost();
    const response = await electron.defaultSession.load(`app://trunkline${file}`);
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('');
    expect(response.headers.get('content-security-policy')).toBe(policy);
  });

  it('answers a head without a body, and no other method', async () => {
    const { electron } = await startHost();
    const head = await electron.defaultSession.load(pageUrl, 'HEAD');
    expect([head.status, await head.text()]).toEqual([200, '']);
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE'])
      expect((await electron.defaultSession.load(pageUrl, method)).status).toBe(405);
  });
});

describe('the media scheme', () => {
  async function withMedia(type = 'image/png') {
    const host = await startHost();
    const file = path.join(temporaryFolder(), 'stored');
    writeFileSync(file, 'picture');
    host.core.media.set('A-z_09', { type, path: file, size: 7 });
    host.core.media.set('gone', { type, path: `${file}-gone`, size: 7 });
    return host.electron.defaultSession;
  }

  it('serves what is stored, by its id alone, to be looked at and nothing else', async () => {
    const session = await withMedia();
    const response = await session.load('media://A-z_09');
    expect(await response.text()).toBe('picture');
    expect(Object.fromEntries(response.headers)).toEqual({
      'cache-control': 'no-store',
      'content-security-policy': "sandbox; default-src 'none'",
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
    });
    expect((await session.load('media://A-z_09/')).status).toBe(200);
  });

  it.each(['text/html', 'image/svg+xml', 'application/pdf', 'image/png\r\nX: y', 'TEXT/HTML', ''])(
    'never says that a file is %j',
    async (type) => {
      const session = await withMedia(type);
      const response = await session.load('media://A-z_09');
      expect(response.headers.get('content-type')).toBe('application/octet-stream');
    },
  );

  it.each([
    'media://other',
    'media://gone',
    'media://A-z_09/../other',
    'media://A-z_09?type=text/html',
    'media://A-z_09#x',
    'media://..',
    'media://../A-z_09',
    'media://%2e%2e%2fetc',
    'media:A-z_09',
    'media:///A-z_09',
    `media://${'a'.repeat(129)}`,
  ])('has no %s', async (url) => {
    const session = await withMedia();
    const response = await session.load(url);
    expect([response.status, await response.text()]).toEqual([404, '']);
  });

  it('takes no other method', async () => {
    const session = await withMedia();
    expect((await session.load('media://A-z_09', 'POST')).status).toBe(405);
    expect(await (await session.load('media://A-z_09', 'HEAD')).text()).toBe('');
  });
});

describe('our own address', () => {
  it('cannot be told by its origin, which is the text null for every scheme of this kind', () => {
    expect(new URL('app://x').origin).toBe('null');
    expect(new URL('app://trunkline').origin).toBe(new URL('evil://trunkline').origin);
  });
});
