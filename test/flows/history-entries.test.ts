import { randomUUID } from 'node:crypto';

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  addEntry,
  findEntry,
  findEntryByUid,
  pageEntries,
  pageEntriesFrom,
} from '#main/history/entries.ts';
import { findOrStartThread } from '#main/history/threads.ts';
import { all, transact } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import { type EntryId, type ThreadId, entrySchema } from '#shared/message/entry.ts';
import { type HistoryDesk, historyDesk } from '#test/fakes/history-desk.ts';
import { call, peerNumber, textIn } from '#test/fakes/write-history.ts';

const threadOf = (desk: HistoryDesk, peer: number): ThreadId =>
  findOrStartThread(desk.db, { lineId: desk.line.id, peer: peerNumber(peer) }, desk.clock.now());

function add(desk: HistoryDesk, threadId: ThreadId, at: number): EntryId {
  return addEntry(desk.db, { threadId, at, kind: 'text', direction: 'in', text: `at ${at}` });
}

const idsOf = (desk: HistoryDesk, threadId: ThreadId): EntryId[] =>
  all<{ id: EntryId }>(
    desk.db,
    sql`SELECT id FROM entries WHERE thread_id = ${threadId} ORDER BY id`,
  ).map(({ id }) => id);

describe('the key of an entry', () => {
  test('is its moment, and the next free one where that is taken', () => {
    const desk = historyDesk();
    const at = desk.clock.now();
    const [one, other] = [threadOf(desk, 1), threadOf(desk, 2)];
    expect(add(desk, one, at)).toBe(at * 1_000);
    expect(add(desk, other, at)).toBe(at * 1_000 + 1);
    expect(add(desk, one, at)).toBe(at * 1_000 + 2);
    expect(add(desk, one, at + 1)).toBe((at + 1) * 1_000);
  });

  test('is still free when more than a thousand come in the same millisecond', () => {
    const desk = historyDesk();
    const at = desk.clock.now();
    const [early, late] = [threadOf(desk, 1), threadOf(desk, 2)];
    transact(desk.db, () => {
      for (let count = 0; count < 2_500; count += 1) {
        add(desk, early, at);
        add(desk, late, at + 1);
      }
    });
    const last = add(desk, threadOf(desk, 3), at);
    expect(last).toBeGreaterThan(at * 1_000 + 2_500);
    expect(findEntry(desk.db, last)).toMatchObject({ at });
    expect(idsOf(desk, early)).toHaveLength(2_500);
  });

  test('rises within a thread and is never doubled, whatever the clock does', () => {
    const moves = fc.array(
      fc.record({
        peer: fc.nat(3),
        step: fc.oneof(fc.constant(0), fc.integer({ min: -5, max: 5 })),
      }),
      { minLength: 1, maxLength: 60 },
    );
    const desk = historyDesk();
    fc.assert(
      fc.property(moves, (told) => {
        let now = desk.clock.now();
        const last = new Map<number, EntryId>();
        transact(desk.db, () => {
          for (const { peer, step } of told) {
            now += step;
            const id = add(desk, threadOf(desk, peer), now);
            expect(id).toBeGreaterThan(last.get(peer) ?? 0);
            last.set(peer, id);
          }
        });
      }),
      { numRuns: 100 },
    );
    const all4 = [0, 1, 2, 3].flatMap((peer) => idsOf(desk, threadOf(desk, peer)));
    expect(new Set(all4).size).toBe(all4.length);
  });
});

describe('the uid of an entry', () => {
  test('is a UUIDv7 of its moment where none is given', () => {
    const desk = historyDesk();
    const entry = findEntry(desk.db, add(desk, threadOf(desk, 1), desk.clock.now()));
    expect(entry?.uid[14]).toBe('7');
    expect(Number.parseInt(entry?.uid.replace('-', '').slice(0, 12) ?? '', 16)).toBe(
      desk.clock.now(),
    );
  });

  test('is only ever of one entry, and found in either case', () => {
    const desk = historyDesk();
    const uid = randomUUID();
    const entry = {
      threadId: threadOf(desk, 1),
      at: 1,
      kind: 'text',
      direction: 'out',
      uid,
    } as const;
    const id = addEntry(desk.db, entry);
    expect(() => addEntry(desk.db, { ...entry, uid: uid.toUpperCase() })).toThrow(/UNIQUE/);
    expect(findEntryByUid(desk.db, uid.toUpperCase())?.id).toBe(id);
    for (const other of ['', 'nonsense', uid.slice(0, 20), randomUUID()])
      expect(findEntryByUid(desk.db, other)).toBeUndefined();
  });
});

test('calls and texts share one timeline, and every entry is what the contract says', () => {
  const desk = historyDesk();
  textIn(desk, { text: 'one' });
  call(desk, 'in');
  textIn(desk, { text: 'two' });
  const { entries } = pageEntries(desk.db, { threadId: threadOf(desk, 0), before: null, limit: 9 });
  expect(entries.map(({ kind }) => kind)).toEqual(['text', 'call', 'text']);
  for (const entry of entries) expect(entrySchema.parse(entry)).toEqual(entry);
});

describe('pages of a thread', () => {
  test('in either direction give every entry once, in order, whatever the size', () => {
    const desk = historyDesk();
    const thread = threadOf(desk, 1);
    transact(desk.db, () => {
      for (let count = 0; count < 53; count += 1) {
        add(desk, thread, desk.clock.now() + Math.floor(count / 3));
        add(desk, threadOf(desk, 2), desk.clock.now());
      }
    });
    const ids = idsOf(desk, thread);
    for (const limit of [1, 2, 10, 52, 53, 54, 200]) {
      expect(backwards(desk, thread, limit)).toEqual(ids);
      expect(forwards(desk, thread, limit)).toEqual(ids);
    }
  });

  test('of a thread that holds nothing are empty and at their end', () => {
    const desk = historyDesk();
    const threadId = threadOf(desk, 1);
    const nothing = { entries: [], reachedStart: true };
    expect(pageEntries(desk.db, { threadId, before: null, limit: 5 })).toEqual(nothing);
    const from = 1 as EntryId;
    expect(pageEntriesFrom(desk.db, { threadId, from, limit: 5 }).reachedEnd).toBe(true);
  });
});

function backwards(desk: HistoryDesk, threadId: ThreadId, limit: number): EntryId[] {
  const ids: EntryId[] = [];
  for (let before: EntryId | null = null, more = true; more; before = ids[0] ?? null) {
    const page = pageEntries(desk.db, { threadId, before, limit });
    ids.unshift(...page.entries.map(({ id }) => id));
    more = !page.reachedStart;
  }
  return ids;
}

function forwards(desk: HistoryDesk, threadId: ThreadId, limit: number): EntryId[] {
  const ids: EntryId[] = [];
  for (let from = 1 as EntryId, more = true; more; from = ((ids.at(-1) ?? 0) + 1) as EntryId) {
    const page = pageEntriesFrom(desk.db, { threadId, from, limit });
    ids.push(...page.entries.map(({ id }) => id));
    more = !page.reachedEnd;
  }
  return ids;
}
