import { describe, expect, test, vi } from 'vitest';

import type { Message } from '#test/carriers/smsc-message.ts';
import { Smsc } from '#test/carriers/smsc.ts';

import { SmppDesk } from './smpp-desk.ts';

const message: Message = { from: '15550100002', to: '15550100001', text: 'Yes' };

async function reconnected(smsc: Smsc, desk: SmppDesk): Promise<void> {
  const before = smsc.binds.length;
  await expect.poll(() => smsc.binds.length).toBeGreaterThan(before);
  await desk.isOk();
  await expect.poll(() => smsc.receivers).toHaveLength(1);
}

async function cutAndBack(smsc: Smsc, desk: SmppDesk): Promise<void> {
  const back = reconnected(smsc, desk);
  smsc.cut();
  await back;
}

const textsIn = (desk: SmppDesk) =>
  desk.events.map((event) => (event.kind === 'text-received' ? event.text : event.kind));

describe('the same text again', () => {
  test('over the same connection is another text', async () => {
    await using smsc = await Smsc.start();
    await using desk = await SmppDesk.bound(smsc.credentials);
    for (const _ of [1, 2, 3]) expect(await smsc.deliver(message)).toBe(0);
    expect(textsIn(desk)).toEqual(['Yes', 'Yes', 'Yes']);
    const ids = desk.events.map((each) => 'providerMessageId' in each && each.providerMessageId);
    expect(new Set(ids).size).toBe(3);
  });

  test('sent twice at once is two texts', async () => {
    await using smsc = await Smsc.start();
    await using desk = await SmppDesk.bound(smsc.credentials);
    expect(await Promise.all([smsc.deliver(message), smsc.deliver(message)])).toEqual([0, 0]);
    expect(textsIn(desk)).toEqual(['Yes', 'Yes']);
  });

  test('after a connection that broke before the answer is the same one', async () => {
    await using smsc = await Smsc.start();
    await using desk = await SmppDesk.bound(smsc.credentials);
    const { promise, resolve } = Promise.withResolvers<null>();
    desk.road.gate = promise;
    const lost = smsc.deliver(message);
    await expect.poll(() => desk.road.appends).toBe(1);
    await cutAndBack(smsc, desk);
    expect(await lost).toBe(-1);
    resolve(null);
    expect(await smsc.deliver(message)).toBe(0);
    expect(textsIn(desk)).toEqual(['Yes']);
  });

  test('after a connection that broke right after the answer is the same one, once', async () => {
    await using smsc = await Smsc.start();
    await using desk = await SmppDesk.bound(smsc.credentials);
    await smsc.deliver(message);
    await cutAndBack(smsc, desk);
    expect(await smsc.deliver(message)).toBe(0);
    expect(textsIn(desk)).toEqual(['Yes']);
    expect(await smsc.deliver(message)).toBe(0);
    expect(textsIn(desk)).toEqual(['Yes', 'Yes']);
  });

  test('after several broken connections is still the same one', async () => {
    await using smsc = await Smsc.start();
    await using desk = await SmppDesk.bound(smsc.credentials);
    for (const _ of [1, 2, 3]) {
      await smsc.deliver(message);
      await cutAndBack(smsc, desk);
    }
    expect(textsIn(desk)).toEqual(['Yes']);
  });

  test('after a connection that held long after the answer is another text', async () => {
    await using smsc = await Smsc.start();
    await using desk = await SmppDesk.bound(smsc.credentials, { answerDoubt: 100 });
    await smsc.deliver(message);
    await new Promise((resolve) => setTimeout(resolve, 150));
    await cutAndBack(smsc, desk);
    await smsc.deliver(message);
    expect(textsIn(desk)).toEqual(['Yes', 'Yes']);
  });

  test('after an answer that came late is the same one', async () => {
    await using smsc = await Smsc.start();
    await using desk = await SmppDesk.bound(smsc.credentials, { slowAnswer: 50 });
    const { promise, resolve } = Promise.withResolvers<null>();
    desk.road.gate = promise;
    const slow = smsc.deliver(message);
    await new Promise((wait) => setTimeout(wait, 100));
    resolve(null);
    expect(await slow).toBe(0);
    expect(await smsc.deliver(message)).toBe(0);
    expect(textsIn(desk)).toEqual(['Yes']);
  });

  test('after it was stored and refused all the same is the same one', async () => {
    await using smsc = await Smsc.start();
    await using desk = await SmppDesk.bound(smsc.credentials);
    desk.road.isForgetful = true;
    expect(await smsc.deliver(message)).toBe(0x08);
    desk.road.isForgetful = false;
    expect(await smsc.deliver(message)).toBe(0);
    expect(textsIn(desk)).toEqual(['Yes']);
    expect(await smsc.deliver(message)).toBe(0);
    expect(textsIn(desk)).toEqual(['Yes', 'Yes']);
  });

  test('over a restart of the program counts once within its ten minutes, and not beyond', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 0, 1, 12, 1) });
    try {
      await using smsc = await Smsc.start();
      const keys: string[] = [];
      for (const minute of [1, 4, 11]) {
        vi.setSystemTime(Date.UTC(2026, 0, 1, 12, minute));
        await using desk = await SmppDesk.bound(smsc.credentials);
        await smsc.deliver(message);
        keys.push(...desk.road.arrivals.map(({ key }) => key));
      }
      expect(keys[0]).toBe(keys[1]);
      expect(keys[0]).not.toBe(keys[2]);
    } finally {
      vi.useRealTimers();
    }
  });

  test('receipts repeated are one arrival', async () => {
    await using smsc = await Smsc.start();
    await using desk = await SmppDesk.bound(smsc.credentials);
    const receipt = { ...message, esmClass: 0x04, text: 'id:1 stat:DELIVRD' };
    for (const _ of [1, 2, 3]) expect(await smsc.deliver(receipt)).toBe(0);
    expect(desk.road.arrivals).toHaveLength(1);
  });
});
