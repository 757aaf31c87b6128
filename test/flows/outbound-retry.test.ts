import { describe, expect, test } from 'vitest';

import { findLatestAttempt } from '#main/history/attempts.ts';
import { countOutbox } from '#main/history/outbox.ts';
import { listReceipts } from '#main/history/receipts.ts';
import { acceptDelivery } from '#main/inbound/accept-delivery.ts';
import { retryDelay } from '#main/outbound/retry-delay.ts';
import { deliveryOf } from '#test/fakes/fake-carrier.ts';
import {
  type OutboundRoad,
  accepted,
  answers,
  outboundRoad,
  sends,
  shown,
  unsent,
} from '#test/fakes/outbound-road.ts';

/** When each try left, in milliseconds after the first. */
function tries(road: OutboundRoad): number[] {
  const rows = road.db.prepare('SELECT started_at FROM attempts ORDER BY attempt').pluck().all();
  const [first = 0] = rows as number[];
  return (rows as number[]).map((at) => at - first);
}

describe('a text that was not taken', () => {
  test('is tried again no sooner than the carrier asks', async () => {
    const road = outboundRoad();
    const outcomes = [unsent(2_000), unsent(30_000), accepted('p3')];
    road.carrier.onSend = () => outcomes.shift() ?? null;
    const entry = await sends(road);
    expect(shown(road, entry.id)).toMatchObject({
      state: 'queued',
      failure: { kind: 'rate-limited' },
    });
    await road.clock.advance(60_000);
    expect(tries(road)).toEqual([0, 2_000, 32_000]);
    expect(shown(road, entry.id)).toMatchObject({ state: 'accepted', failure: null });
    expect(findLatestAttempt(road.db, entry.id)).toMatchObject({ attempt: 3, providerId: 'p3' });
    expect(new Set(road.carrier.sent.map(({ uid }) => uid))).toEqual(new Set([entry.uid]));
  });

  test('is tried again after pauses that double, without a word from the carrier', async () => {
    const road = outboundRoad({ random: () => 1 });
    road.carrier.onSend = () => (road.carrier.sent.length < 6 ? unsent() : accepted('p'));
    await sends(road);
    await road.clock.advance(60_000);
    expect(tries(road)).toEqual([0, 500, 1_500, 3_500, 7_500, 15_500]);
  });

  test('is given up after twelve tries, with the reason, and a person may begin anew', async () => {
    const road = outboundRoad({ random: () => 1 });
    road.carrier.onSend = () => unsent();
    const entry = await sends(road);
    await road.clock.advance(7_200_000);
    expect(road.carrier.sent).toHaveLength(12);
    expect(shown(road, entry.id)).toMatchObject({
      state: 'failed',
      failure: { kind: 'rate-limited', raw: '429' },
    });
    expect(countOutbox(road.db)).toEqual({ waiting: 0, undecided: 0 });
    const kept = listReceipts(road.db, entry.id);
    expect(kept.filter(({ state }) => state === 'sending')).toHaveLength(12);
    expect(kept.at(-1)).toMatchObject({ attempt: 12, state: 'failed' });
  });

  test('waits for the line for a day, and goes out when it is back', async () => {
    const road = outboundRoad({ random: () => 1 });
    const offline = {
      kind: 'unsent',
      failure: { kind: 'network', raw: 'ENOTFOUND' },
      retryAfterMs: null,
    } as const;
    const backAt = road.clock.now() + 20 * 3_600_000;
    road.carrier.onSend = () => (road.clock.now() < backAt ? offline : accepted('p'));
    const entry = await sends(road);
    await road.clock.advance(21 * 3_600_000);
    expect(shown(road, entry.id).state).toBe('accepted');
  });

  test('is given up when the line has been gone for a day', async () => {
    const road = outboundRoad({ random: () => 1 });
    const offline = {
      kind: 'unsent',
      failure: { kind: 'network', raw: 'ENOTFOUND' },
      retryAfterMs: null,
    } as const;
    road.carrier.onSend = () => offline;
    const entry = await sends(road);
    await road.clock.advance(25 * 3_600_000);
    expect(shown(road, entry.id)).toMatchObject({ state: 'failed', failure: { kind: 'network' } });
  });

  test('and was reported delivered nonetheless is not tried again', async () => {
    const road = outboundRoad();
    const entry = await sends(road);
    await answers(road, unsent(5_000));
    const receipt = {
      kind: 'receipt',
      providerMessageId: 'p1',
      reference: entry.uid,
      state: 'delivered',
      failure: null,
      happenedAt: null,
    } as const;
    acceptDelivery(road, { log: 'relay', seq: 1, raw: deliveryOf(receipt) });
    await road.clock.advance(60_000);
    expect(road.carrier.sent).toHaveLength(1);
    expect(shown(road, entry.id).state).toBe('delivered');
  });
});

describe('a receipt that comes before the answer', () => {
  const receiptFor = (uid: string) =>
    ({
      kind: 'receipt',
      providerMessageId: 'p1',
      reference: uid,
      state: 'sent',
      failure: null,
      happenedAt: null,
    }) as const;

  test.each([
    ['accepted', accepted('p1')],
    ['not taken', unsent(1_000)],
    ['unknown', { kind: 'unknown', failure: { kind: 'no-answer', raw: null } }],
  ] as const)('is not overruled by the answer that it was %s', async (_what, outcome) => {
    const road = outboundRoad();
    const entry = await sends(road);
    const raw = deliveryOf(receiptFor(entry.uid));
    acceptDelivery(road, { log: 'relay', seq: 1, raw });
    expect(shown(road, entry.id).state).toBe('sent');
    await answers(road, outcome);
    await road.clock.advance(3_600_000);
    expect(shown(road, entry.id)).toMatchObject({ state: 'sent', undecided: false });
    expect(road.carrier.sent).toHaveLength(1);
    expect(road.outcomes).toEqual([outcome]);
    expect(countOutbox(road.db)).toEqual({ waiting: 0, undecided: 0 });
  });
});

describe('the pause before the next try', () => {
  test('is anything up to a roof that doubles from half a second to ten minutes', () => {
    const roofs = Array.from({ length: 14 }, (_, count) => retryDelay(count, () => 1));
    expect(roofs).toEqual([
      500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 128_000, 256_000, 512_000, 600_000,
      600_000, 600_000,
    ]);
    expect(retryDelay(5, () => 0)).toBe(0);
    expect(retryDelay(5, () => 0.25)).toBe(4_000);
  });

  test('is never the same for all: texts that failed together do not come back together', async () => {
    const chances = [0.1, 0.5, 0.9];
    let next = 0;
    const road = outboundRoad({ random: () => chances[next++ % 3] ?? 0 });
    road.carrier.onSend = () => (road.carrier.sent.length <= 3 ? unsent() : accepted('p'));
    for (let peer = 0; peer < 3; peer += 1) await sends(road, { peer, text: `${peer}` });
    await road.clock.advance(5_000);
    const again = road.db
      .prepare('SELECT started_at FROM attempts WHERE attempt = 2 ORDER BY started_at')
      .pluck()
      .all();
    expect(new Set(again).size).toBe(3);
  });
});
