import { expect, onTestFinished, test } from 'vitest';

import { listAttention } from '#main/history/attention.ts';
import { readCursor } from '#main/history/deliveries-seen.ts';
import { confirmAndAccept, retryUnconfirmed } from '#main/inbound/confirm-delivery.ts';
import { all, run } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import type { TextReceived } from '#shared/provider/delivery.ts';
import type { Confirmation, ProviderAdapter } from '#shared/provider/provider.ts';
import { deliveryOf } from '#test/fakes/fake-carrier.ts';
import { type HistoryDesk, historyDesk, ourNumber } from '#test/fakes/history-desk.ts';
import { settle } from '#test/fakes/manual-clock.ts';

const unclear: Confirmation = {
  kind: 'unclear',
  failure: { kind: 'carrier-trouble', raw: 'HTTP 503' },
};

const text = (id: string, words: string): TextReceived => ({
  kind: 'text-received',
  providerMessageId: id,
  from: '+15550100100',
  to: ourNumber,
  text: words,
  media: [],
  part: null,
  sentAt: null,
});

type Asking = HistoryDesk & {
  /** What the carrier says when it is asked. */
  answer: () => Promise<Confirmation>;
  asked: number;
};

/** A desk over a carrier that signs nothing, which is asked again in time. */
function asking(first: () => Promise<Confirmation>): Asking {
  const plain = historyDesk();
  const desk: Asking = { ...plain, answer: first, asked: 0, adapterOf: () => adapter };
  const adapter: ProviderAdapter = {
    ...plain.carrier.adapter,
    confirm: () => {
      desk.asked += 1;
      return desk.answer();
    },
  };
  const repeating = retryUnconfirmed(desk);
  onTestFinished(() => repeating.stop());
  desk.wakeInbound = () => repeating.wake();
  return desk;
}

async function comes(desk: Asking, seq: number): Promise<void> {
  const raw = deliveryOf(text(`m${seq}`, 'as told'), { receivedAt: desk.clock.now() });
  await confirmAndAccept(desk, { log: 'relay', seq, raw });
  await settle();
}

const shown = (desk: Asking): string[] =>
  all<{ text: string }>(desk.db, sql`SELECT text FROM entries ORDER BY id`).map((row) => row.text);

const confirmed = (words: string): Confirmation => ({
  kind: 'confirmed',
  raw: deliveryOf(text('m1', words)),
});

test('the carrier’s own copy is believed, not what was told', async () => {
  const desk = asking(async () => confirmed('as it was'));
  await comes(desk, 1);
  expect(shown(desk)).toEqual(['as it was']);
  expect(listAttention(desk.db)).toEqual([]);
});

test('what the carrier does not know of leaves nothing behind', async () => {
  const desk = asking(async () => ({ kind: 'denied' }));
  await comes(desk, 1);
  expect(shown(desk)).toEqual([]);
  expect(listAttention(desk.db)).toEqual([]);
  expect(readCursor(desk.db, 'relay')).toBe(1);
});

test('one that cannot be asked about waits, holds nobody up, and is asked about soon, then ever less often', async () => {
  const desk = asking(async () => unclear);
  await comes(desk, 1);
  expect(readCursor(desk.db, 'relay')).toBe(1);
  expect(listAttention(desk.db).map(({ problem }) => problem)).toEqual([
    expect.stringMatching(/asked again by itself/),
  ]);
  await desk.clock.advance(2_100);
  expect(desk.asked).toBe(2);
  await desk.clock.advance(120_000);
  const soonAsked = desk.asked;
  expect(soonAsked).toBeGreaterThan(5);
  await desk.clock.advance(600_000);
  expect(desk.asked - soonAsked).toBeLessThanOrEqual(11);
  desk.answer = async () => confirmed('at last');
  await desk.clock.advance(61_000);
  expect(shown(desk)).toEqual(['at last']);
  expect(listAttention(desk.db)).toEqual([]);
});

test('one that is denied later is dropped', async () => {
  const desk = asking(async () => unclear);
  await comes(desk, 1);
  desk.answer = async () => ({ kind: 'denied' });
  await desk.clock.advance(3_000);
  expect(listAttention(desk.db)).toEqual([]);
  expect(shown(desk)).toEqual([]);
});

test('an adapter that trips while asking stops nobody: the next is taken, this one is asked about again', async () => {
  const desk = asking(async () => Promise.reject(new TypeError('no such thing')));
  await comes(desk, 1);
  desk.answer = async () => confirmed('as it was');
  await desk.clock.advance(3_000);
  expect(shown(desk)).toEqual(['as it was']);
});

test('one that was confirmed late and cannot be written down is put before a person, once', async () => {
  const desk = asking(async () => unclear);
  await comes(desk, 1);
  run(
    desk.db,
    sql`CREATE TRIGGER broken BEFORE INSERT ON entries BEGIN SELECT raise(ABORT, 'broken'); END`,
  );
  desk.answer = async () => confirmed('as it was');
  await desk.clock.advance(120_000);
  expect(listAttention(desk.db).map(({ problem }) => problem)).toEqual([
    expect.stringMatching(/could not be put into the history/),
  ]);
  expect(desk.asked).toBe(2);
});
