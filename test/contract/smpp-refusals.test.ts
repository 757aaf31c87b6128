import { describe, expect, test } from 'vitest';

import type { FailureKind } from '#shared/provider/send-failure.ts';
import { inTurn, textsTaken } from '#test/carriers/smsc-reading.ts';
import { Smsc } from '#test/carriers/smsc.ts';
import { closedPort } from '#test/fakes/raw-server.ts';

import { SmppDesk } from './smpp-desk.ts';

const refusals: readonly (readonly [number, FailureKind])[] = [
  [0x01, 'too-long'],
  [0x02, 'unmapped'],
  [0x03, 'unmapped'],
  [0x0a, 'not-allowed'],
  [0x0b, 'invalid-number'],
  [0x0d, 'credentials'],
  [0x15, 'not-allowed'],
  [0x33, 'unmapped'],
  [0x34, 'unmapped'],
  [0x40, 'unmapped'],
  [0x43, 'not-allowed'],
  [0x45, 'carrier-trouble'],
  [0x48, 'not-allowed'],
  [0x49, 'not-allowed'],
  [0x50, 'invalid-number'],
  [0x51, 'invalid-number'],
  [0x61, 'unmapped'],
  [0x62, 'unmapped'],
  [0x65, 'unmapped'],
  [0x66, 'unmapped'],
  [0xc0, 'unmapped'],
  [0xc4, 'unmapped'],
  [0xfe, 'carrier-trouble'],
  [0xff, 'carrier-trouble'],
  [0x104, 'content'],
  [0x400, 'unmapped'],
  [0x4ff, 'unmapped'],
  [0xdead, 'unmapped'],
];

describe('a text that is refused', () => {
  test.each(refusals)('with command_status %i is refused for good as %s', async (status, kind) => {
    await using smsc = await Smsc.start();
    smsc.manners.submit = () => ({ kind: 'refuse', status });
    await using desk = await SmppDesk.bound(smsc.credentials);
    const code = status.toString(16).toUpperCase().padStart(8, '0');
    expect(await desk.send()).toEqual({
      kind: 'refused',
      failure: { kind, raw: expect.stringMatching(new RegExp(`^0x${code}: \\w+`)) },
    });
  });

  test.each([
    [0x45, 2],
    [0xfe, 2],
    [0xff, 2],
    [0xc1, 2],
    [0x0b, 1],
    [0x58, 1],
  ])('with command_status %i was tried %i times', async (status, times) => {
    await using smsc = await Smsc.start();
    smsc.manners.submit = () => ({ kind: 'refuse', status });
    await using desk = await SmppDesk.bound(smsc.credentials);
    await desk.send();
    expect(smsc.submittedAt).toHaveLength(times);
  });

  test('goes out without optional parameters where those are refused, and so do those behind it', async () => {
    await using smsc = await Smsc.start();
    smsc.manners.submit = ({ tlvs }) =>
      tlvs.size > 0 ? { kind: 'refuse', status: 0xc1 } : { kind: 'take' };
    await using desk = await SmppDesk.bound(smsc.credentials);
    expect(await desk.send()).toMatchObject({ kind: 'accepted' });
    expect(await desk.send()).toMatchObject({ kind: 'accepted' });
    expect(smsc.submittedAt).toHaveLength(3);
  });

  test('for its alphabet goes out in UCS-2', async () => {
    await using smsc = await Smsc.start();
    smsc.manners.submit = ({ dataCoding }) =>
      dataCoding === 0 ? { kind: 'refuse', status: 0x104 } : { kind: 'take' };
    await using desk = await SmppDesk.bound(smsc.credentials);
    const text = 'x'.repeat(100);
    expect(await desk.send({ text })).toEqual({ kind: 'accepted', providerMessageId: 'm1+m2' });
    expect(textsTaken(smsc)).toEqual([text]);
  });

  test('by generic_nack is refused too', async () => {
    await using smsc = await Smsc.start();
    smsc.manners.submit = () => ({ kind: 'nack', status: 0x03 });
    await using desk = await SmppDesk.bound(smsc.credentials);
    expect(await desk.send()).toMatchObject({ kind: 'refused', failure: { kind: 'unmapped' } });
  });

  test.each([
    [{ to: 'Trunkline' }, 'invalid-number'],
    [{ to: '' }, 'invalid-number'],
    [{ from: 'Grüße' }, 'not-allowed'],
    [{ mediaUrls: ['https://media.example/1.jpg'] }, 'media'],
    [{ text: 'x'.repeat(153 * 255 + 1) }, 'too-long'],
  ])('%o never reaches the carrier', async (change, kind) => {
    await using smsc = await Smsc.start();
    await using desk = await SmppDesk.bound(smsc.credentials);
    expect(await desk.send(change)).toMatchObject({ kind: 'refused', failure: { kind } });
    expect(smsc.submittedAt).toEqual([]);
  });
});

describe('a text of which nothing was taken', () => {
  test.each([
    [0x08, 'carrier-trouble'],
    [0x14, 'carrier-trouble'],
    [0x64, 'carrier-trouble'],
    [0x04, 'carrier-trouble'],
  ])('answered with command_status %i is unsent', async (status, kind) => {
    await using smsc = await Smsc.start();
    smsc.manners.submit = inTurn({ kind: 'refuse', status });
    await using desk = await SmppDesk.bound(smsc.credentials);
    expect(await desk.send()).toMatchObject({ kind: 'unsent', failure: { kind } });
    if (status === 0x04) await expect.poll(() => smsc.binds).toHaveLength(2);
    await desk.isOk();
    expect(await desk.send()).toMatchObject({ kind: 'accepted' });
    expect(smsc.binds).toHaveLength(status === 0x04 ? 2 : 1);
  });

  test('too fast: nothing leaves for the pause, then the pace is halved and comes back', async () => {
    await using smsc = await Smsc.start();
    smsc.manners.submit = inTurn({ kind: 'refuse', status: 0x58 });
    await using desk = await SmppDesk.bound(smsc.credentials, { throttlePause: 200 });
    const outcome = await desk.send();
    expect(outcome).toMatchObject({ kind: 'unsent', failure: { kind: 'rate-limited' } });
    const pause = outcome.kind === 'unsent' ? outcome.retryAfterMs : null;
    expect(pause).toBeGreaterThan(100);
    expect(pause).toBeLessThanOrEqual(1_010);
    await desk.send();
    const [refused = 0, taken = 0] = smsc.submittedAt;
    expect(taken - refused).toBeGreaterThanOrEqual(195);
  });

  test('its turn not having come in time', async () => {
    await using smsc = await Smsc.start();
    smsc.manners.submit = () => ({ kind: 'take', afterMs: 400 });
    await using desk = await SmppDesk.bound({ ...smsc.credentials, window: '1' });
    const first = desk.send();
    expect(await desk.send({}, 100)).toMatchObject({ kind: 'unsent' });
    expect(await first).toMatchObject({ kind: 'accepted' });
    expect(smsc.submittedAt).toHaveLength(1);
  });

  test('before the session is bound, and where nobody listens', async () => {
    const address = `smpp://127.0.0.1:${await closedPort()}`;
    await using desk = new SmppDesk({ address, systemId: 'trunk', password: 'secret' });
    const unsent = { kind: 'unsent', failure: { kind: 'network' }, retryAfterMs: null };
    expect(await desk.send()).toMatchObject(unsent);
    await expect.poll(() => desk.road.state?.state).toBe('trouble');
    expect(desk.road.state?.sentence).toMatch(/cannot be reached: nothing listens there/);
    expect(await desk.send()).toMatchObject(unsent);
  });

  test('while the password is refused', async () => {
    await using smsc = await Smsc.start();
    await using desk = new SmppDesk({ ...smsc.credentials, password: 'wrong' });
    await expect.poll(() => desk.road.state?.state).toBe('trouble');
    expect(await desk.send()).toMatchObject({ kind: 'unsent', failure: { kind: 'credentials' } });
  });

  test('after the session was stopped', async () => {
    await using smsc = await Smsc.start();
    await using desk = await SmppDesk.bound(smsc.credentials);
    await desk.session.stop();
    expect(await desk.send()).toMatchObject({ kind: 'unsent' });
    expect(smsc.submittedAt).toEqual([]);
  });
});
