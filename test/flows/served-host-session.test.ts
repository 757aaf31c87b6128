import { describe, expect, it } from 'vitest';

import { ManualClock } from '#test/fakes/manual-clock.ts';
import { requestRaw } from '#test/fakes/raw-http.ts';
import { cookieOf, ServedLab, tokenOf } from '#test/fakes/served-lab.ts';

const hours = 3_600_000;

describe('the served host gives a session', () => {
  it('to whoever brings the token, in any number of browsers', async () => {
    const lab = await ServedLab.start();
    const answers = [await lab.bring(lab.token), await lab.bring(lab.token)];
    for (const { status, headers, body } of answers) {
      expect(status).toBe(204);
      expect(body).toBe('');
      expect(headers['set-cookie']).toMatch(
        new RegExp(
          `^trunkline_session_${lab.port}=[A-Za-z0-9_-]{43}; HttpOnly; SameSite=Strict; Path=/$`,
        ),
      );
      expect(headers['cache-control']).toBe('no-store');
    }
    expect(new Set(answers.map(({ headers }) => headers['set-cookie'])).size).toBe(2);
    expect(lab.token).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  it('and says whether a cookie still has one', async () => {
    const lab = await ServedLab.start();
    const cookie = await lab.open();
    const ask = (value: string) => lab.get({ target: '/session', headers: [['Cookie', value]] });
    expect((await ask(cookie)).status).toBe(204);
    expect((await ask(`other=1; ${cookie}; more=2`)).status).toBe(204);
    expect((await ask(`${cookie}x`)).status).toBe(401);
    expect((await ask(`${cookie}; ${cookie}`)).status).toBe(401);
    expect((await ask(cookie.replace(String(lab.port), '1'))).status).toBe(401);
    expect((await lab.get({ target: '/session' })).status).toBe(401);
  });

  it('once only for a single-use token, and only within two minutes', async () => {
    const clock = new ManualClock();
    const lab = await ServedLab.start(clock);
    const make = () => tokenOf(new URL(lab.makeSingleUseUrl()).hash);
    const first = make();
    expect((await lab.bring(first)).status).toBe(204);
    expect((await lab.bring(first)).status).toBe(401);
    const late = make();
    await clock.advance(120_000);
    expect((await lab.bring(late)).status).toBe(401);
  });

  it('that ends after 12 hours without use, and not while it is used', async () => {
    const clock = new ManualClock();
    const lab = await ServedLab.start(clock);
    const cookie = await lab.open();
    const ask = async () =>
      (await lab.get({ target: '/session', headers: [['Cookie', cookie]] })).status;
    await clock.advance(11 * hours);
    expect(await ask()).toBe(204);
    await clock.advance(12 * hours - 1);
    expect(await ask()).toBe(204);
    await clock.advance(12 * hours);
    expect(await ask()).toBe(401);
    expect(await lab.wire({ Cookie: cookie, Origin: lab.origin })).toBe(401);
  });

  it('to 32 browsers; the one longest unused makes room for the next', async () => {
    const lab = await ServedLab.start();
    const cookies: string[] = [];
    for (let i = 0; i < 32; i += 1) cookies.push(await lab.open());
    const ask = async (cookie: string) =>
      (await lab.get({ target: '/session', headers: [['Cookie', cookie]] })).status;
    expect(await ask(cookies[0]!)).toBe(204);
    await lab.open();
    expect(await ask(cookies[0]!)).toBe(204);
    expect(await ask(cookies[1]!)).toBe(401);
  });
});

describe('the served host gives no session', () => {
  it.each([
    ['a wrong token', 401, JSON.stringify({ token: 'A'.repeat(43) })],
    ['an empty token', 401, JSON.stringify({ token: '' })],
    ['no token', 400, '{}'],
    ['a token that is no text', 400, '{"token":[1]}'],
    ['more than a token', 400, '{"token":"a","admin":true}'],
    ['null', 400, 'null'],
    ['no JSON', 400, 'token=a'],
    ['nothing', 400, ''],
    ['a body of more than 1 KiB', 413, JSON.stringify({ token: 'A'.repeat(1_100) })],
  ])('for %s', async (_name, status, body) => {
    const lab = await ServedLab.start();
    const answer = await lab.post(body);
    expect(answer.status).toBe(status);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.body).toBe('');
  });

  it('for a body of unknown length that does not end', async () => {
    const lab = await ServedLab.start();
    const answer = await lab.post(`2000\r\n${'x'.repeat(0x2000)}\r\n`, {
      headers: [
        ['Host', lab.authority],
        ['Origin', lab.origin],
        ['Content-Type', 'application/json'],
        ['Transfer-Encoding', 'chunked'],
      ],
    });
    expect(answer.status).toBe(413);
  });

  it('for a token in the query, in a header or as a cookie', async () => {
    const lab = await ServedLab.start();
    const answers = [
      await lab.get({ target: `/?token=${lab.token}` }),
      await lab.get({ target: `/session?token=${lab.token}` }),
      await lab.get({ target: '/session', headers: [['Authorization', `Bearer ${lab.token}`]] }),
      await lab.get({
        target: '/session',
        headers: [['Cookie', `trunkline_session_${lab.port}=${lab.token}`]],
      }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 401, 401]);
    for (const { headers } of answers) expect(headers['set-cookie']).toBeUndefined();
    const address = `ws://${lab.authority}/wire?token=${lab.token}`;
    expect(await lab.wire({ Origin: lab.origin }, address)).toBe(404);
  });

  it.each([
    'application/x-www-form-urlencoded',
    'text/plain',
    'multipart/form-data; boundary=a',
    'application/jsonp',
    '',
  ])('for a form of type %j, as a page elsewhere can send one', async (type) => {
    const lab = await ServedLab.start();
    const body = JSON.stringify({ token: lab.token });
    const headers = [
      ['Host', lab.authority],
      ['Origin', lab.origin],
      ...(type === '' ? [] : [['Content-Type', type] as const]),
      ['Content-Length', String(body.length)],
    ] as const;
    expect((await lab.post(body, { headers })).status).toBe(415);
  });

  it('after ten wrong tokens within a minute, for a minute, even for the right one', async () => {
    const clock = new ManualClock();
    const lab = await ServedLab.start(clock);
    for (let i = 0; i < 10; i += 1) {
      expect((await lab.bring(`wrong${i}`)).status).toBe(401);
      await clock.advance(5_000);
    }
    const locked = await lab.bring(lab.token);
    expect(locked.status).toBe(429);
    expect(locked.headers['retry-after']).toBe('55');
    await clock.advance(55_000);
    expect((await lab.bring(lab.token)).status).toBe(204);
  });

  it('and locks nobody out for ten wrong tokens over a longer time', async () => {
    const clock = new ManualClock();
    const lab = await ServedLab.start(clock);
    for (let i = 0; i < 30; i += 1) {
      expect((await lab.bring(`wrong${i}`)).status).toBe(401);
      await clock.advance(7_000);
    }
    expect((await lab.bring(lab.token)).status).toBe(204);
  });

  it('to a session of another Trunkline on the same machine', async () => {
    const [one, other] = [await ServedLab.start(), await ServedLab.start()];
    const cookie = await one.open();
    const asked = await requestRaw(other.port, {
      target: '/session',
      headers: [
        ['Host', other.authority],
        ['Cookie', cookie],
      ],
    });
    expect(asked.status).toBe(401);
    expect(cookieOf((await other.bring(other.token)).headers['set-cookie'])).not.toContain(
      `_${one.port}=`,
    );
  });
});
