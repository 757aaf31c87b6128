import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';

import { textOf } from '#test/fakes/deliveries.ts';
import { ManualClock } from '#test/fakes/manual-clock.ts';
import { connection, connections, RelayDesk } from '#test/fakes/relay-desk.ts';
import { signatureOf, signingGuard } from '#test/fakes/signing-guard.ts';

describe('intake: what is taken', () => {
  it('answers with the guard’s reply once the delivery is on disk', async () => {
    const desk = await RelayDesk.start();
    const reader = new Database(desk.file, { readonly: true });
    onTestFinished(() => void reader.close());
    const answer = await desk.post({ body: 'Hello', id: 'm1' });
    const rows = reader.prepare('SELECT seq, body FROM delivery').all();
    expect(rows).toEqual([{ seq: 1, body: Buffer.from('Hello') }]);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/xml');
    expect(await answer.text()).toBe('<Response/>');
  });

  it('keeps the call as it came: bytes, headers, URL with its query, time', async () => {
    const desk = await RelayDesk.start();
    const body = Buffer.from([0x00, 0xff, 0xfe, 0x0d, 0x0a]);
    const before = Date.now();
    await desk.post({ target: '/hooks/acme/c1?ref=a%2Fb&ref=c', body, headers: { 'X-Odd': 'Ü' } });
    const [stored] = await desk.stored();
    expect(stored?.raw).toMatchObject({
      provider: 'acme',
      connectionId: 'c1',
      method: 'POST',
      url: `${desk.relay.url}/hooks/acme/c1?ref=a%2Fb&ref=c`,
      headers: { 'x-odd': 'Ü', 'content-type': 'text/plain' },
    });
    expect(Buffer.from(stored?.raw.body ?? []).equals(body)).toBe(true);
    expect(stored?.raw.receivedAt).toBeGreaterThanOrEqual(before);
  });

  it('answers a repeat as the first time and stores it once', async () => {
    const desk = await RelayDesk.start();
    const answers = [await desk.post({ id: 'same' }), await desk.post({ id: 'same' })];
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await desk.stored()).toHaveLength(1);
    expect(desk.relay.stats()).toMatchObject({ received: 2, duplicates: 1 });
  });

  it('takes two repeats that arrive at once for one', async () => {
    const desk = await RelayDesk.start();
    const answers = await Promise.all(Array.from({ length: 20 }, () => desk.post({ id: 'same' })));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(await desk.stored()).toHaveLength(1);
  });

  it('does not take the same id of two connections, or of two carriers, for a repeat', async () => {
    const known = { 'acme/c1': connection(), 'acme/c2': connection(), 'other/c1': connection() };
    const desk = await RelayDesk.start({ findConnection: connections(known) });
    for (const hook of Object.keys(known))
      await desk.post({ target: `/hooks/${hook}`, id: 'same' });
    expect(await desk.stored()).toHaveLength(3);
  });

  it('recognises a repeat after it was started again', async () => {
    const first = await RelayDesk.start();
    await first.post({ id: 'same' });
    await first.relay.stop();
    const second = await RelayDesk.start({ dataFile: first.file });
    expect((await second.post({ id: 'same' })).status).toBe(200);
    expect(second.relay.stats().duplicates).toBe(1);
  });

  it('recognises a repeat after a second, after minutes, after days, and forgets it after a month', async () => {
    const clock = new ManualClock();
    const desk = await RelayDesk.start({ clock });
    const minute = 60_000;
    const day = 24 * 60 * minute;
    for (const rest of [0, 1_000, 5 * minute, 3 * day, 26 * day]) {
      await clock.advance(rest);
      expect((await desk.post({ id: 'same' })).status).toBe(200);
    }
    expect(desk.relay.stats()).toMatchObject({ received: 5, duplicates: 4 });
    await desk.post({ id: 'newer' });
    await clock.advance(2 * day);
    await desk.post({ id: 'same' });
    expect((await desk.stored()).map(({ seq }) => seq)).toEqual([2, 3]);
  });

  it('keeps what its reader has not taken, however old', async () => {
    const clock = new ManualClock();
    const desk = await RelayDesk.start({ clock, taken: () => 1 });
    for (const id of ['a', 'b', 'c']) await desk.post({ id });
    await clock.advance(100 * 24 * 60 * 60_000);
    expect((await desk.stored()).map(({ seq }) => seq)).toEqual([2, 3]);
  });

  it('takes the bytes for the key where the guard cannot tell one', async () => {
    const keyless = {
      ...signingGuard('right'),
      dedupeKey: (): string => {
        throw new Error('no id in it');
      },
    };
    const findConnection = connections({ 'acme/c1': connection({ guard: keyless }) });
    const desk = await RelayDesk.start({ findConnection });
    for (const body of ['a', 'b', 'a']) expect((await desk.post({ body })).status).toBe(200);
    expect((await desk.stored()).map(textOf)).toEqual(['a', 'b']);
  });

  it('takes authentic nonsense, which is for the adapter to judge', async () => {
    const desk = await RelayDesk.start();
    for (const body of ['', '{"broken', 'null', '\u0000\uFEFF', '{"a":1e400,"a":2,"__proto__":{}}'])
      expect(
        (await desk.post({ body, headers: { 'content-type': 'application/json' } })).status,
      ).toBe(200);
    expect(await desk.stored()).toHaveLength(5);
  });
});

describe('intake: who is believed', () => {
  it.each([
    ['none', {}],
    ['an empty one', { 'x-signature': '' }],
    ['a short one', { 'x-signature': 'abc' }],
    ['a long one', { 'x-signature': 'a'.repeat(4_000) }],
    ['a wrong one', { 'x-signature': '0'.repeat(64) }],
  ])(
    'refuses a signature that is %s without a word, stores nothing and counts it',
    async (_, headers) => {
      const desk = await RelayDesk.start();
      const answer = await desk.post({ secret: null, headers });
      expect(answer.status).toBe(403);
      expect(await answer.text()).toBe('Forbidden\n');
      expect(await desk.stored()).toEqual([]);
      expect(desk.relay.stats().refused).toEqual({ 'not-authentic': 1 });
    },
  );

  it('refuses what is signed for another connection, another URL or another body', async () => {
    const known = {
      'acme/c1': connection(),
      'acme/c2': connection({ guard: signingGuard('other') }),
    };
    const desk = await RelayDesk.start({ findConnection: connections(known) });
    const own = desk.relay.url;
    const calls = [
      { secret: 'other' },
      { signedUrl: `${own}/hooks/acme/c2` },
      { signedUrl: `${own}/hooks/acme/c1?added=1` },
      { headers: { 'x-signature': signatureOf('right', `${own}/hooks/acme/c1`, 'another body') } },
    ];
    for (const call of calls) expect((await desk.post(call)).status).toBe(403);
    expect(await desk.stored()).toEqual([]);
  });

  it('believes nobody while a guard fails', async () => {
    const failing = {
      ...signingGuard('right'),
      authenticate: (): 'authentic' => {
        throw new TypeError('not prepared for this');
      },
    };
    const findConnection = connections({ 'acme/c1': connection({ guard: failing }) });
    const desk = await RelayDesk.start({ findConnection });
    expect((await desk.post()).status).toBe(403);
    expect(await desk.stored()).toEqual([]);
  });

  it('checks against its own address, whatever Host and forwarding headers claim', async () => {
    const desk = await RelayDesk.start();
    const spoofed = {
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'evil.example',
      forwarded: 'host=evil.example;proto=https',
    };
    expect((await desk.post({ headers: spoofed })).status).toBe(200);
    const signedUrl = 'https://evil.example/hooks/acme/c1';
    expect((await desk.post({ headers: spoofed, signedUrl })).status).toBe(403);
    expect((await desk.stored()).map(({ raw }) => raw.url)).toEqual([
      `${desk.relay.url}/hooks/acme/c1`,
    ]);
  });

  it('checks against the public URL where one is set, the connection’s before the relay’s', async () => {
    const known = {
      'acme/c1': connection(),
      'acme/c2': connection({ publicUrl: 'https://two.example/base/' }),
    };
    const publicUrl = 'https://one.example';
    const desk = await RelayDesk.start({ findConnection: connections(known), publicUrl });
    const urls = [
      'https://one.example/hooks/acme/c1?x=1',
      'https://two.example/base/hooks/acme/c2',
    ];
    const targets = ['/hooks/acme/c1?x=1', '/hooks/acme/c2'];
    for (const [index, target] of targets.entries()) {
      expect((await desk.post({ target })).status).toBe(403);
      expect((await desk.post({ target, signedUrl: urls[index] ?? '' })).status).toBe(200);
    }
    expect((await desk.stored()).map(({ raw }) => raw.url)).toEqual(urls);
  });
});

describe('intake: paths with a secret', () => {
  const secret = 'kZ3v-secret_of_the_path-0123456789';
  const start = () =>
    RelayDesk.start({
      findConnection: connections({ 'acme/c1': connection({ pathSecret: secret }) }),
    });

  it('wants the secret, whole and alone', async () => {
    const desk = await start();
    const wrong = ['', `/${secret}x`, `/${secret.slice(1)}`, `/${secret}/`, `/${secret}/more`, '/'];
    for (const end of wrong)
      expect((await desk.post({ target: `/hooks/acme/c1${end}` })).status).toBe(404);
    expect((await desk.post({ target: `/hooks/acme/c1/${secret}` })).status).toBe(200);
    expect(await desk.stored()).toHaveLength(1);
  });

  it('refuses a secret where the connection has none', async () => {
    const desk = await RelayDesk.start();
    expect((await desk.post({ target: '/hooks/acme/c1/anything' })).status).toBe(404);
  });

  it('keeps neither the secret nor any credential on the disk', async () => {
    const desk = await start();
    const authorization = `Basic ${Buffer.from('user:canary').toString('base64')}`;
    const headers = { authorization, cookie: 'canary=1' };
    await desk.post({ target: `/hooks/acme/c1/${secret}?ref=7`, headers });
    const [stored] = await desk.stored();
    expect(stored?.raw.url).toBe(`${desk.relay.url}/hooks/acme/c1/-?ref=7`);
    expect(Object.keys(stored?.raw.headers ?? {})).not.toContain('authorization');
    expect(JSON.stringify(stored?.raw)).not.toMatch(/canary|Basic|kZ3v/);
  });
});
