import fc from 'fast-check';
import { expect, test } from 'vitest';

import { learn } from '#main/history/learn.ts';
import { listLines } from '#main/history/lines.ts';
import { countThreads, countViews, pageThreads } from '#main/history/thread-pages.ts';
import { findThread, setDone } from '#main/history/threads.ts';
import { markRead } from '#main/history/unread.ts';
import { transact } from '#main/sqlite/database.ts';
import type { ThreadCursor } from '#shared/contract/contract.ts';
import type { TextEntry, ThreadId } from '#shared/message/entry.ts';
import type { Line, LineId } from '#shared/message/line.ts';
import { type ThreadView, threadSchema, threadViewSchema } from '#shared/message/thread.ts';
import { type HistoryDesk, historyDesk } from '#test/fakes/history-desk.ts';
import { anotherLine, peerNumber, textIn, textOut } from '#test/fakes/write-history.ts';
import { NaiveThreads } from '#test/fixtures/naive-threads.ts';

type Deed = {
  readonly kind: 'in' | 'out' | 'failed' | 'delivered' | 'done' | 'open' | 'read';
  readonly peer: number;
  readonly line: number;
  /** Milliseconds the clock moves first. */
  readonly step: number;
  /** Which of the entries so far is meant. */
  readonly which: number;
};

const deed: fc.Arbitrary<Deed> = fc.record({
  kind: fc.constantFrom('in', 'in', 'out', 'out', 'failed', 'delivered', 'done', 'open', 'read'),
  peer: fc.nat(6),
  line: fc.nat(2),
  step: fc.oneof(fc.constant(0), fc.integer({ min: -3, max: 3 })),
  which: fc.nat(1_000),
});

/** A history and its naive image, to both of which the same things happen. */
class Both {
  readonly desk: HistoryDesk = historyDesk();
  readonly naive = new NaiveThreads();
  readonly lines: readonly Line[] = [
    this.desk.line,
    anotherLine(this.desk, '+15550100002'),
    anotherLine(this.desk, '+15550100003'),
  ];
  readonly #texts: TextEntry[] = [];
  readonly #delivered = new Set<TextEntry>();
  #now = this.desk.clock.now();

  do({ kind, peer, line, step, which }: Deed): void {
    this.#now += step;
    const text = this.#texts[which % Math.max(1, this.#texts.length)];
    if (kind === 'in' || kind === 'out') this.#write(kind, peer, this.lines[line]);
    else if (text !== undefined) this.#change(kind, text);
  }

  #write(kind: 'in' | 'out', index: number, line = this.desk.line): void {
    const written = { peer: peerNumber(index), line, at: this.#now };
    const text = kind === 'in' ? textIn(this.desk, written) : textOut(this.desk, written);
    this.#texts.push(text);
    this.naive.add(
      { id: text.threadId, lineId: line.id },
      { id: text.id, at: this.#now, incoming: kind === 'in', isText: true },
    );
  }

  #change(kind: Exclude<Deed['kind'], 'in' | 'out'>, text: TextEntry): void {
    const { db } = this.desk;
    const thread = this.naive.threads.get(text.threadId);
    if (kind === 'read') {
      markRead(db, text.threadId, text.id);
      this.naive.markRead(text.threadId, text.id);
    } else if (kind === 'done' || kind === 'open') {
      setDone(db, text.threadId, kind === 'done');
      if (thread) thread.done = kind === 'done';
    } else if (text.direction === 'out') this.#learn(kind, text);
  }

  #learn(state: 'failed' | 'delivered', text: TextEntry): void {
    learn(this.desk.db, {
      entryId: text.id,
      attempt: 1,
      connectionId: this.desk.line.connectionId,
      providerId: null,
      state,
      failure: state === 'failed' ? { kind: 'landline', raw: null } : null,
      source: 'webhook',
      at: this.#now,
      happenedAt: null,
    });
    if (state === 'delivered') this.#delivered.add(text);
    this.naive.setFailed(text.threadId, text.id, !this.#delivered.has(text));
  }
}

type Page = { readonly view: ThreadView; readonly lineId: LineId | null; readonly limit: number };

/** Every thread of a view, page by page, with how many pages it took. */
function walk({ db }: HistoryDesk, page: Page): { ids: ThreadId[]; pages: number } {
  const ids: ThreadId[] = [];
  let pages = 0;
  for (let after: ThreadCursor | null = null, more = true; more; more = after !== null) {
    const { threads, next } = pageThreads(db, { ...page, after });
    ids.push(...threads.map(({ id }) => id));
    after = next;
    pages += 1;
    if (pages > 1_000) throw new Error('the pages never end');
  }
  return { ids, pages };
}

test('every view, on every line and on all, is what the plain words say, page by page', () => {
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 50 }), (deeds) => {
      const both = new Both();
      transact(both.desk.db, () => deeds.forEach((each) => both.do(each)));
      const { db } = both.desk;
      for (const view of threadViewSchema.options) {
        for (const lineId of [null, ...both.lines.map(({ id }) => id)]) {
          const wanted = both.naive.list(view, lineId).map(({ id }) => id);
          for (const limit of [1, 2, 3, 7, 200]) {
            const { ids, pages } = walk(both.desk, { view, lineId, limit });
            expect(ids).toEqual(wanted);
            expect(pages).toBe(Math.max(1, Math.ceil(wanted.length / limit)));
          }
          expect(countThreads(db, view, lineId)).toBe(wanted.length);
        }
        expect(countViews(db)[view]).toBe(both.naive.list(view, null).length);
      }
      for (const thread of both.naive.threads.values()) {
        const { lastAt, unread, done } = thread;
        const shown = findThread(db, thread.id);
        expect(shown).toMatchObject({ lastAt, unread, done });
        expect(threadSchema.parse(shown)).toEqual(shown);
      }
      for (const line of listLines(db))
        expect(line.unread).toBe(both.naive.list('unread', line.id).length);
    }),
    { numRuns: 40 },
  );
});

test('a thread that moves up between two pages is not lost from the list, and none comes twice', () => {
  const desk = historyDesk();
  for (let peer = 0; peer < 6; peer += 1)
    textIn(desk, { peer: peerNumber(peer), at: desk.clock.now() + peer });
  const page = { view: 'open', lineId: null, limit: 3 } as const;
  const first = pageThreads(desk.db, { ...page, after: null });
  textIn(desk, { peer: peerNumber(0), at: desk.clock.now() + 99 });
  const second = pageThreads(desk.db, { ...page, after: first.next });
  const peers = [...first.threads, ...second.threads].map(({ peer }) => peer);
  expect(peers).toEqual([5, 4, 3, 2, 1].map(peerNumber));
  expect(pageThreads(desk.db, { ...page, after: null }).threads[0]?.peer).toBe(peerNumber(0));
});
