import { expect, test } from 'vitest';

import { countOutbox, markUndecided } from '#main/history/outbox.ts';
import { type Taken, takeListedText } from '#main/inbound/take-listed-text.ts';
import { all, transact } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import type { TextEntry } from '#shared/message/entry.ts';
import type { ListedText } from '#shared/provider/carrier-lists.ts';
import { fakeConnection, ourNumber } from '#test/fakes/history-desk.ts';
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

const tenMinutes = 600_000;

/** A list shows this long after the text was made. */
function take(road: OutboundRoad, text: Partial<ListedText> = {}): Taken {
  const listed: ListedText = {
    providerMessageId: 'p1',
    direction: 'out',
    reference: null,
    from: ourNumber,
    to: peerNumber(0),
    text: 'Hello',
    media: [],
    createdAt: road.clock.now() - tenMinutes,
    state: 'delivered',
    failure: null,
    billing: { segments: 1, priceMicros: 4_000, feeMicros: null, currency: 'USD' },
    ...text,
  };
  const now = road.clock.now();
  const listing = { provider: 'fake', connectionId: fakeConnection, now, unread: true };
  return transact(road.db, () => takeListedText(road.db, listing, listed));
}

const entries = (road: OutboundRoad): number => all(road.db, sql`SELECT 1 FROM entries`).length;

/** A text that was sent ten minutes ago and never answered. */
async function lost(road: OutboundRoad): Promise<TextEntry> {
  const entry = await sends(road);
  await answers(road, unknown);
  await road.clock.advance(tenMinutes);
  return entry;
}

test.each([
  ['by its words', () => ({})],
  ['by our reference', ({ uid }: TextEntry) => ({ reference: uid, text: null })],
])(
  'a text of unknown outcome that a list shows late is that text, %s, and not one from elsewhere',
  async (_how, how) => {
    const road = outboundRoad();
    const entry = await lost(road);
    expect(take(road, how(entry))).toMatchObject({ added: false });
    expect(shown(road, entry.id)).toMatchObject({ state: 'delivered', undecided: false });
    expect(countOutbox(road.db)).toEqual({ waiting: 0, undecided: 0 });
    expect(entries(road)).toBe(1);
    expect(take(road, how(entry))).toMatchObject({ added: false, changes: [] });
  },
);

test('nobody has to decide any more about a text that a list shows after all', async () => {
  const road = outboundRoad();
  const entry = await lost(road);
  transact(road.db, () => markUndecided(road.db, entry.id));
  take(road);
  expect(shown(road, entry.id)).toMatchObject({ state: 'delivered', undecided: false });
  expect(countOutbox(road.db)).toEqual({ waiting: 0, undecided: 0 });
});

test('a text on the road is left to its answer', async () => {
  const road = outboundRoad();
  const entry = await sends(road);
  await road.clock.advance(tenMinutes);
  expect(take(road)).toEqual({ added: false, changes: [] });
  expect(shown(road, entry.id).state).toBe('sending');
  await answers(road, accepted('p1'));
  expect(shown(road, entry.id).state).toBe('accepted');
  expect(entries(road)).toBe(1);
});

test('the same words, sent from elsewhere before or to somebody else, are another text', async () => {
  const road = outboundRoad();
  const entry = await lost(road);
  const before = road.clock.now() - tenMinutes - 61_000;
  expect(take(road, { createdAt: before })).toMatchObject({ added: true });
  expect(take(road, { to: peerNumber(1), providerMessageId: 'p2' })).toMatchObject({ added: true });
  expect(shown(road, entry.id).state).toBe('unknown');
  expect(entries(road)).toBe(3);
});
