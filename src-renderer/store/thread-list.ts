import type { ThreadCursor } from '#shared/contract/contract.ts';
import type { Failure } from '#shared/contract/failure.ts';
import type { ThreadId } from '#shared/message/entry.ts';
import type { Thread } from '#shared/message/thread.ts';

import { belongsTo } from './belongs-to-view.ts';
import type { ThreadFilter } from './belongs-to-view.ts';

/** The list of conversations as far as it has been loaded, newest first. */
export type ThreadList = ThreadFilter & {
  readonly ids: readonly ThreadId[];
  /** Where the next page begins; null where everything is loaded. */
  readonly next: ThreadCursor | null;
  /** How many threads the filter holds, loaded or not. */
  readonly total: number;
  readonly phase: 'loading' | 'loading-more' | 'ready' | 'failed';
  readonly failure: Failure | null;
};

/** Every thread the screen knows. It is changed in place: 100,000 of them are too many to copy for one event. */
export type ThreadIndex = Map<ThreadId, Thread>;

export type ThreadPage = {
  readonly threads: readonly Thread[];
  readonly next: ThreadCursor | null;
  readonly total: number;
};

/** Newest first, as the host orders them; below zero where `a` comes first. */
function compareThreads(a: Thread, b: Thread): number {
  return (b.lastAt ?? 0) - (a.lastAt ?? 0) || b.id - a.id;
}

/** Where a thread stands in the order, or would stand: the number of threads before it. */
function placeOf(ids: readonly ThreadId[], index: ThreadIndex, thread: Thread): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = index.get(ids[middle] as ThreadId);
    if (other !== undefined && compareThreads(other, thread) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The list after a thread was told anew. The thread is put into the index.
 * @param keep leave the thread in the list though it no longer belongs, because it is being read
 */
export function withThread(
  { list, index }: { readonly list: ThreadList; readonly index: ThreadIndex },
  thread: Thread,
  keep: boolean,
): ThreadList {
  const before = index.get(thread.id);
  const at = before === undefined ? -1 : positionOf(list.ids, index, before);
  index.set(thread.id, thread);
  const belongs = belongsTo(thread, list);
  const wasIn = at >= 0;
  const stays = belongs === 'yes' || (wasIn && (belongs === 'unsure' || keep));
  if (!wasIn) return stays ? insert({ list, index }, thread, true) : list;
  if (stays && before?.lastAt === thread.lastAt) return list;
  const others = { ...list, ids: list.ids.toSpliced(at, 1) };
  return stays
    ? insert({ list: others, index }, thread, false)
    : { ...others, total: Math.max(others.ids.length, list.total - 1) };
}

/** A thread that comes after everything loaded is left for the page it belongs to. */
function insert(
  { list, index }: { readonly list: ThreadList; readonly index: ThreadIndex },
  thread: Thread,
  isNew: boolean,
): ThreadList {
  const place = placeOf(list.ids, index, thread);
  if (place === list.ids.length && list.next !== null) return list;
  const ids = list.ids.toSpliced(place, 0, thread.id);
  return { ...list, ids, total: Math.max(list.total + (isNew ? 1 : 0), ids.length) };
}

function positionOf(ids: readonly ThreadId[], index: ThreadIndex, thread: Thread): number {
  const place = placeOf(ids, index, thread);
  return ids[place] === thread.id ? place : ids.indexOf(thread.id);
}

/** The list with its next page at the end. */
export function withNextPage(list: ThreadList, index: ThreadIndex, page: ThreadPage): ThreadList {
  const known = new Set(list.ids);
  const added = page.threads.filter(({ id }) => !known.has(id));
  for (const thread of page.threads) index.set(thread.id, thread);
  return {
    ...list,
    ids: [...list.ids, ...added.map(({ id }) => id)],
    next: page.next,
    total: page.total,
    phase: 'ready',
    failure: null,
  };
}

/** The list with its first page told anew; what was loaded beyond that page stays. */
export function withFirstPage(list: ThreadList, index: ThreadIndex, page: ThreadPage): ThreadList {
  for (const thread of page.threads) index.set(thread.id, thread);
  const first = page.threads.map(({ id }) => id);
  const beyond = page.next === null ? [] : idsBeyond(list.ids, index, page);
  return {
    ...list,
    ids: [...first, ...beyond],
    next: beyond.length > 0 ? list.next : page.next,
    total: page.total,
    phase: 'ready',
    failure: null,
  };
}

function idsBeyond(
  ids: readonly ThreadId[],
  index: ThreadIndex,
  page: ThreadPage,
): readonly ThreadId[] {
  const last = page.threads.at(-1);
  if (last === undefined) return [];
  return ids.filter((id) => {
    const thread = index.get(id);
    return thread !== undefined && compareThreads(last, thread) < 0;
  });
}
