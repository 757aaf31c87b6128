import { describe, expect, test } from 'vitest';

import { textsTaken } from '#test/carriers/smsc-reading.ts';
import { Smsc } from '#test/carriers/smsc.ts';

import { SmppDesk } from './smpp-desk.ts';

const long = 'A long text that takes several parts. '.repeat(12);

describe('a text that is taken', () => {
  test('has the carrier’s id, and goes out as the profile says', async () => {
    await using smsc = await Smsc.start();
    await using desk = await SmppDesk.bound(smsc.credentials);
    expect(await desk.send({ text: 'Your table is ready @ 7 €' })).toEqual({
      kind: 'accepted',
      providerMessageId: 'm1',
    });
    expect(smsc.submits).toMatchObject([
      {
        sourceTon: 1,
        sourceNpi: 1,
        source: '15550100001',
        destTon: 1,
        destNpi: 1,
        dest: '15550100002',
        esmClass: 0,
        dataCoding: 0,
        registeredDelivery: 1,
        text: 'Your table is ready @ 7 €',
      },
    ]);
    expect(smsc.breaches).toEqual([]);
  });

  test.each([
    ['udh', {}, 3],
    ['udh-16', {}, 3],
    ['sar', {}, 3],
    ['payload', {}, 1],
  ])('in several parts by %s names them all', async (longMode, more, parts) => {
    await using smsc = await Smsc.start();
    await using desk = await SmppDesk.bound({ ...smsc.credentials, longMode, ...more });
    const outcome = await desk.send({ text: long });
    expect(outcome).toEqual({
      kind: 'accepted',
      providerMessageId: Array.from({ length: parts }, (_, index) => `m${index + 1}`).join('+'),
    });
    expect(textsTaken(smsc)).toEqual([long]);
    expect(smsc.breaches).toEqual([]);
  });

  test.each(['udh', 'udh-16', 'sar', 'payload'])(
    'in UCS-2 by %s keeps every character whole',
    async (longMode) => {
      await using smsc = await Smsc.start();
      await using desk = await SmppDesk.bound({ ...smsc.credentials, longMode });
      const text = `a${'👍'.repeat(80)} çà`;
      expect(await desk.send({ text })).toMatchObject({ kind: 'accepted' });
      expect(textsTaken(smsc)).toEqual([text]);
      expect(smsc.submits.every((submit) => submit.text.isWellFormed())).toBe(true);
      expect(smsc.submits.every(({ dataCoding }) => dataCoding === 8)).toBe(true);
    },
  );

  test.each([
    ['72345', { sourceTon: 3, sourceNpi: 0, source: '72345' }, {}],
    ['72345', { sourceTon: 0, sourceNpi: 1, source: '72345' }, { shortCodeForm: '0/1' }],
    ['Trunkline', { sourceTon: 5, sourceNpi: 0, source: 'Trunkline' }, {}],
    ['+4712345678', { sourceTon: 1, sourceNpi: 1, source: '4712345678' }, {}],
  ])('from %s has the type of number the sheet names', async (from, expected, more) => {
    await using smsc = await Smsc.start();
    await using desk = await SmppDesk.bound({ ...smsc.credentials, ...more });
    expect(await desk.send({ from })).toMatchObject({ kind: 'accepted' });
    expect(smsc.submits).toMatchObject([expected]);
  });

  test('carries the parameters the carrier wants', async () => {
    await using smsc = await Smsc.start();
    const extraTlvs = '1400=CMP-1\n0x1401=hex:0aFF';
    await using desk = await SmppDesk.bound({ ...smsc.credentials, extraTlvs });
    await desk.send();
    const tlvs = smsc.submits[0]?.tlvs;
    expect(tlvs?.get(0x1400)?.toString()).toBe('CMP-1\0');
    expect([...(tlvs?.get(0x1401) ?? [])]).toEqual([0x0a, 0xff]);
  });

  test('many at once have ids of their own, and the window is never overstepped', async () => {
    await using smsc = await Smsc.start();
    let [onRoad, most] = [0, 0];
    smsc.manners.submit = () => {
      onRoad += 1;
      most = Math.max(most, onRoad);
      setTimeout(() => (onRoad -= 1), 10);
      return { kind: 'take', afterMs: 11 };
    };
    await using desk = await SmppDesk.bound({ ...smsc.credentials, window: '4' });
    const outcomes = await Promise.all(Array.from({ length: 60 }, () => desk.send()));
    const ids = outcomes.map((each) => (each.kind === 'accepted' ? each.providerMessageId : ''));
    expect(new Set(ids).size).toBe(60);
    expect(most).toBe(4);
  });

  test('at a pace, no second holds more parts than agreed', async () => {
    await using smsc = await Smsc.start();
    await using desk = await SmppDesk.bound({ ...smsc.credentials, partsPerSecond: '20' });
    const started = Date.now();
    await Promise.all(Array.from({ length: 30 }, () => desk.send()));
    expect(Date.now() - started).toBeGreaterThan(1_400);
    for (const at of smsc.submittedAt) {
      const within = smsc.submittedAt.filter((other) => other >= at && other < at + 900).length;
      expect(within).toBeLessThanOrEqual(20);
    }
  });
});
