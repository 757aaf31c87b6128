import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { addAttempt, findLatestAttempt } from '#main/history/attempts.ts';
import { findEntry } from '#main/history/entries.ts';
import { learn } from '#main/history/learn.ts';
import { countOutbox, findInOutbox, markQueuedAgain, markSending } from '#main/history/outbox.ts';
import { listReceipts } from '#main/history/receipts.ts';
import { segmentsOn } from '#main/history/usage.ts';
import { applyReceipt } from '#main/inbound/apply-receipt.ts';
import { transact } from '#main/sqlite/database.ts';
import type { TextEntry } from '#shared/message/entry.ts';
import type { ReceiptReceived, ReceiptState } from '#shared/provider/delivery.ts';
import type { SendFailure } from '#shared/provider/send-failure.ts';
import { deliveryOf } from '#test/fakes/fake-carrier.ts';
import { type HistoryDesk, historyDesk } from '#test/fakes/history-desk.ts';
import { textOut } from '#test/fakes/write-history.ts';

/** A text that is on the road in its first attempt. */
function onTheRoad(desk: HistoryDesk): TextEntry {
  const text = textOut(desk);
  setOut(desk, text, 1);
  return text;
}

function setOut(desk: HistoryDesk, { id }: TextEntry, attempt: number): void {
  const { connectionId } = desk.line;
  markSending(desk.db, id, 'boot-1');
  addAttempt(desk.db, { entryId: id, attempt, connectionId, startedAt: desk.clock.now() });
}

type Said = {
  readonly state: ReceiptState;
  readonly id: string | null;
  readonly attempt?: number;
  readonly failure?: SendFailure;
};

/** The carrier's own answer to the send. */
function answers(desk: HistoryDesk, text: TextEntry, said: Said): void {
  const { state, id, attempt = 1, failure = null } = said;
  transact(desk.db, () =>
    learn(desk.db, {
      entryId: text.id,
      attempt,
      connectionId: desk.line.connectionId,
      providerId: id,
      state,
      failure,
      source: 'answer',
      at: desk.clock.now(),
      happenedAt: null,
    }),
  );
}

const receipt = (
  id: string,
  state: ReceiptState,
  more: Partial<ReceiptReceived> = {},
): ReceiptReceived => ({
  kind: 'receipt',
  providerMessageId: id,
  reference: null,
  state,
  failure: state === 'failed' ? { kind: 'unreachable', raw: '30003' } : null,
  happenedAt: null,
  ...more,
});

function comes(desk: HistoryDesk, received: ReceiptReceived): void {
  transact(desk.db, () => applyReceipt(desk.db, deliveryOf([]), received));
}

function shown(desk: HistoryDesk, { id }: TextEntry): TextEntry {
  const entry = findEntry(desk.db, id);
  if (entry?.kind !== 'text') throw new Error('the text is gone');
  return entry;
}

const unmatched = (desk: HistoryDesk): unknown =>
  desk.db.prepare('SELECT count(*) FROM unmatched_receipts').pluck().get();

describe('receipts', () => {
  test('that come before the carrier answered wait for its id, and nothing of them is lost', () => {
    const desk = historyDesk();
    const text = onTheRoad(desk);
    comes(desk, receipt('p1', 'delivered'));
    comes(desk, receipt('p1', 'sent', { happenedAt: 5 }));
    expect(shown(desk, text).state).toBe('queued');
    expect(unmatched(desk)).toBe(2);
    answers(desk, text, { state: 'accepted', id: 'p1' });
    expect(shown(desk, text).state).toBe('delivered');
    expect(unmatched(desk)).toBe(0);
    expect(listReceipts(desk.db, text.id).map(({ state }) => state)).toEqual([
      'queued',
      'accepted',
      'delivered',
      'sent',
    ]);
    expect(countOutbox(desk.db)).toEqual({ waiting: 0, undecided: 0 });
  });

  test('that wait are those of the same connection alone', () => {
    const desk = historyDesk();
    const text = onTheRoad(desk);
    const elsewhere = deliveryOf([], { connectionId: 'fake0002' });
    transact(desk.db, () => applyReceipt(desk.db, elsewhere, receipt('p1', 'delivered')));
    answers(desk, text, { state: 'accepted', id: 'p1' });
    expect(shown(desk, text).state).toBe('accepted');
    expect(unmatched(desk)).toBe(1);
  });

  test('by our own reference are known before the answer, and end the sending', () => {
    const desk = historyDesk();
    const text = onTheRoad(desk);
    comes(desk, receipt('p1', 'sent', { reference: text.uid }));
    expect(shown(desk, text).state).toBe('sent');
    expect(findInOutbox(desk.db, text.id)).toBeUndefined();
    comes(desk, receipt('p1', 'delivered'));
    answers(desk, text, { state: 'accepted', id: 'p1' });
    expect(shown(desk, text).state).toBe('delivered');
  });

  test('with a reference that is nobody’s, or nonsense, wait like any other', () => {
    const desk = historyDesk();
    const text = onTheRoad(desk);
    for (const reference of ['', 'nonsense', '00000000-0000-7000-8000-000000000000'])
      comes(desk, receipt('p9', 'delivered', { reference }));
    expect(shown(desk, text).state).toBe('queued');
    expect(unmatched(desk)).toBe(3);
  });

  test('in any order, doubled, before and after the answer, lead to the same state', () => {
    const states = fc.array(
      fc.constantFrom<ReceiptState>('accepted', 'sent', 'failed', 'delivered'),
      { maxLength: 6 },
    );
    const desk = historyDesk();
    let count = 0;
    fc.assert(
      fc.property(states, fc.nat(6), (told, place) => {
        const [text, id] = [onTheRoad(desk), `p${(count += 1)}`];
        const at = Math.min(place, told.length);
        transact(desk.db, () => {
          for (const state of told.slice(0, at)) comes(desk, receipt(id, state));
          answers(desk, text, { state: 'accepted', id });
          for (const state of told.slice(at)) comes(desk, receipt(id, state));
        });
        const ranked = ['delivered', 'failed', 'sent'] as const;
        const highest = ranked.find((state) => told.includes(state)) ?? 'accepted';
        expect(shown(desk, text)).toMatchObject({
          state: highest,
          failure: highest === 'failed' ? { kind: 'unreachable', raw: '30003' } : null,
        });
        expect(listReceipts(desk.db, text.id)).toHaveLength(told.length + 2);
        expect(findInOutbox(desk.db, text.id)).toBeUndefined();
      }),
      { numRuns: 60 },
    );
  });
});

describe('across attempts', () => {
  /** A text whose first attempt nobody saw the end of and whose second waits. */
  function waitingAgain(desk: HistoryDesk): TextEntry {
    const text = onTheRoad(desk);
    markQueuedAgain(desk.db, text.id, desk.clock.now());
    return text;
  }

  test('a delivery of the first ends the waiting of the second', () => {
    const desk = historyDesk();
    const text = waitingAgain(desk);
    comes(desk, receipt('p1', 'delivered', { reference: text.uid }));
    expect(shown(desk, text).state).toBe('delivered');
    expect(findInOutbox(desk.db, text.id)).toBeUndefined();
  });

  test('so does one that had come before the id of the first was known', () => {
    const desk = historyDesk();
    const text = waitingAgain(desk);
    comes(desk, receipt('p1', 'delivered'));
    answers(desk, text, { state: 'accepted', id: 'p1' });
    expect(shown(desk, text).state).toBe('delivered');
    expect(findInOutbox(desk.db, text.id)).toBeUndefined();
  });

  test('a failure of the first does not end the second', () => {
    const desk = historyDesk();
    const text = waitingAgain(desk);
    comes(desk, receipt('p1', 'failed', { reference: text.uid }));
    expect(findInOutbox(desk.db, text.id)).toMatchObject({ attempt: 2, state: 'queued' });
  });

  test('a receipt by reference is of the attempt whose id is not known yet', () => {
    const desk = historyDesk();
    const text = waitingAgain(desk);
    setOut(desk, text, 2);
    answers(desk, text, { state: 'accepted', id: 'p2', attempt: 2 });
    comes(desk, receipt('p1', 'delivered', { reference: text.uid }));
    expect(shown(desk, text).state).toBe('delivered');
    expect(findLatestAttempt(desk.db, text.id)).toMatchObject({ attempt: 2, providerId: 'p2' });
    comes(desk, receipt('p2', 'failed'));
    expect(listReceipts(desk.db, text.id).map(({ attempt }) => attempt)).toEqual([1, 2, 1, 2]);
  });

  test('the failure shown is that of the attempt shown', () => {
    const desk = historyDesk();
    const text = onTheRoad(desk);
    answers(desk, text, { state: 'failed', id: 'p1', failure: { kind: 'landline', raw: '30006' } });
    expect(shown(desk, text).failure).toEqual({ kind: 'landline', raw: '30006' });
    answers(desk, text, { state: 'failed', id: 'p2', attempt: 2 });
    expect(shown(desk, text)).toMatchObject({ state: 'failed', failure: null });
  });
});

describe('segments', () => {
  test('are counted once for each attempt that a carrier took, whoever says so first', () => {
    const desk = historyDesk();
    const text = onTheRoad(desk);
    const today = (): number => segmentsOn(desk.db, desk.clock.now());
    comes(desk, receipt('p1', 'sent', { reference: text.uid }));
    answers(desk, text, { state: 'accepted', id: 'p1' });
    comes(desk, receipt('p1', 'delivered'));
    comes(desk, receipt('p1', 'delivered'));
    expect(today()).toBe(1);
    answers(desk, text, { state: 'accepted', id: 'p2', attempt: 2 });
    expect(today()).toBe(2);
  });

  test('of what was refused are not', () => {
    const desk = historyDesk();
    answers(desk, onTheRoad(desk), { state: 'failed', id: null });
    expect(segmentsOn(desk.db, desk.clock.now())).toBe(0);
  });
});
