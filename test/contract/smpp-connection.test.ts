import { describe, expect, test } from 'vitest';

import { defineSmpp, smpp } from '#main/providers/smpp/adapter.ts';
import { capabilitiesSchema } from '#shared/provider/capabilities.ts';
import { ids } from '#test/carriers/smsc-units.ts';
import { Smsc } from '#test/carriers/smsc.ts';
import { closedPort } from '#test/fakes/raw-server.ts';

import { SmppDesk, quickTimes } from './smpp-desk.ts';

const good = { address: 'smpps://smsc.example:3550', systemId: 'trunk', password: 'secret' };

function open(credentials: Readonly<Record<string, string>>, baseUrl: string | null = null) {
  const connection = { connectionId: 'c1', baseUrl, numbers: [], hooks: [] };
  return defineSmpp(quickTimes).open({ ...connection, credentials });
}

const tryThem = (credentials: Readonly<Record<string, string>>, deadlineMs = 1_000) =>
  open(credentials).adapter.testCredentials(deadlineMs);

describe('a connection', () => {
  test('says what SMPP can do, and offers exactly that', () => {
    expect(() => capabilitiesSchema.parse(smpp.capabilities)).not.toThrow();
    const { adapter } = open(good);
    expect(smpp.capabilities).toMatchObject({ keepsSession: true, hooks: [], mms: false });
    expect(adapter.keepSession).toBeTypeOf('function');
    for (const absent of ['listTexts', 'listNumbers', 'listCalls', 'confirm', 'buyNumber'] as const)
      expect(adapter[absent]).toBeUndefined();
    expect(adapter.mediaAccess()).toEqual({ origins: [], headers: {} });
  });

  test.each([
    [{}, 10],
    [{ window: '40' }, 40],
    [{ window: '40', partsPerSecond: '3' }, 6],
  ])('with %o is given %i texts at once', (change, most) => {
    expect(open({ ...good, ...change }).adapter.capabilities.parallelSends).toBe(most);
  });

  test('lets nothing in by webhook', () => {
    const { guard } = open(good);
    const raw = {
      provider: 'smpp',
      connectionId: 'c1',
      method: 'POST',
      url: '',
      headers: {},
      body: new Uint8Array(),
      receivedAt: 0,
    };
    expect(guard.authenticate(raw)).toBe('forged');
  });

  test.each([
    [{ address: 'smpp://127.0.0.1:2775' }, null],
    [{ address: 'smpp://[::1]:2775' }, null],
    [{ address: 'smpp://localhost' }, null],
    [{ address: 'smpp://10.0.0.5:2775', unencrypted: 'through-vpn' }, null],
    [{ address: 'ssmpp://smsc.example' }, null],
    [{ address: '' }, 'https://smsc.example:3550'],
    [{ address: '' }, 'http://127.0.0.1:2775'],
    [{ window: '100', partsPerSecond: '30', systemType: '', extraTlvs: '1400=A' }, null],
  ])('opens with %o and base %s', (change, baseUrl) => {
    expect(() => open({ ...good, ...change }, baseUrl)).not.toThrow();
  });

  test.each([
    [{ address: '' }, null, /credentials\.address is missing/],
    [{ address: 'smsc.example:3550' }, null, /credentials\.address must be smpps:\/\//],
    [{ address: 'smpps://user:secret@smsc.example' }, null, /credentials\.address must hold/],
    [{ address: 'smpps://smsc.example/path' }, null, /credentials\.address must hold/],
    [{ address: 'smpp://smsc.example:2775' }, null, /smpps:\/\/.*in the clear.*through-vpn/],
    [{}, 'http://smsc.example:2775', /baseUrl must begin with smpps/],
    [{}, 'ftp://smsc.example', /baseUrl must be smpps/],
    [{ systemId: '' }, null, /credentials\.systemId is missing/],
    [{ systemId: 'sixteencharacter' }, null, /systemId must have no more than 15/],
    [{ systemId: 'zwölf' }, null, /systemId must be printable ASCII/],
    [{ password: '' }, null, /credentials\.password is missing/],
    [{ password: 'x'.repeat(65) }, null, /password must have no more than 64/],
    [{ bindMode: 'both' }, null, /bindMode must be one of trx, tx_rx/],
    [{ longMode: 'long' }, null, /longMode must be one of udh/],
    [{ alphabet: 'utf-8' }, null, /alphabet must be one of gsm-7, latin-1/],
    [{ idFormat: 'octal' }, null, /idFormat must be one of/],
    [{ window: '0' }, null, /window must be a whole number from 1 to 100/],
    [{ window: 'ten' }, null, /window must be a whole number from 1 to 100/],
    [{ partsPerSecond: '1.5' }, null, /partsPerSecond must be a whole number/],
    [{ extraTlvs: '0424=hidden text' }, null, /extraTlvs must have lines/],
    [{ extraTlvs: '1400=hex:0' }, null, /extraTlvs must have lines/],
    [{ certificateAuthority: 'secret' }, null, /certificateAuthority must be a certificate/],
  ])('does not open with %o and base %s', (change, baseUrl, words) => {
    const opening = () => open({ ...good, ...change }, baseUrl);
    expect(opening).toThrow(words);
    expect(opening).not.toThrow(/secret|hidden/);
  });
});

describe('a test of the credentials', () => {
  test('binds as a transmitter, so that no text comes in, and unbinds', async () => {
    await using smsc = await Smsc.start();
    expect(await tryThem(smsc.credentials)).toEqual({ kind: 'told', answer: { account: null } });
    expect(smsc.binds.map(({ id }) => id)).toEqual([ids.bindTransmitter]);
    expect(smsc.unbinds).toBe(1);
    await expect.poll(() => smsc.links.size).toBe(0);
  });

  test.each([
    [{ password: 'wrong' }, /^0x0000000E: RINVPASWD/],
    [{ systemId: 'nobody' }, /^0x0000000F: RINVSYSID/],
  ])('that are wrong (%o) says which', async (change, raw) => {
    await using smsc = await Smsc.start();
    expect(await tryThem({ ...smsc.credentials, ...change })).toMatchObject({
      kind: 'not-told',
      failure: { kind: 'credentials', raw: expect.stringMatching(raw) },
    });
  });

  test.each([
    [0x05, 'not-allowed', /another program/],
    [0x0d, 'credentials', /address of this machine/],
    [0x08, 'carrier-trouble', /RSYSERR/],
    [0x58, 'rate-limited', /RTHROTTLED/],
    [0x401, 'unmapped', /0x00000401/],
  ])('answered with %i says what it means', async (status, kind, raw) => {
    await using smsc = await Smsc.start();
    smsc.manners.bind = () => status;
    expect(await tryThem(smsc.credentials)).toMatchObject({
      kind: 'not-told',
      failure: { kind, raw: expect.stringMatching(raw) },
    });
  });

  test.each([
    ['silent', 'no-answer'],
    ['cut', 'no-answer'],
  ] as const)('where the carrier is %s ends at its deadline', async (manner, kind) => {
    await using smsc = await Smsc.start();
    smsc.manners.bind = () => manner;
    const since = Date.now();
    expect(await tryThem(smsc.credentials, 200)).toMatchObject({ failure: { kind } });
    expect(Date.now() - since).toBeLessThan(2_000);
    await expect.poll(() => smsc.links.size).toBe(0);
  });

  test('where nobody listens', async () => {
    const address = `smpp://127.0.0.1:${await closedPort()}`;
    expect(await tryThem({ ...good, address })).toMatchObject({
      kind: 'not-told',
      failure: { kind: 'network', raw: expect.stringMatching(/ECONNREFUSED/) },
    });
  });

  test('while our own session takes all the room there is says they are good', async () => {
    await using smsc = await Smsc.start();
    smsc.manners.mostBinds = 1;
    await using desk = await SmppDesk.bound(smsc.credentials);
    expect(await desk.adapter.testCredentials(1_000)).toMatchObject({ kind: 'told' });
    expect(await tryThem(smsc.credentials)).toMatchObject({ failure: { kind: 'not-allowed' } });
    expect(await desk.send()).toMatchObject({ kind: 'accepted' });
  });
});
