import { gzipSync } from 'node:zlib';

import { describe, expect, it } from 'vitest';

import { RawCaller } from '#test/fakes/raw-caller.ts';
import { RelayDesk } from '#test/fakes/relay-desk.ts';

/** After whatever was done to it, the relay still takes a good call. */
async function expectStillServing(desk: RelayDesk): Promise<void> {
  expect((await desk.post({ body: 'still here' })).status).toBe(200);
}

describe('transport: methods, paths, encodings', () => {
  it.each(['GET', 'PUT', 'DELETE', 'PATCH', 'TRACE', 'OPTIONS', 'HEAD'])(
    'refuses %s on a hook',
    async (method) => {
      const desk = await RelayDesk.start();
      const caller = await RawCaller.open(desk.port);
      caller.send(desk.bytesFor({ method }));
      expect(await caller.untilAnswered()).toEqual([405]);
      expect(caller.received).toMatch(/\r\nallow: POST\r\n/i);
      expect(await desk.stored()).toEqual([]);
    },
  );

  it.each(['GET', 'HEAD'])(
    'answers %s without query or body, by which a carrier looks for its hook',
    async (method) => {
      const desk = await RelayDesk.start();
      const ask = (target: string) => fetch(`http://127.0.0.1:${desk.port}${target}`, { method });
      const known = '/hooks/acme/c1';
      expect((await ask(known)).status).toBe(200);
      expect((await ask(`${known}?text=hello`)).status).toBe(405);
      expect((await ask('/hooks/nobody/nothing')).status).toBe(405);
      expect(await desk.stored()).toEqual([]);
    },
  );

  it('refuses to post to what is only read', async () => {
    const desk = await RelayDesk.start();
    for (const target of ['/healthz', '/metrics']) {
      const answer = await desk.post({ target });
      expect(answer.status).toBe(405);
      expect(answer.headers.get('allow')).toBe('GET, HEAD');
    }
  });

  it('makes no tunnel', async () => {
    const desk = await RelayDesk.start();
    const caller = await RawCaller.open(desk.port);
    caller.send('CONNECT example.com:443 HTTP/1.1\r\nhost: example.com\r\n\r\n');
    expect(await caller.untilClosed()).toEqual([]);
    await expectStillServing(desk);
  });

  it.each([
    '/',
    '/hooks',
    '/hooks/',
    '/hooks/acme',
    '/hooks/acme/',
    '/hooks/acme/c1/',
    '/hooks/acme/c2',
    '/hooks/other/c1',
    '/hooks/ACME/c1',
    '/HOOKS/acme/c1',
    '//hooks/acme/c1',
    '/hooks//acme/c1',
    '/hooks/acme/../acme/c1',
    '/hooks/./acme/c1',
    '/hooks/acme/%63%31',
    '/hooks%2facme%2fc1',
    '/hooks/acme%2fc1',
    '/hooks/acme/c1%00',
    '/hooks/acme/c1%2f..',
    '/hooks/acme/c1;x=1',
    '/hooks/acme/__proto__',
    '/hooks/__proto__/c1',
    '/hooks/acme/constructor',
    '/hooks\\acme\\c1',
    '/../../../../etc/passwd',
    'http://127.0.0.1/hooks/acme/c1',
    '*',
    `/hooks/acme/${'x'.repeat(200)}`,
  ])('knows nothing at %s', async (target) => {
    const desk = await RelayDesk.start();
    const caller = await RawCaller.open(desk.port);
    expect(await caller.send(desk.bytesFor({ target })).untilAnswered()).toEqual([404]);
    expect(await desk.stored()).toEqual([]);
  });

  it('refuses an encoded body', async () => {
    const desk = await RelayDesk.start();
    for (const encoding of ['gzip', 'br', 'gzip, gzip', 'nonsense']) {
      const answer = await desk.post({
        body: gzipSync('hello'),
        headers: { 'content-encoding': encoding },
      });
      expect(answer.status).toBe(415);
    }
    expect((await desk.post({ headers: { 'content-encoding': 'identity' } })).status).toBe(200);
    expect(await desk.stored()).toHaveLength(1);
  });

  it('leaves it to the guard what a content type means', async () => {
    const desk = await RelayDesk.start();
    for (const type of ['', 'text/html', 'multipart/form-data', 'application/json; charset=utf-16'])
      expect((await desk.post({ body: '{}', headers: { 'content-type': type } })).status).toBe(200);
  });

  it('takes a Host that is a lie for nothing but a lie', async () => {
    const desk = await RelayDesk.start();
    const bytes = desk.bytesFor().replace(`host: 127.0.0.1:${desk.port}`, 'host: evil.example');
    const caller = await RawCaller.open(desk.port);
    expect(await caller.send(bytes).untilAnswered()).toEqual([200]);
    expect((await desk.stored())[0]?.raw.url).toBe(`${desk.relay.url}/hooks/acme/c1`);
  });

  it('lets no copy of a signature header go unseen', async () => {
    const desk = await RelayDesk.start();
    const good = desk.bytesFor();
    const double = good.replace(/(x-signature: \w+\r\n)/, `x-signature: ${'0'.repeat(64)}\r\n$1`);
    const caller = await RawCaller.open(desk.port);
    expect(await caller.send(double).untilAnswered()).toEqual([403]);
    expect(await desk.stored()).toEqual([]);
  });
});

describe('transport: bodies built to exhaust a parser', () => {
  const json = { 'content-type': 'application/json' };
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const nested = (depth: number): string =>
    '[{"a":'.repeat(depth / 2) + '1' + '}]'.repeat(depth / 2);
  const fields = (count: number): string =>
    Array.from({ length: count }, (_, index) => `f${index}=1`).join('&');

  it.each([
    ['JSON 32 deep', nested(32), json, 200],
    ['JSON 34 deep', nested(34), json, 400],
    ['JSON 10,000 deep', nested(10_000), json, 400],
    [
      'JSON 10,000 deep that calls itself text',
      nested(10_000),
      { 'content-type': 'text/plain' },
      400,
    ],
    [
      'JSON 10,000 deep behind spaces and without a type',
      ` \n${nested(10_000)}`,
      { 'content-type': '' },
      400,
    ],
    ['brackets inside a string', JSON.stringify({ a: '[{'.repeat(5_000) }), json, 200],
    ['quotes escaped inside a string', JSON.stringify({ a: '"\\[{'.repeat(5_000) }), json, 200],
    ['a vendor’s JSON type', nested(40), { 'content-type': 'application/vnd.acme+json' }, 400],
    ['brackets in plain text', `see ${'['.repeat(100)}`, { 'content-type': 'text/plain' }, 200],
    ['a form of 200 fields', fields(200), form, 200],
    ['a form of 201 fields', fields(201), form, 400],
    ['a form of 10,000 fields', fields(10_000), form, 400],
    ['JSON with 10,000 ampersands', JSON.stringify('&'.repeat(10_000)), json, 200],
  ])('judges %s', async (...[, body, headers, status]) => {
    const desk = await RelayDesk.start();
    expect((await desk.post({ body, headers })).status).toBe(status);
    expect(await desk.stored()).toHaveLength(status === 200 ? 1 : 0);
  });

  it('tells the shape only to those who are authentic', async () => {
    const desk = await RelayDesk.start();
    expect((await desk.post({ body: nested(10_000), headers: json, secret: 'wrong' })).status).toBe(
      403,
    );
  });
});
