import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { describe, expect, onTestFinished, test } from 'vitest';

import { type Download, type Downloaded, download } from '#main/http/download.ts';
import { RawServer } from '#test/fakes/raw-server.ts';

type Hop = { readonly url: string; readonly headers: Record<string, unknown> };

/** A server that leads from path to path as `ways` says and gives `ok` where they end. */
async function signpost(ways: Record<string, string> = {}): Promise<{ url: string; hops: Hop[] }> {
  const hops: Hop[] = [];
  const server = createServer((request, response) => {
    hops.push({ url: request.url ?? '', headers: request.headers });
    const location = ways[request.url ?? ''];
    if (location === undefined) response.end('ok');
    else response.writeHead(302, { location }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, hops };
}

function fetchFrom(url: string, more: Partial<Download> = {}): Promise<Downloaded> {
  return download({
    url,
    origins: [URL.canParse(url) ? new URL(url).origin : ''],
    headers: { authorization: 'Basic s3cret' },
    maxBytes: 1_000,
    deadlineMs: 2_000,
    signal: new AbortController().signal,
    ...more,
  });
}

const ok = { kind: 'answered', reply: { status: 200, body: Buffer.from('ok') } };
const forbidden = { kind: 'forbidden' };

describe('redirects', () => {
  test('are followed three times, and no fourth', async () => {
    const ways = { '/4': '/3', '/3': '/2', '/2': '/1', '/1': '/0' };
    const server = await signpost(ways);
    expect(await fetchFrom(`${server.url}/3`)).toMatchObject(ok);
    expect(await fetchFrom(`${server.url}/4`)).toEqual(forbidden);
    expect(server.hops).toHaveLength(8);
    const loop = await signpost({ '/': '/' });
    expect(await fetchFrom(`${loop.url}/`)).toEqual(forbidden);
    expect(loop.hops).toHaveLength(4);
  });

  test('keep the headers on the same origin, and drop them for good on another', async () => {
    const other = await signpost();
    const server = await signpost({ '/a': '/b', '/b': `${other.url}/c` });
    const origins = [server.url, other.url];
    expect(await fetchFrom(`${server.url}/a`, { origins })).toMatchObject(ok);
    const kept = server.hops.map(({ headers }) => headers['authorization']);
    expect(kept).toEqual(['Basic s3cret', 'Basic s3cret']);
    expect(other.hops[0]?.headers).not.toHaveProperty('authorization');
  });

  test('that come back to where they began do not bring the headers back', async () => {
    const ways: Record<string, string> = {};
    const server = await signpost(ways);
    const other = await signpost({ '/b': `${server.url}/c` });
    ways['/a'] = `${other.url}/b`;
    const origins = [server.url, other.url];
    expect(await fetchFrom(`${server.url}/a`, { origins })).toMatchObject(ok);
    expect(server.hops.map(({ url }) => url)).toEqual(['/a', '/c']);
    expect(server.hops[1]?.headers).not.toHaveProperty('authorization');
  });

  test('to an origin of this machine that is not listed are refused', async () => {
    const other = await signpost();
    const server = await signpost({ '/': `${other.url}/metadata` });
    expect(await fetchFrom(`${server.url}/`)).toEqual(forbidden);
    expect(other.hops).toEqual([]);
  });

  test.each([
    'https://127.0.0.1/',
    'https://127.1/',
    'https://2130706433/',
    'https://0x7f.0.0.1/',
    'https://%E2%91%A0%E2%91%A1%E2%91%A6.0.0.1/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[64:ff9b::7f00:1]/',
    'https://169.254.169.254/latest/meta-data',
    'https://10.0.0.1/',
    'https://localhost/',
    'https://1.1.1.1:8443/',
    'http://1.1.1.1/',
    'ftp://1.1.1.1/',
    'file:///etc/passwd',
    'data:image/png;base64,AAAA',
    'https://user:word@1.1.1.1/',
    'https://',
  ])('to %s are refused', async (location) => {
    const server = await signpost({ '/': location });
    expect(await fetchFrom(`${server.url}/`)).toEqual(forbidden);
  });
});

describe('the first address', () => {
  test('is on a listed origin, or nobody is asked', async () => {
    const server = await signpost();
    const elsewhere = { origins: ['https://carrier.example'] };
    expect(await fetchFrom(`${server.url}/`, elsewhere)).toEqual(forbidden);
    expect(server.hops).toEqual([]);
  });

  test.each(['', 'nowhere', 'http://10.0.0.1/a.png', 'file:///etc/passwd', 'http://a@127.0.0.1/'])(
    'is never %j, even listed',
    async (url) => {
      expect(await fetchFrom(url)).toEqual(forbidden);
    },
  );

  test('is on a listed origin even where it is public: a forged one gets neither call nor headers', async () => {
    const asked: string[] = [];
    const resolve = async (name: string) => {
      asked.push(name);
      return [{ address: '127.0.0.1', family: 4 }];
    };
    const origins = ['https://carrier.example'];
    const forged = 'https://carrier.example.evil.test/a.png';
    expect(await fetchFrom(forged, { origins, resolve })).toEqual(forbidden);
    expect(asked).toEqual([]);
  });

  test('may be anywhere where it is listed and speaks TLS', async () => {
    await using server = await RawServer.start((socket) => socket.end('not TLS'));
    const answer = await fetchFrom(`https://127.0.0.1:${server.port}/`);
    expect(answer).toEqual({ kind: 'unanswered', reason: 'tls' });
    expect(server.sockets.size).toBe(1);
  });
});

describe('a name', () => {
  const at = (...addresses: string[]) =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

  test('is looked up once, and the connection goes to what was judged', async () => {
    const server = await signpost();
    const url = server.url.replace('127.0.0.1', 'pictures.test');
    let lookups = 0;
    const resolve = async () => {
      lookups += 1;
      return lookups === 1 ? at('127.0.0.1') : at('10.0.0.1');
    };
    expect(await fetchFrom(`${url}/`, { resolve })).toMatchObject(ok);
    expect(lookups).toBe(1);
  });

  test.each([
    ['a private address', at('10.0.0.1')],
    ['a public and a private address', at('93.184.216.34', '127.0.0.1')],
    ['a private address of the other kind', at('93.184.216.34', 'fd00::1')],
    ['no address', at()],
  ])('that a redirect leads to and that has %s is refused', async (_what, addresses) => {
    const server = await signpost({ '/': 'https://pictures.test/' });
    const asked: string[] = [];
    const resolve = async (name: string) => {
      asked.push(name);
      return addresses;
    };
    expect(await fetchFrom(`${server.url}/`, { resolve })).toEqual(forbidden);
    expect(asked).toEqual(['pictures.test']);
  });

  test('over plain HTTP must be this machine, even listed', async () => {
    const server = await signpost();
    const url = server.url.replace('127.0.0.1', 'pictures.test');
    const resolve = async () => at('93.184.216.34');
    expect(await fetchFrom(`${url}/`, { resolve })).toEqual(forbidden);
  });

  test('that does not exist is no reason to give up for good', async () => {
    const answer = await fetchFrom('https://no-such-host.invalid/');
    expect(answer).toEqual({ kind: 'unanswered', reason: 'dns' });
  });
});

describe('limits', () => {
  test('hold for all redirects together', async () => {
    await using server = await RawServer.start((socket, received) => {
      const turn = received.split('GET ').length - 1;
      setTimeout(
        () => socket.end(`HTTP/1.1 302 Go\r\nLocation: /${turn}\r\nContent-Length: 0\r\n\r\n`),
        150,
      );
    });
    const start = performance.now();
    expect(await fetchFrom(`${server.url}/`, { deadlineMs: 400 })).toEqual({
      kind: 'unanswered',
      reason: 'timeout',
    });
    expect(performance.now() - start).toBeLessThan(1_500);
  });

  test('an answer of exactly the most octets is read, one more is not', async () => {
    const server = await signpost();
    expect(await fetchFrom(server.url, { maxBytes: 2 })).toMatchObject(ok);
    const answer = await fetchFrom(server.url, { maxBytes: 1 });
    expect(answer).toEqual({ kind: 'unanswered', reason: 'oversize' });
  });

  test('a stop ends it, before and after it began', async () => {
    await using server = await RawServer.start();
    const stopped = { kind: 'unanswered', reason: 'stopped' };
    expect(await fetchFrom(server.url, { signal: AbortSignal.abort() })).toEqual(stopped);
    expect(server.sockets.size).toBe(0);
    expect(await fetchFrom(server.url, { signal: AbortSignal.timeout(100) })).toEqual(stopped);
  });
});
