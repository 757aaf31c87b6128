import { describe, expect, onTestFinished, test } from 'vitest';

import { countOutbox, findInOutbox } from '#main/history/outbox.ts';
import { listReceipts } from '#main/history/receipts.ts';
import { pageThreads } from '#main/history/thread-pages.ts';
import { acceptDelivery } from '#main/inbound/accept-delivery.ts';
import { drainOutbox } from '#main/outbound/drain-outbox.ts';
import { reconcile } from '#main/outbound/reconcile.ts';
import { takeUpAbandoned } from '#main/outbound/take-up-abandoned.ts';
import { tryAgain } from '#main/outbound/try-again.ts';
import type { TextEntry } from '#shared/message/entry.ts';
import type { ListedText } from '#shared/provider/carrier-lists.ts';
import { FakeCarrier, deliveryOf } from '#test/fakes/fake-carrier.ts';
import { historyDesk, ourNumber } from '#test/fakes/history-desk.ts';
import { settle } from '#test/fakes/manual-clock.ts';
import {
  type OutboundRoad,
  accepted,
  answers,
  outboundRoad,
  sends,
  shown,
  unknown,
} from '#test/fakes/outbound-road.ts';
import { peerNumber } from '#test/fakes/write-history.ts';

/** A road on which unknown outcomes are looked for too. */
function looking(carrier = new FakeCarrier()): OutboundRoad {
  const road = outboundRoad({ carrier });
  const repeating = reconcile(road);
  onTestFinished(() => repeating.stop());
  repeating.wake();
  return { ...road, drain: { ...road.drain, wake: () => (road.drain.wake(), repeating.wake()) } };
}

/** A text whose send was never answered. */
async function lost(road: OutboundRoad, more: { text?: string; peer?: number } = {}) {
  const entry = await sends(road, more);
  await answers(road, unknown);
  road.drain.wake();
  await settle();
  return entry;
}

const listed = (road: OutboundRoad, more: Partial<ListedText> = {}): ListedText => ({
  providerMessageId: 'p1',
  direction: 'out',
  reference: null,
  from: ourNumber,
  to: peerNumber(0),
  text: 'Hello',
  media: [],
  createdAt: road.clock.now(),
  state: 'sent',
  failure: null,
  billing: null,
  ...more,
});

const receiptOf = (uid: string | null, id = 'p1') =>
  deliveryOf({
    kind: 'receipt',
    providerMessageId: id,
    reference: uid,
    state: 'delivered',
    failure: null,
    happenedAt: null,
  });

describe('a text of unknown outcome', () => {
  test('is looked for in the carrier’s list at its times, and found by its words', async () => {
    const road = looking();
    const entry = await lost(road);
    const before = road.clock.now();
    await road.clock.advance(14_999);
    expect(road.carrier.asked).toEqual([]);
    road.carrier.list = [listed(road, { createdAt: before })];
    await road.clock.advance(1);
    expect(road.carrier.asked).toMatchObject([
      { since: before - 60_000, between: { line: ourNumber, peer: peerNumber(0) } },
    ]);
    expect(shown(road, entry.id)).toMatchObject({ state: 'sent', undecided: false });
    expect(countOutbox(road.db)).toEqual({ waiting: 0, undecided: 0 });
    expect(listReceipts(road.db, entry.id).at(-1)).toMatchObject({ source: 'list' });
    acceptDelivery(road, { log: 'relay', seq: 1, raw: receiptOf(null) });
    expect(shown(road, entry.id).state).toBe('delivered');
    expect(road.carrier.sent).toHaveLength(1);
  });

  test('is known by our reference rather than by its words, where the carrier keeps it', async () => {
    const road = looking();
    const entry = await lost(road);
    const other = listed(road, { providerMessageId: 'p7', reference: 'another' });
    road.carrier.list = [
      other,
      listed(road, { reference: entry.uid, text: null, state: 'failed' }),
    ];
    await road.clock.advance(15_000);
    expect(shown(road, entry.id).state).toBe('failed');
    acceptDelivery(road, { log: 'relay', seq: 1, raw: receiptOf(null, 'p7') });
    expect(shown(road, entry.id).state).toBe('failed');
  });

  test('is not taken for another text that is known already, or older, or of other words', async () => {
    const road = looking();
    const known = await sends(road);
    await answers(road, accepted('p0'));
    const entry = await lost(road);
    road.carrier.list = [
      listed(road, { providerMessageId: 'p0' }),
      listed(road, { providerMessageId: 'p8', createdAt: road.clock.now() - 120_000 }),
      listed(road, { providerMessageId: 'p9', text: 'Hello!' }),
      listed(road, { providerMessageId: 'p5', direction: 'in' }),
      listed(road, { providerMessageId: 'p6', to: peerNumber(5) }),
    ];
    await road.clock.advance(60_000);
    expect(shown(road, entry.id)).toMatchObject({ state: 'unknown', undecided: true });
    expect(shown(road, known.id).state).toBe('accepted');
  });

  test('is told apart from its twin: two lost, one listed, is one found', async () => {
    const road = looking();
    const first = await lost(road);
    const second = await lost(road);
    road.carrier.list = [listed(road)];
    await road.clock.advance(60_000);
    const states = [first, second].map(({ id }) => shown(road, id).state);
    expect(states.toSorted()).toEqual(['sent', 'unknown']);
  });

  test('that is found nowhere is put before a person, and never sent by itself', async () => {
    const road = looking();
    const entry = await lost(road);
    await road.clock.advance(15_000);
    expect(shown(road, entry.id)).toMatchObject({ state: 'unknown', undecided: false });
    await road.clock.advance(44_999);
    expect(shown(road, entry.id).undecided).toBe(false);
    await road.clock.advance(1);
    expect(shown(road, entry.id)).toMatchObject({ state: 'unknown', undecided: true });
    expect(countOutbox(road.db)).toEqual({ waiting: 0, undecided: 1 });
    const page = { view: 'failed', lineId: null, after: null, limit: 5 } as const;
    expect(pageThreads(road.db, page).threads).toHaveLength(1);
    await road.clock.advance(86_400_000);
    expect(road.carrier.sent).toHaveLength(1);
    expect(road.carrier.asked).toHaveLength(2);
  });

  test('is not given up because the list could not be read', async () => {
    const road = looking();
    const entry = await lost(road);
    road.carrier.list = null;
    await road.clock.advance(3_600_000);
    expect(shown(road, entry.id)).toMatchObject({ state: 'unknown', undecided: false });
    road.carrier.list = [listed(road, { createdAt: Date.UTC(2026, 0, 1) })];
    await road.clock.advance(30_000);
    expect(shown(road, entry.id).state).toBe('sent');
  });

  test('is put before a person when the list could not be read for two hours', async () => {
    const road = looking();
    const entry = await lost(road);
    road.carrier.list = null;
    await road.clock.advance(7_300_000);
    expect(shown(road, entry.id)).toMatchObject({ state: 'unknown', undecided: true });
    expect(road.carrier.sent).toHaveLength(1);
  });

  test('is known by its moment where the list keeps no words, but only if nothing else fits', async () => {
    const road = looking();
    const entry = await lost(road);
    const now = road.clock.now();
    const blank = (id: string, createdAt: number) =>
      listed(road, { providerMessageId: id, text: null, createdAt });
    road.carrier.list = [blank('p1', now), blank('p2', now - 500)];
    await road.clock.advance(15_000);
    expect(shown(road, entry.id).state).toBe('unknown');
    road.carrier.list = [blank('p1', now), blank('p2', now + 40_000_000)];
    await road.clock.advance(45_000);
    expect(shown(road, entry.id).state).toBe('sent');
  });

  test('does not keep others from being looked for when its list makes the adapter throw', async () => {
    const road = looking();
    const [first, second] = [await lost(road), await lost(road, { peer: 1 })];
    const { adapter } = road.carrier;
    const listTexts = adapter.listTexts?.bind(adapter);
    adapter.listTexts = async (query, deadline) => {
      if (query.between?.peer === peerNumber(0)) throw new Error('broken');
      return listTexts?.(query, deadline) as never;
    };
    road.carrier.list = [listed(road, { to: peerNumber(1) })];
    await road.clock.advance(20_000);
    expect(shown(road, second.id).state).toBe('sent');
    expect(shown(road, first.id)).toMatchObject({ state: 'unknown', undecided: false });
  });

  test('that a receipt tells of meanwhile is looked for no more', async () => {
    const road = looking();
    const entry = await lost(road);
    acceptDelivery(road, { log: 'relay', seq: 1, raw: receiptOf(entry.uid) });
    await road.clock.advance(3_600_000);
    expect(shown(road, entry.id)).toMatchObject({ state: 'delivered', undecided: false });
    expect(road.carrier.asked).toEqual([]);
  });

  test('where a carrier has no list waits as long, and then a person decides', async () => {
    const road = looking(new FakeCarrier({ listsMessages: false }));
    const entry = await lost(road);
    await road.clock.advance(59_999);
    expect(shown(road, entry.id).undecided).toBe(false);
    await road.clock.advance(1);
    expect(shown(road, entry.id).undecided).toBe(true);
  });
});

describe('a person’s decision to try again', () => {
  async function undecided(road: OutboundRoad): Promise<TextEntry> {
    const entry = await lost(road);
    await road.clock.advance(60_000);
    return shown(road, entry.id);
  }

  test('is one more attempt with the same reference', async () => {
    const road = looking();
    const entry = await undecided(road);
    expect(tryAgain(road, entry.id)).toMatchObject({ state: 'queued', undecided: false });
    road.drain.wake();
    await settle();
    expect(road.carrier.sent.map(({ uid }) => uid)).toEqual([entry.uid, entry.uid]);
    expect(() => tryAgain(road, entry.id)).toThrow(/not waiting for a decision/);
    await answers(road, accepted('p2'));
    expect(shown(road, entry.id)).toMatchObject({ state: 'accepted', undecided: false });
    const attempts = listReceipts(road.db, entry.id).map(({ attempt, state }) => [attempt, state]);
    expect(attempts.slice(-3)).toEqual([
      [2, 'queued'],
      [2, 'sending'],
      [2, 'accepted'],
    ]);
  });

  test('is no more needed where the first attempt is reported delivered', async () => {
    const road = looking();
    const entry = await undecided(road);
    acceptDelivery(road, { log: 'relay', seq: 1, raw: receiptOf(entry.uid) });
    expect(shown(road, entry.id)).toMatchObject({ state: 'delivered', undecided: false });
    expect(() => tryAgain(road, entry.id)).toThrow(/not waiting/);
    expect(countOutbox(road.db)).toEqual({ waiting: 0, undecided: 0 });
  });

  test('may be lost again, and is then looked for again', async () => {
    const road = looking();
    const entry = await undecided(road);
    tryAgain(road, entry.id);
    road.drain.wake();
    await settle();
    await answers(road, unknown);
    road.drain.wake();
    await settle();
    await road.clock.advance(60_000);
    expect(shown(road, entry.id)).toMatchObject({ state: 'unknown', undecided: true });
    expect(road.carrier.sent).toHaveLength(2);
  });
});

describe('a text that was on the road when the program ended', () => {
  test('is looked for after the next start, and never sent again', async () => {
    const before = outboundRoad();
    const entry = await sends(before);
    const waiting = await sends(before, { text: 'after it' });
    before.drain.stop();
    before.db.close();
    const carrier = new FakeCarrier();
    const desk = historyDesk({ dataFolder: before.dataFolder, bootId: 'boot-2', carrier });
    expect(takeUpAbandoned(desk)).toBe(1);
    expect(takeUpAbandoned(desk)).toBe(0);
    expect(findInOutbox(desk.db, entry.id)?.state).toBe('unknown');
    expect(desk.toldAs('entry.changed')).toMatchObject([{ entry: { state: 'unknown' } }]);
    const drain = drainOutbox(desk);
    const repeating = reconcile(desk);
    onTestFinished(() => (drain.stop(), repeating.stop()));
    drain.wake();
    repeating.wake();
    await settle();
    await desk.clock.advance(3_600_000);
    expect(carrier.sent.map(({ uid }) => uid)).toEqual([waiting.uid]);
    expect(carrier.asked).toHaveLength(2);
    expect(shown(desk, entry.id)).toMatchObject({ state: 'unknown', undecided: true });
  });

  test('is left alone where it is this run’s own', async () => {
    const road = outboundRoad();
    const entry = await sends(road);
    expect(takeUpAbandoned(road)).toBe(0);
    expect(shown(road, entry.id).state).toBe('sending');
  });
});
