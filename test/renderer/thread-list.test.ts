import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { withFirstPage, withNextPage, withThread } from '#renderer/store/thread-list.ts';
import type { ThreadIndex, ThreadList } from '#renderer/store/thread-list.ts';
import { unloadedList } from '#renderer/store/threads-store.ts';
import type { Thread } from '#shared/message/thread.ts';
import {
  billingLine,
  makeText,
  makeThread,
  previewOf,
  supportLine,
  threadId,
} from '#test/fakes/small-world.ts';

const open = unloadedList({ view: 'open', lineId: null });

/** A loaded list of threads, the newest first. */
function loaded(
  threads: readonly Thread[],
  { list = open, hasMore = false }: { list?: ThreadList; hasMore?: boolean } = {},
): { list: ThreadList; index: ThreadIndex } {
  const index: ThreadIndex = new Map();
  const last = threads.at(-1);
  const next = hasMore && last ? { lastAt: last.lastAt ?? 0, id: last.id } : null;
  const total = threads.length + (hasMore ? 100 : 0);
  return { list: withFirstPage(list, index, { threads, next, total }), index };
}

const three = [makeThread(1), makeThread(2), makeThread(3)];
const newest = (thread: Thread): Thread => ({ ...thread, lastAt: 1_760_000_999_000 });
const idsOf = (list: ThreadList): number[] => [...list.ids];

describe('a thread that is told anew', () => {
  it('comes to the top with a new message, and the others keep their order', () => {
    const list = withThread(loaded(three), newest(makeThread(3)), false);
    expect(idsOf(list)).toEqual([3, 1, 2]);
    expect(list.total).toBe(3);
  });

  it('leaves the list itself untouched where only its row changed', () => {
    const state = loaded(three);
    const list = withThread(state, { ...makeThread(2), unread: 5 }, false);
    expect(list).toBe(state.list);
    expect(state.index.get(threadId(2))?.unread).toBe(5);
  });

  it('is put in where it is new', () => {
    const list = withThread(loaded(three), newest(makeThread(9)), false);
    expect(idsOf(list)).toEqual([9, 1, 2, 3]);
    expect(list.total).toBe(4);
  });

  it('waits for its page where that is not loaded', () => {
    const state = loaded(three, { hasMore: true });
    const list = withThread(state, makeThread(50), false);
    expect(idsOf(list)).toEqual([1, 2, 3]);
  });

  it('leaves where it no longer belongs', () => {
    const list = withThread(loaded(three), { ...makeThread(2), done: true }, false);
    expect(idsOf(list)).toEqual([1, 3]);
    expect(list.total).toBe(2);
  });

  it('stays in a view it no longer belongs to while it is being read', () => {
    const unread = three.map((thread) => ({ ...thread, unread: 1 }));
    const state = loaded(unread, { list: unloadedList({ view: 'unread', lineId: null }) });
    expect(idsOf(withThread(state, makeThread(2), true))).toEqual([1, 2, 3]);
  });

  it('does not come into the list of another line', () => {
    const list = unloadedList({ view: 'open', lineId: supportLine.id });
    const told = { ...newest(makeThread(9)), lineId: billingLine.id };
    expect(idsOf(withThread(loaded(three, { list }), told, false))).toEqual([1, 2, 3]);
  });

  it('comes into "failed" and leaves it with the standing of the last text out', () => {
    const failed = previewOf(makeText({ direction: 'out', state: 'failed' }));
    const delivered = previewOf(makeText({ direction: 'out', state: 'delivered' }));
    const state = loaded([], { list: unloadedList({ view: 'failed', lineId: null }) });
    const list = withThread(state, { ...makeThread(1), preview: failed }, false);
    expect(idsOf(list)).toEqual([1]);
    const after = withThread(
      { list, index: state.index },
      { ...makeThread(1), preview: delivered },
      false,
    );
    expect(idsOf(after)).toEqual([]);
  });

  it('keeps the list sorted and free of doubles, whatever is told', () => {
    const told = fc.record({
      id: fc.integer({ min: 1, max: 12 }),
      lastAt: fc.integer({ min: 1, max: 30 }),
      done: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(told, { maxLength: 40 }), (all) => {
        const state = loaded(three.map((thread) => ({ ...thread, lastAt: 31 - thread.id })));
        let { list } = state;
        const truth = new Map(
          three.map(({ id }) => [Number(id), { lastAt: 31 - id, done: false }]),
        );
        for (const { id, lastAt, done } of all) {
          list = withThread(
            { list, index: state.index },
            { ...makeThread(id), lastAt, done },
            false,
          );
          truth.set(id, { lastAt, done });
        }
        const wanted = [...truth]
          .filter(([, { done }]) => !done)
          .toSorted(([a, x], [b, y]) => y.lastAt - x.lastAt || b - a)
          .map(([id]) => id);
        expect(idsOf(list)).toEqual(wanted);
      }),
    );
  });
});

describe('pages', () => {
  it('are joined without doubles', () => {
    const state = loaded(three, { hasMore: true });
    const list = withNextPage(state.list, state.index, {
      threads: [makeThread(3), makeThread(4)],
      next: null,
      total: 4,
    });
    expect(idsOf(list)).toEqual([1, 2, 3, 4]);
    expect(list).toMatchObject({ next: null, total: 4, phase: 'ready' });
  });

  it('leave what was loaded beyond the first one, and drop what is gone from it', () => {
    const many = Array.from({ length: 6 }, (_, nth) => makeThread(nth + 1));
    const state = loaded(many, { hasMore: true });
    const list = withFirstPage(state.list, state.index, {
      threads: [newest(makeThread(9)), makeThread(1), makeThread(3)],
      next: { lastAt: 0, id: threadId(3) },
      total: 6,
    });
    expect(idsOf(list)).toEqual([9, 1, 3, 4, 5, 6]);
    expect(list.next).toEqual(state.list.next);
  });
});
