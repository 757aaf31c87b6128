import { describe, expect, onTestFinished, test } from 'vitest';

import { learn } from '#main/history/learn.ts';
import { countOutbox } from '#main/history/outbox.ts';
import { reconcile } from '#main/outbound/reconcile.ts';
import { tryAgain } from '#main/outbound/try-again.ts';
import type { TextEntry } from '#shared/message/entry.ts';
import { settle } from '#test/fakes/manual-clock.ts';
import {
  type OutboundRoad,
  answers,
  outboundRoad,
  sends,
  shown,
  unknown,
  unsent,
} from '#test/fakes/outbound-road.ts';

/** A road on which unknown outcomes are looked for too. */
function looking(): OutboundRoad {
  const road = outboundRoad();
  const repeating = reconcile(road);
  onTestFinished(() => repeating.stop());
  return { ...road, drain: { ...road.drain, wake: () => (road.drain.wake(), repeating.wake()) } };
}

describe('a text that was tried again', () => {
  /** Its first attempt was never answered and is found nowhere. */
  async function undecided(road: OutboundRoad): Promise<TextEntry> {
    const entry = await sends(road);
    await answers(road, unknown);
    road.drain.wake();
    await settle();
    await road.clock.advance(60_000);
    return shown(road, entry.id);
  }

  /** News of the first attempt, by a road that knows which one it is about. */
  const hear = (road: OutboundRoad, entry: TextEntry, state: 'delivered' | 'unknown') =>
    learn(road.db, {
      entryId: entry.id,
      attempt: 1,
      state,
      connectionId: road.line.connectionId,
      providerId: null,
      failure: null,
      source: 'webhook',
      at: road.clock.now(),
      happenedAt: null,
    });

  test.each([unsent(), unknown])(
    'goes out no more where the first was delivered while the second was on its way: $kind',
    async (outcome) => {
      const road = looking();
      const entry = await undecided(road);
      tryAgain(road, entry.id);
      road.drain.wake();
      await settle();
      hear(road, entry, 'delivered');
      await answers(road, outcome);
      await road.clock.advance(3_600_000);
      expect(road.carrier.sent).toHaveLength(2);
      expect(shown(road, entry.id)).toMatchObject({ state: 'delivered', undecided: false });
      expect(countOutbox(road.db)).toEqual({ waiting: 0, undecided: 0 });
    },
  );

  test('still waits for a decision when old news of an earlier attempt comes', async () => {
    const road = looking();
    const entry = await undecided(road);
    tryAgain(road, entry.id);
    road.drain.wake();
    await settle();
    await answers(road, unknown);
    road.drain.wake();
    await settle();
    await road.clock.advance(60_000);
    hear(road, entry, 'unknown');
    expect(shown(road, entry.id)).toMatchObject({ state: 'unknown', undecided: true });
    expect(tryAgain(road, entry.id)).toMatchObject({ state: 'queued', undecided: false });
  });
});
