import { describe, expect, it } from 'vitest';

import { addressKey, isLoopback } from '#main/relay/caller-address.ts';
import type { IntakeLimits } from '#main/relay/intake-limits.ts';
import { RateLimit } from '#main/relay/rate-limit.ts';
import { ManualClock } from '#test/fakes/manual-clock.ts';
import { RawCaller } from '#test/fakes/raw-caller.ts';
import { connection, connections, RelayDesk } from '#test/fakes/relay-desk.ts';

const second = 1_000;

/** A relay whose limits hold for loopback as they do for the world, under a clock that stands still. */
async function strictDesk(limits: Partial<IntakeLimits>) {
  const clock = new ManualClock();
  const known = { 'acme/c1': connection(), 'acme/c2': connection() };
  const findConnection = connections(known);
  const desk = await RelayDesk.start({
    clock,
    findConnection,
    limits: { limitLoopback: true, ...limits },
  });
  return { desk, clock };
}

async function statusesOf(calls: readonly Promise<Response>[]): Promise<number[]> {
  return (await Promise.all(calls)).map(({ status }) => status);
}

describe('limits: calls of one address', () => {
  const limits = { refusedPerAddress: { perSecond: 20, burst: 40 } };

  it('sheds an address after so many forged calls, and serves it again after a rest', async () => {
    const { desk, clock } = await strictDesk(limits);
    const forged = await statusesOf(
      Array.from({ length: 40 }, () => desk.post({ secret: 'wrong' })),
    );
    expect(forged).toEqual(forged.map(() => 403));
    const shed = await desk.post();
    expect(shed.status).toBe(429);
    expect(shed.headers.get('retry-after')).toBe('1');
    await clock.advance(second);
    expect((await desk.post()).status).toBe(200);
    expect(await desk.stored()).toHaveLength(1);
    expect(desk.relay.stats().refused).toEqual({ 'not-authentic': 40, 'address-rate': 1 });
  });

  it('holds guesses at paths against an address as well', async () => {
    const { desk } = await strictDesk(limits);
    for (let guess = 0; guess < 40; guess += 1)
      expect((await desk.post({ target: `/hooks/acme/guess-${guess}` })).status).toBe(404);
    expect((await desk.post({ target: '/hooks/acme/guess-41' })).status).toBe(429);
  });

  it('holds no authentic call against the address it comes from', async () => {
    const { desk } = await strictDesk({ ...limits, socketsPerAddress: 400 });
    const statuses = await statusesOf(Array.from({ length: 300 }, () => desk.post()));
    expect(statuses).toEqual(statuses.map(() => 200));
  });

  it('throttles nobody on this machine unless it is told to', async () => {
    const desk = await RelayDesk.start({ clock: new ManualClock() });
    for (let count = 0; count < 100; count += 1)
      expect((await desk.post({ secret: 'wrong' })).status).toBe(403);
    expect((await desk.post()).status).toBe(200);
  });
});

describe('limits: authentic calls for one connection', () => {
  it('sheds what is beyond the burst, leaves other connections alone, and fills up again', async () => {
    const { desk, clock } = await strictDesk({
      authenticPerConnection: { perSecond: 10, burst: 20 },
    });
    const statuses = await statusesOf(Array.from({ length: 30 }, () => desk.post()));
    expect(statuses.filter((status) => status === 200)).toHaveLength(20);
    const shed = await desk.post();
    expect(shed.status).toBe(429);
    expect(shed.headers.get('retry-after')).toBe('1');
    expect((await desk.post({ target: '/hooks/acme/c2' })).status).toBe(200);
    await clock.advance(second / 2);
    const after = await statusesOf(Array.from({ length: 10 }, () => desk.post()));
    expect(after.filter((status) => status === 200)).toHaveLength(5);
    expect(desk.relay.stats().refused).toEqual({ 'connection-rate': 16 });
  });

  it('serves a burst of 600 a second for five seconds by default', async () => {
    const clock = new ManualClock();
    const desk = await RelayDesk.start({ clock });
    for (let tenth = 0; tenth < 50; tenth += 1) {
      const statuses = await statusesOf(Array.from({ length: 60 }, () => desk.post()));
      expect(new Set(statuses)).toEqual(new Set([200]));
      await clock.advance(second / 10);
    }
    expect(desk.relay.stats()).toMatchObject({ received: 3_000, refused: {} });
  });
});

describe('limits: sockets', () => {
  it('closes what is more than one address may have', async () => {
    const { desk } = await strictDesk({ socketsPerAddress: 4 });
    const callers = [];
    for (let count = 0; count < 4; count += 1) callers.push(await RawCaller.open(desk.port));
    const fifth = await RawCaller.open(desk.port);
    expect(await fifth.untilClosed()).toEqual([]);
    expect(await callers[0]?.send(desk.bytesFor()).untilAnswered()).toEqual([200]);
    callers[1]?.socket.destroy();
    await new Promise((resolve) => setTimeout(resolve, 50));
    const sixth = await RawCaller.open(desk.port);
    expect(await sixth.send(desk.bytesFor()).untilAnswered()).toEqual([200]);
    expect(desk.relay.stats().refused).toEqual({ 'too-many-sockets': 1 });
  });

  it('closes what is more than it can serve at all', async () => {
    const desk = await RelayDesk.start({ limits: { sockets: 3 } });
    const callers = [];
    for (let count = 0; count < 4; count += 1) callers.push(await RawCaller.open(desk.port));
    expect(await callers[3]?.untilClosed()).toEqual([]);
    expect(await callers[0]?.send(desk.bytesFor()).untilAnswered()).toEqual([200]);
  });
});

describe('limits: time', () => {
  const limits = { headersTimeoutMs: 300, requestTimeoutMs: 600 };

  it('ends calls whose headers, body or chunks do not come to an end', async () => {
    const desk = await RelayDesk.start({ limits });
    const whole = desk.bytesFor({ body: 'x'.repeat(100) });
    const endless = whole
      .replace('content-length: 100', 'transfer-encoding: chunked')
      .replace(/x{100}$/, '5\r\nhello\r\n');
    const slow = [
      '',
      'POST /hooks',
      whole.slice(0, whole.indexOf('\r\n\r\n')),
      whole.slice(0, -1),
      endless,
    ];
    const callers = await Promise.all(slow.map(() => RawCaller.open(desk.port)));
    callers.forEach((caller, index) => caller.send(slow[index] ?? ''));
    for (const caller of callers) expect(await caller.untilClosed()).toEqual([408]);
    expect(await desk.stored()).toEqual([]);
    expect(desk.relay.stats().refused.slow).toBe(slow.length);
  });

  it('is not held open by a byte now and then', async () => {
    const desk = await RelayDesk.start({ limits });
    const caller = await RawCaller.open(desk.port);
    const bytes = desk.bytesFor({ body: 'x'.repeat(1_000) });
    const started = performance.now();
    caller.send(bytes.slice(0, -900));
    const drip = setInterval(() => caller.closed || caller.send('x'), 20);
    expect(await caller.untilClosed()).toEqual([408]);
    clearInterval(drip);
    expect(performance.now() - started).toBeLessThan(2_500);
    expect(await desk.stored()).toEqual([]);
  });

  it('serves as before while hundreds of callers dawdle', async () => {
    const desk = await RelayDesk.start();
    const dawdlers = await Promise.all(
      Array.from({ length: 300 }, () => RawCaller.open(desk.port)),
    );
    dawdlers.forEach((caller) => caller.send('POST /hooks/acme/c1 HTTP/1.1\r\nx-slow: '));
    const statuses = await statusesOf(Array.from({ length: 50 }, () => desk.post()));
    expect(new Set(statuses)).toEqual(new Set([200]));
  });
});

describe('limits: the buckets themselves', () => {
  it('never hold more than a burst, however long the rest or far the clock jumps', () => {
    const clock = new ManualClock();
    let jump = 0;
    const limit = new RateLimit(
      { perSecond: 1, burst: 3 },
      { now: () => clock.now() + jump, after: () => () => undefined },
    );
    const takeAll = (): number => [1, 2, 3, 4, 5].filter(() => limit.take('a')).length;
    expect(takeAll()).toBe(3);
    jump = 365 * 24 * 60 * 60 * second;
    expect(takeAll()).toBe(3);
    jump = -365 * 24 * 60 * 60 * second;
    expect(takeAll()).toBe(0);
    jump += 2 * second;
    expect(takeAll()).toBe(2);
  });

  it('count an IPv6 household as one, and an IPv4 address written as IPv6 as what it is', () => {
    expect(addressKey('2001:db8:1:2:3:4:5:6')).toBe(addressKey('2001:db8:1:2::9'));
    expect(addressKey('2001:db8:1:2::9')).not.toBe(addressKey('2001:db8:1:3::9'));
    expect(addressKey('2001:db8::1')).toBe(addressKey('2001:db8:0:0:ffff::'));
    expect(addressKey('::ffff:192.0.2.1')).toBe('192.0.2.1');
    expect(['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'].map(isLoopback)).not.toContain(
      false,
    );
    expect(['192.0.2.1', '2001:db8::1', '::ffff:192.0.2.1', ''].map(isLoopback)).not.toContain(
      true,
    );
  });
});
