import { readFileSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { defineSmpp } from '#main/providers/smpp/adapter.ts';
import { onlyLink } from '#test/carriers/smsc-reading.ts';
import { ids } from '#test/carriers/smsc-units.ts';
import { Smsc } from '#test/carriers/smsc.ts';

import { SmppDesk, quickTimes } from './smpp-desk.ts';

const message = { from: '15550100002', to: '15550100001', text: 'Hello' };
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('binding', () => {
  test('as one transceiver, with what the account sheet says', async () => {
    await using smsc = await Smsc.start();
    await using desk = await SmppDesk.bound({ ...smsc.credentials, systemType: 'VMA' });
    expect(smsc.binds).toEqual([{ id: ids.bindTransceiver, systemType: 'VMA' }]);
    expect(desk.road.states.map(({ state }) => state)).toEqual(['starting', 'ok']);
    expect(smsc.breaches).toEqual([]);
  });

  test('as a transmitter and a receiver, each for its way; neither stays without the other', async () => {
    await using smsc = await Smsc.start();
    await using desk = await SmppDesk.bound({ ...smsc.credentials, bindMode: 'tx_rx' });
    expect(smsc.binds.map(({ id }) => id)).toEqual([ids.bindTransmitter, ids.bindReceiver]);
    expect(await desk.send()).toMatchObject({ kind: 'accepted' });
    expect(await smsc.deliver(message)).toBe(0);
    smsc.receivers[0]?.socket.destroy();
    await expect.poll(() => smsc.binds).toHaveLength(4);
    await desk.isOk();
    expect(smsc.boundCount).toBe(2);
    await desk.session.stop();
    expect(smsc.unbinds).toBe(2);
  });

  test.each([
    [0x0e, /refused the password/],
    [0x0f, /does not know the system id/],
  ])(
    'refused with %i: says so and tries no more, lest the account be locked',
    async (status, words) => {
      await using smsc = await Smsc.start();
      smsc.manners.bind = () => status;
      await using desk = new SmppDesk(smsc.credentials);
      await expect.poll(() => desk.road.state?.sentence).toMatch(words);
      await pause(4 * quickTimes.slowPause);
      expect(smsc.binds).toHaveLength(1);
    },
  );

  test.each([
    [0x05, /another program holds it/],
    [0x0d, /whether it allows this machine/],
    [0x53, /refused the bind \(0x00000053: RINVSYSTYP\)/],
  ])('refused with %i: says why and tries again, slowly', async (status, words) => {
    await using smsc = await Smsc.start();
    smsc.manners.bind = (attempt) => (attempt === 1 ? status : 0);
    const since = Date.now();
    await using desk = new SmppDesk(smsc.credentials);
    await expect.poll(() => desk.road.state?.sentence).toMatch(words);
    await desk.isOk();
    expect(Date.now() - since).toBeGreaterThanOrEqual(quickTimes.slowPause);
  });

  test.each([0x08, 0x14, 0x58, 'silent', 'cut'] as const)(
    'answered with %s: tries again soon',
    async (manner) => {
      await using smsc = await Smsc.start();
      smsc.manners.bind = (attempt) => (attempt < 3 ? manner : 0);
      await using desk = await SmppDesk.bound(smsc.credentials, { bind: 150 });
      expect(smsc.binds).toHaveLength(3);
      const troubles = desk.road.states.filter(({ state }) => state === 'trouble');
      expect(troubles).toHaveLength(2);
    },
  );

  test('waits for the goodbye of the session before it, so that one bind is room enough', async () => {
    await using smsc = await Smsc.start();
    smsc.manners.mostBinds = 1;
    const definition = defineSmpp(quickTimes);
    const before = new SmppDesk(smsc.credentials, {}, definition);
    await before.isOk();
    smsc.manners.submit = () => ({ kind: 'take', afterMs: 200 });
    const sending = before.send();
    const stopping = before.session.stop();
    await using after = new SmppDesk(smsc.credentials, {}, definition);
    await after.isOk();
    await stopping;
    expect(await sending).toMatchObject({ kind: 'accepted' });
    expect(smsc.breaches).toEqual([]);
    expect(after.road.states.map(({ state }) => state)).toEqual(['starting', 'ok']);
  });
});

describe('TLS', () => {
  const key = readFileSync('test/fixtures/self-signed-key.pem', 'utf8');
  const cert = readFileSync('test/fixtures/self-signed-certificate.pem', 'utf8');

  test('to a server whose authority is known carries texts both ways', async () => {
    await using smsc = await Smsc.start({ tls: { key, cert } });
    const certificateAuthority = cert;
    await using desk = await SmppDesk.bound({
      ...smsc.credentials,
      address: `smpps://localhost:${smsc.port}`,
      certificateAuthority,
    });
    expect(await desk.send()).toMatchObject({ kind: 'accepted' });
    expect(await smsc.deliver(message)).toBe(0);
  });

  test('to one whose certificate nobody signed says no password', async () => {
    await using smsc = await Smsc.start({ tls: { key, cert } });
    await using desk = new SmppDesk(smsc.credentials);
    await expect.poll(() => desk.road.state?.sentence).toMatch(/TLS.*(SELF_SIGNED|UNABLE|CERT)/);
    expect(smsc.binds).toEqual([]);
  });

  test('to one of another name says no password', async () => {
    await using smsc = await Smsc.start({ tls: { key, cert } });
    const more = { certificateAuthority: cert, serverName: 'smsc.example' };
    await using desk = new SmppDesk({ ...smsc.credentials, ...more });
    await expect.poll(() => desk.road.state?.sentence).toMatch(/ERR_TLS_CERT_ALTNAME_INVALID/);
    expect(smsc.binds).toEqual([]);
  });

  test('to a server that speaks none', async () => {
    await using smsc = await Smsc.start();
    await using desk = new SmppDesk(
      { ...smsc.credentials, address: `smpps://127.0.0.1:${smsc.port}` },
      { connect: 300 },
    );
    await expect.poll(() => desk.road.state?.state).toBe('trouble');
    expect(smsc.binds).toEqual([]);
  });
});

describe('standing', () => {
  test('asks whether the carrier is there, and comes back when it is not', async () => {
    await using smsc = await Smsc.start();
    const times = { enquireEvery: 60, enquireAnswer: 100 };
    await using desk = await SmppDesk.bound(smsc.credentials, times);
    await expect.poll(() => smsc.enquiries).toBeGreaterThan(2);
    expect(smsc.binds).toHaveLength(1);
    smsc.manners.answersEnquire = false;
    await expect.poll(() => smsc.binds.length).toBeGreaterThan(1);
    const words = desk.road.states.map(({ sentence }) => sentence);
    expect(words.join()).toMatch(/lost: enquire_link went unanswered/);
    smsc.manners.answersEnquire = true;
    await desk.isOk();
    expect(await desk.send()).toMatchObject({ kind: 'accepted' });
  });

  test('answers whether it is there, octet by octet as in the standard', async () => {
    await using smsc = await Smsc.start();
    await using _desk = await SmppDesk.bound(smsc.credentials);
    const link = await onlyLink(smsc);
    const heard: Buffer[] = [];
    link.socket.on('data', (chunk: Buffer) => heard.push(chunk));
    link.socket.write(Buffer.from('00000010000000150000000000000001', 'hex'));
    await expect
      .poll(() => Buffer.concat(heard).toString('hex'))
      .toBe('00000010800000150000000000000001');
  });

  test('is told goodbye, answers and comes back', async () => {
    await using smsc = await Smsc.start();
    await using desk = await SmppDesk.bound(smsc.credentials);
    const link = await onlyLink(smsc);
    expect(await link.ask(ids.unbind)).toBe(0);
    await expect.poll(() => smsc.binds).toHaveLength(2);
    await desk.isOk();
  });

  test('comes back with pauses that grow, and begins anew after a good bind', async () => {
    await using smsc = await Smsc.start();
    const boundAt: number[] = [];
    smsc.manners.bind = () => {
      boundAt.push(Date.now());
      return boundAt.length < 6 ? 0x08 : 0;
    };
    const times = { firstPause: 100, longestPause: 2_000 };
    await using desk = await SmppDesk.bound(smsc.credentials, times);
    const gaps = boundAt.slice(1).map((at, index) => at - (boundAt[index] ?? 0));
    [50, 100, 200, 400, 800].forEach((least, index) =>
      expect(gaps[index]).toBeGreaterThanOrEqual(least - 2),
    );
    expect(Math.max(...gaps)).toBeLessThan(1_600 + 600);
    await pause(quickTimes.goodBind);
    const cutAt = Date.now();
    smsc.cut();
    await expect.poll(() => boundAt).toHaveLength(7);
    await desk.isOk();
    expect((boundAt[6] ?? 0) - cutAt).toBeLessThan(700);
  });
});

describe('stopping', () => {
  test('waits for what is on the road both ways, unbinds and closes', async () => {
    await using smsc = await Smsc.start();
    smsc.manners.submit = () => ({ kind: 'take', afterMs: 150 });
    await using desk = await SmppDesk.bound(smsc.credentials);
    const { promise, resolve } = Promise.withResolvers<null>();
    desk.road.gate = promise;
    const [sending, delivering] = [desk.send(), smsc.deliver(message)];
    await expect.poll(() => desk.road.appends).toBe(1);
    const stopped = desk.session.stop();
    setTimeout(() => resolve(null), 100);
    await stopped;
    expect(await sending).toMatchObject({ kind: 'accepted' });
    expect(await delivering).toBe(0);
    expect(smsc.unbinds).toBe(1);
    await expect.poll(() => smsc.links.size).toBe(0);
  });

  test('lets a text in parts that has begun come to its end', async () => {
    await using smsc = await Smsc.start();
    await using desk = await SmppDesk.bound({ ...smsc.credentials, partsPerSecond: '10' });
    const sending = desk.send({ text: 'long '.repeat(80) });
    await expect.poll(() => smsc.submits).toHaveLength(1);
    await desk.session.stop();
    expect(await sending).toMatchObject({ kind: 'accepted' });
    expect(smsc.submits).toHaveLength(3);
  });

  test('takes no longer than it may where the carrier says nothing any more', async () => {
    await using smsc = await Smsc.start();
    smsc.manners.answersUnbind = false;
    smsc.manners.submit = () => ({ kind: 'silent' });
    await using desk = await SmppDesk.bound(smsc.credentials, { stop: 500 });
    const sending = desk.send();
    const since = Date.now();
    await desk.session.stop();
    expect(Date.now() - since).toBeLessThan(1_500);
    expect(await sending).toMatchObject({ kind: 'unknown' });
  });

  test.each(['while it binds', 'while it waits to come back'])('%s', async (when) => {
    await using smsc = await Smsc.start();
    smsc.manners.bind = () => (when === 'while it binds' ? 'silent' : 0x08);
    await using desk = new SmppDesk(smsc.credentials, { firstPause: 5_000, longestPause: 5_000 });
    await expect.poll(() => smsc.binds).toHaveLength(1);
    await pause(50);
    const since = Date.now();
    await desk.session.stop();
    expect(Date.now() - since).toBeLessThan(2_000);
    await pause(50);
    expect(smsc.binds).toHaveLength(1);
    expect(smsc.links.size).toBe(0);
  });
});
