import { describe, expect, test } from 'vitest';

import { saveConnectionRates } from '#main/history/connection-limits.ts';
import { drainOutbox } from '#main/outbound/drain-outbox.ts';
import { transact } from '#main/sqlite/database.ts';
import type { TextEntry } from '#shared/message/entry.ts';
import { fakeConnection } from '#test/fakes/history-desk.ts';
import { settle } from '#test/fakes/manual-clock.ts';
import {
  type OutboundRoad,
  accepted,
  outboundRoad,
  sends,
  shown,
} from '#test/fakes/outbound-road.ts';
import { peerNumber, textIn, textOut } from '#test/fakes/write-history.ts';

const perSecond = (limit: number) => ({ sms: { limit, within: 1_000 }, mms: null });

/** A road whose carrier takes so many texts a second, answers at once, and remembers when each came. */
function limitedRoad(limit: number): OutboundRoad & { readonly came: number[] } {
  const road = outboundRoad();
  saveConnectionRates(road.db, fakeConnection, perSecond(limit));
  const came: number[] = [];
  road.carrier.onSend = () => {
    came.push(road.clock.now());
    return accepted(`p${came.length}`);
  };
  return { ...road, came };
}

/** So many texts to as many people are written at once, and each has been looked at. */
async function write(road: OutboundRoad, count: number): Promise<TextEntry[]> {
  const texts = transact(road.db, () =>
    Array.from({ length: count }, (_, each) => textOut(road, { peer: peerNumber(each) })),
  );
  road.drain.wake();
  for (let turn = 0; turn < 20 + count / 50; turn += 1) await settle();
  return texts;
}

/** The most that came in any span of this length which begins with a text. */
function fullest(came: readonly number[], within: number): number {
  let [most, from] = [0, 0];
  came.forEach((at, index) => {
    while (at - (came[from] ?? 0) >= within) from += 1;
    most = Math.max(most, index - from + 1);
  });
  return most;
}

describe('texts beyond what the carrier takes', () => {
  test('leave at its rate for minutes on end, and never above it in any second', async () => {
    const road = limitedRoad(75);
    const began = road.clock.now();
    await write(road, 75 * 40);
    await road.clock.advance(39_000);
    const rate = road.came.filter((at) => at < began + 39_000).length / 39;
    process.stdout.write(`rate ${rate.toFixed(2)}/s, fullest ${fullest(road.came, 1_000)}\n`);
    expect(fullest(road.came, 1_000)).toBeLessThanOrEqual(75);
    expect(rate).toBeGreaterThan(75 * 0.99);
  });

  test('wait with the reason and the moment of their turn', async () => {
    const road = limitedRoad(2);
    const last = (await write(road, 301)).at(-1);
    if (last === undefined) throw new Error('nothing was written');
    const { waiting } = shown(road, last.id);
    expect(waiting).toMatchObject({
      reason: 'throughput',
      because: 'Fake takes 2 texts a second. Its turn comes in about 3 min.',
    });
    expect(waiting?.until).toBeGreaterThan(road.clock.now() + 140_000);
  });

  test('do not hold up an answer', async () => {
    const road = limitedRoad(2);
    const asked = textIn(road, { peer: peerNumber(900) });
    await write(road, 50);
    expect(road.came).toHaveLength(2);
    await sends(road, { peer: 900, text: `Re: ${asked.text}` });
    await road.clock.advance(1_100);
    expect(road.carrier.sent.map(({ text }) => text)).toContain('Re: Hello');
    expect(road.carrier.sent.length).toBeLessThan(6);
  });

  test('are forgotten by no restart', async () => {
    const road = limitedRoad(3);
    await write(road, 9);
    road.drain.stop();
    const again = drainOutbox({ ...road, bootId: 'boot-2' });
    again.wake();
    await settle();
    expect(road.came).toHaveLength(3);
    await road.clock.advance(10_000);
    again.stop();
    expect(road.came).toHaveLength(9);
    expect(fullest(road.came, 1_000)).toBe(3);
  });

  test('leave though the clock was set back by an hour', async () => {
    const road = limitedRoad(3);
    await write(road, 9);
    road.clock.jump(-3_600_000);
    await road.clock.advance(40_000);
    expect(road.came).toHaveLength(9);
  });
});
