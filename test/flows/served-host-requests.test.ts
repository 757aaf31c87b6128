import { connect } from 'node:net';
import os from 'node:os';

import { describe, expect, it } from 'vitest';

import { exchangeRaw, requestRaw } from '#test/fakes/raw-http.ts';
import { ServedLab } from '#test/fakes/served-lab.ts';

describe('the served host gives its page', () => {
  it('without a session, as it holds no secret', async () => {
    const lab = await ServedLab.start();
    const page = await lab.get();
    expect(page.status).toBe(200);
    expect(page.body).toContain('<title>Trunkline</title>');
    expect(page.body).not.toContain(lab.token);
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect((await lab.get({ target: '/index.html' })).body).toBe(page.body);
  });

  it('with headers that let it do no more than it must', async () => {
    const lab = await ServedLab.start();
    const { headers } = await lab.get();
    expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self';");
    expect(headers['content-security-policy']).not.toMatch(/unsafe|https?:|\*/);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    expect(headers['server'] ?? headers['x-powered-by']).toBeUndefined();
    const script = await lab.get({ target: '/assets/app-B1a2.js' });
    expect(script.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
  });

  it('to HEAD without its body', async () => {
    const lab = await ServedLab.start();
    const { status, body, headers } = await lab.get({ method: 'HEAD' });
    expect([status, body, headers['content-length']]).toEqual([200, '', '39']);
  });

  it.each([
    '/..',
    '/../package.json',
    '/assets/../index.html',
    '/assets/..%2f..%2fpackage.json',
    '/%2e%2e/x',
    '//index.html',
    '/./index.html',
    '/index.html/',
    '/index.html?x',
    '/index.html%00',
    '/INDEX.HTML',
    '/..\\..\\package.json',
    '/assets',
    '/assets/',
    '/wire',
    '/sessions',
    '/constructor',
    '/__proto__',
    '/media',
    '*',
    'http://evil.example/',
    'http://127.0.0.1/index.html',
    'index.html',
  ])('and nothing at %s', async (target) => {
    const lab = await ServedLab.start();
    const { status, body } = await lab.get({ target });
    expect([400, 404]).toContain(status);
    expect(body).not.toContain('Trunkline');
  });

  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND'])(
    'and nothing to %s',
    async (method) => {
      const lab = await ServedLab.start();
      const { status, headers, text } = await lab.get({
        method,
        headers: [['X-Canary', 'c4n4ry']],
      });
      expect([status, headers['allow']]).toEqual([405, 'GET, HEAD, POST']);
      expect(text).not.toContain('c4n4ry');
    },
  );

  it('and no tunnel to CONNECT', async () => {
    const lab = await ServedLab.start();
    expect(
      await exchangeRaw(
        lab.port,
        `CONNECT ${lab.authority} HTTP/1.1\r\nHost: ${lab.authority}\r\n\r\n`,
      ),
    ).toBe('');
  });
});

describe('the served host refuses', () => {
  it.each([
    ['a name pointed at this machine', (port: number) => [`evil.example:${port}`]],
    ['a name that begins like the address', (port: number) => [`127.evil.com:${port}`]],
    ['a name that goes on from the address', (port: number) => [`127.0.0.1.evil.com:${port}`]],
    ['the name of the loopback', (port: number) => [`localhost:${port}`]],
    ['another address of the loopback', (port: number) => [`127.0.0.2:${port}`]],
    ['the address in another form', (port: number) => [`2130706433:${port}`]],
    ['the address of IPv6', (port: number) => [`[::1]:${port}`]],
    ['no port', () => ['127.0.0.1']],
    ['another port', (port: number) => [`127.0.0.1:${port + 1}`]],
    ['somebody before an @', (port: number) => [`a@127.0.0.1:${port}`]],
    ['two hosts', (port: number) => [`127.0.0.1:${port}`, 'evil.example']],
    ['two hosts the other way round', (port: number) => ['evil.example', `127.0.0.1:${port}`]],
    ['an empty host', () => ['']],
  ])('%s as Host', async (_name, hostsFor) => {
    const lab = await ServedLab.start();
    const hosts = hostsFor(lab.port).map((host) => ['Host', host] as const);
    const body = JSON.stringify({ token: lab.token });
    const page = await requestRaw(lab.port, { headers: hosts });
    const session = await lab.post(body, {
      headers: [
        ...hosts,
        ['Origin', lab.origin],
        ['Content-Type', 'application/json'],
        ['Content-Length', String(body.length)],
      ],
    });
    for (const { status, headers, text } of [page, session]) {
      expect([400, 403]).toContain(status);
      expect(headers['set-cookie']).toBeUndefined();
      expect(text).not.toContain('<title>');
    }
  });

  it('a request without Host, of HTTP/1.1 as of HTTP/1.0', async () => {
    const lab = await ServedLab.start();
    for (const version of ['1.1', '1.0'])
      expect(await exchangeRaw(lab.port, `GET / HTTP/${version}\r\n\r\n`)).toMatch(
        /^HTTP\/1\.1 40[03] /,
      );
  });

  it.each([
    'null',
    'http://evil.example',
    'http://127.0.0.1',
    'http://localhost',
    'https://',
    '',
    'twice',
  ])('a token from a page whose Origin is %j', async (kind) => {
    const lab = await ServedLab.start();
    const body = JSON.stringify({ token: lab.token });
    const origins: Record<string, string[]> = {
      'https://': [`https://${lab.authority}`],
      '': [],
      twice: [lab.origin, lab.origin],
    };
    const headers = [
      ['Host', lab.authority],
      ...(origins[kind] ?? [kind]).map((origin) => ['Origin', origin] as const),
      ['Content-Type', 'application/json'],
      ['Content-Length', String(body.length)],
    ] as const;
    const { status, headers: answered } = await lab.post(body, { headers });
    expect([status, answered['set-cookie']]).toEqual([403, undefined]);
  });

  it('a page asked for by a page elsewhere, and not by the person or our page', async () => {
    const lab = await ServedLab.start();
    const statusFor = async (site: string) =>
      (await lab.get({ headers: [['Sec-Fetch-Site', site]] })).status;
    expect(
      await Promise.all(
        ['none', 'same-origin', 'same-site', 'cross-site', 'NONE', ''].map(statusFor),
      ),
    ).toEqual([200, 200, 403, 403, 403, 403]);
    expect((await lab.get({ headers: [['Origin', 'http://evil.example']] })).status).toBe(403);
  });

  it('more headers than a browser sends, and longer ones', async () => {
    const lab = await ServedLab.start();
    const many = Array.from({ length: 65 }, (_, i) => [`X-${i}`, '1'] as const);
    expect((await lab.get({ headers: many })).status).toBe(431);
    expect((await lab.get({ headers: [['X-Long', 'x'.repeat(17_000)]] })).status).toBe(431);
  });

  it('a request that says its length twice', async () => {
    const lab = await ServedLab.start();
    const head = `POST /session HTTP/1.1\r\nHost: ${lab.authority}\r\nOrigin: ${lab.origin}\r\n`;
    for (const lengths of [
      'Content-Length: 4\r\nTransfer-Encoding: chunked',
      'Content-Length: 4\r\nContent-Length: 5',
    ])
      expect(
        await exchangeRaw(lab.port, `${head}${lengths}\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n`),
      ).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('to wait for ever for a request that comes slowly', async () => {
    const lab = await ServedLab.start();
    const began = Date.now();
    const text = await exchangeRaw(
      lab.port,
      `GET / HTTP/1.1\r\nHost: ${lab.authority}\r\nX-Slow: `,
      12_000,
    );
    expect(text).toMatch(/^HTTP\/1\.1 408 /);
    expect(Date.now() - began).toBeLessThan(8_000);
  });

  it('anybody who is not on this machine', async () => {
    const lab = await ServedLab.start();
    const others = Object.values(os.networkInterfaces())
      .flat()
      .filter((each) => each !== undefined && !each.internal && each.family === 'IPv4');
    for (const address of [...others.map((each) => each!.address), '127.0.0.2', '::1'])
      expect(await canConnect(lab.port, address)).toBe(false);
    expect(await canConnect(lab.port, '127.0.0.1')).toBe(true);
  });
});

function canConnect(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host, timeout: 1_000 });
    const end = (reached: boolean) => {
      socket.destroy();
      resolve(reached);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
    socket.once('timeout', () => end(false));
  });
}
