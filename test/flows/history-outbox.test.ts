import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { addAttempt } from '#main/history/attempts.ts';
import { addConnection } from '#main/history/connections.ts';
import { addLine } from '#main/history/lines.ts';
import {
  countOutbox,
  findInOutbox,
  listAbandoned,
  listConnectionsReady,
  listReadyToSend,
  listToReconcile,
  markQueuedAgain,
  markSending,
  markUndecided,
  markUnknown,
  nextDueAt,
  removeFromOutbox,
} from '#main/history/outbox.ts';
import { transact } from '#main/sqlite/database.ts';
import type { EntryId, TextEntry } from '#shared/message/entry.ts';
import type { ConnectionId, Line } from '#shared/message/line.ts';
import { type HistoryDesk, fakeConnection, historyDesk } from '#test/fakes/history-desk.ts';
import { peerNumber, textOut } from '#test/fakes/write-history.ts';

const ready = (desk: HistoryDesk, more: { now?: number; limit?: number; id?: string } = {}) =>
  listReadyToSend(desk.db, {
    connectionId: more.id ?? fakeConnection,
    now: more.now ?? desk.clock.now(),
    limit: more.limit ?? 100,
  }).map(({ entryId }) => entryId);

const to = (desk: HistoryDesk, peer: number, line?: Line): TextEntry =>
  textOut(desk, { peer: peerNumber(peer), ...(line ? { line } : {}) });

/** A line on a connection of its own. */
function elsewhere(desk: HistoryDesk): Line {
  const connectionId = 'fake0002' as ConnectionId;
  const now = desk.clock.now();
  addConnection(desk.db, { id: connectionId, provider: 'fake', label: 'Two', baseUrl: null }, now);
  const line = { connectionId, number: '+15550100009', numberType: 'other' } as const;
  return addLine(desk.db, { ...line, label: 'Two', colour: '#000000' }, now);
}

describe('what may leave', () => {
  test('is the oldest of each thread, oldest first', () => {
    const desk = historyDesk();
    const [a1, b1, a2, c1] = [to(desk, 1), to(desk, 2), to(desk, 1), to(desk, 3)];
    expect(ready(desk)).toEqual([a1.id, b1.id, c1.id]);
    expect(ready(desk, { limit: 2 })).toEqual([a1.id, b1.id]);
    markSending(desk.db, a1.id, 'boot-1');
    expect(ready(desk)).toEqual([b1.id, c1.id]);
    removeFromOutbox(desk.db, a1.id);
    expect(ready(desk)).toEqual([a2.id, b1.id, c1.id].toSorted((x, y) => x - y));
  });

  test('waits for an older one of its thread that waits out a pause', () => {
    const desk = historyDesk();
    const [first, second, other] = [to(desk, 1), to(desk, 1), to(desk, 2)];
    const now = desk.clock.now();
    markSending(desk.db, first.id, 'boot-1');
    markQueuedAgain(desk.db, first.id, now + 5_000);
    expect(ready(desk)).toEqual([other.id]);
    expect(ready(desk, { now: now + 4_999 })).toEqual([other.id]);
    expect(ready(desk, { now: now + 5_000 })).toEqual([other.id, first.id]);
    markUnknown(desk.db, first.id, now + 9_000);
    expect(ready(desk)).toEqual([second.id, other.id]);
  });

  test('is told for each connection by itself', () => {
    const desk = historyDesk();
    const line = elsewhere(desk);
    const [here, there] = [to(desk, 1), to(desk, 1, line)];
    const now = desk.clock.now();
    expect(listConnectionsReady(desk.db, now).toSorted()).toEqual(['fake0001', 'fake0002']);
    expect(ready(desk)).toEqual([here.id]);
    expect(ready(desk, { id: 'fake0002' })).toEqual([there.id]);
    expect(listConnectionsReady(desk.db, now - 1)).toEqual([]);
    markSending(desk.db, here.id, 'boot-1');
    expect(listConnectionsReady(desk.db, now)).toEqual(['fake0002']);
  });
});

describe('the order of a thread', () => {
  type Step = { readonly kind: 'write' | 'claim' | 'take' | 'pause'; readonly peer: number };
  const step: fc.Arbitrary<Step> = fc.record({
    kind: fc.constantFrom('write', 'write', 'claim', 'take', 'pause'),
    peer: fc.nat(2),
  });

  test('holds whatever is written, sent, taken and put off in between', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const desk = historyDesk();
        const taken = new Map<number, EntryId>();
        const sending = new Map<number, EntryId>();
        const texts = new Map<EntryId, number>();
        transact(desk.db, () => {
          let now = desk.clock.now();
          for (const { kind, peer } of steps) {
            now += 1_000;
            if (kind === 'write') texts.set(to(desk, peer).id, peer);
            if (kind === 'claim') claim(now);
            const id = sending.get(peer);
            if (id === undefined) continue;
            if (kind === 'take') take(peer, id);
            if (kind === 'pause') markQueuedAgain(desk.db, id, now + 2_500);
            if (kind === 'take' || kind === 'pause') sending.delete(peer);
          }
        });

        function claim(now: number): void {
          for (const id of ready(desk, { now, limit: 2 })) {
            const peer = texts.get(id) ?? -1;
            expect(sending.has(peer)).toBe(false);
            expect(id).toBeGreaterThan(taken.get(peer) ?? 0);
            markSending(desk.db, id, 'boot-1');
            sending.set(peer, id);
          }
        }

        function take(peer: number, id: EntryId): void {
          removeFromOutbox(desk.db, id);
          expect(id).toBeGreaterThan(taken.get(peer) ?? 0);
          taken.set(peer, id);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('a text on the road', () => {
  test('is only ever put there from the queue', () => {
    const desk = historyDesk();
    const { id } = to(desk, 1);
    markSending(desk.db, id, 'boot-1');
    expect(() => markSending(desk.db, id, 'boot-2')).toThrow(/one row/);
    markUnknown(desk.db, id, 1);
    expect(() => markSending(desk.db, id, 'boot-1')).toThrow(/one row/);
  });

  test('and left there by another run is found by the next', () => {
    const desk = historyDesk();
    const [ours, theirs, queued] = [to(desk, 1), to(desk, 2), to(desk, 3)];
    markSending(desk.db, ours.id, 'boot-2');
    markSending(desk.db, theirs.id, 'boot-1');
    expect(listAbandoned(desk.db, 'boot-2').map(({ entryId }) => entryId)).toEqual([theirs.id]);
    expect(findInOutbox(desk.db, queued.id)?.state).toBe('queued');
  });

  test('keeps the words it was accepted with', () => {
    const desk = historyDesk();
    const text = textOut(desk, { text: 'Ünïcödé\n"quoted" 😀', peer: peerNumber(7) });
    expect(findInOutbox(desk.db, text.id)?.request).toEqual({
      uid: text.uid,
      from: desk.line.number,
      to: peerNumber(7),
      text: 'Ünïcödé\n"quoted" 😀',
      mediaIds: [],
    });
  });

  test('has each attempt once', () => {
    const desk = historyDesk();
    const attempt = { entryId: to(desk, 1).id, attempt: 1, connectionId: 'x', startedAt: 1 };
    addAttempt(desk.db, attempt);
    expect(() => addAttempt(desk.db, attempt)).toThrow(/UNIQUE/);
  });
});

test('what is due, and how much waits, is told by state', () => {
  const desk = historyDesk();
  const [a, b, c] = [to(desk, 1), to(desk, 2), to(desk, 3)];
  const now = desk.clock.now();
  expect(nextDueAt(desk.db, 'queued')).toBe(now);
  expect(nextDueAt(desk.db, 'unknown')).toBeNull();
  markUnknown(desk.db, a.id, now + 20);
  markUnknown(desk.db, b.id, now + 10);
  expect(nextDueAt(desk.db, 'unknown')).toBe(now + 10);
  const looked = (at: number) => listToReconcile(desk.db, at).map(({ entryId }) => entryId);
  expect(looked(now + 9)).toEqual([]);
  expect(looked(now + 20)).toEqual([b.id, a.id]);
  markUndecided(desk.db, c.id);
  expect(countOutbox(desk.db)).toEqual({ waiting: 2, undecided: 1 });
});
