import type { Failure } from '#shared/contract/failure.ts';
import type { Entry, EntryId, ThreadId } from '#shared/message/entry.ts';

/**
 * A window on a thread's entries, oldest first and without gaps. It holds at most {@link mostEntries}, however long the thread
 * is: what lies far from where the person reads is dropped and fetched again.
 */
export type Timeline = {
  readonly threadId: ThreadId;
  readonly entries: readonly Entry[];
  readonly reachedStart: boolean;
  readonly reachedEnd: boolean;
  /** The first entry that was unread on opening; the "New" divider stands above it. */
  readonly newFrom: EntryId | null;
  /** How the window changed last: by what happened just now, which a reader at the end follows, or by a page for the reader. */
  readonly growth: 'live' | 'page';
  readonly phase: 'loading' | 'ready' | 'failed';
  readonly loadingOlder: boolean;
  readonly loadingNewer: boolean;
  readonly failure: Failure | null;
};

export const mostEntries = 400;
/** How far a window may grow entry by entry before it is cut back at once. */
const slack = 100;

export const unloadedTimeline = (threadId: ThreadId): Timeline => ({
  threadId,
  entries: [],
  reachedStart: false,
  reachedEnd: true,
  newFrom: null,
  growth: 'live',
  phase: 'loading',
  loadingOlder: false,
  loadingNewer: false,
  failure: null,
});

/** The timeline after an entry was added to its thread. While the end is not loaded the entry waits for its page. */
export function withAdded(timeline: Timeline, entry: Entry): Timeline {
  const at = placeOf(timeline.entries, entry.id);
  if (timeline.entries[at]?.id === entry.id) return withChanged(timeline, entry);
  const isLast = at === timeline.entries.length;
  if ((isLast && !timeline.reachedEnd) || (at === 0 && !isLast && !timeline.reachedStart))
    return timeline;
  const entries = timeline.entries.toSpliced(at, 0, entry);
  const grown: Timeline = { ...timeline, entries, growth: 'live' };
  if (entries.length <= mostEntries + slack) return grown;
  return { ...grown, entries: entries.slice(-mostEntries), reachedStart: false };
}

/** The timeline with the "New" divider above this entry, unless it has one. */
export function withNewFrom(timeline: Timeline, entryId: EntryId | null): Timeline {
  if (entryId === null || timeline.newFrom !== null) return timeline;
  return { ...timeline, newFrom: entryId };
}

/** The timeline after an entry changed; the same timeline where it is not in the window. */
export function withChanged(timeline: Timeline, entry: Entry): Timeline {
  const at = placeOf(timeline.entries, entry.id);
  if (timeline.entries[at]?.id !== entry.id) return timeline;
  return { ...timeline, entries: timeline.entries.with(at, entry) };
}

/** The timeline without an entry that turned out to be the same as another. */
export function withRemoved(timeline: Timeline, entryId: EntryId): Timeline {
  const at = placeOf(timeline.entries, entryId);
  if (timeline.entries[at]?.id !== entryId) return timeline;
  return { ...timeline, entries: timeline.entries.toSpliced(at, 1) };
}

/** The timeline with an older page before it. */
export function withOlder(
  timeline: Timeline,
  page: { readonly entries: readonly Entry[]; readonly reachedStart: boolean },
): Timeline {
  const first = timeline.entries[0]?.id ?? Infinity;
  const entries = [...page.entries.filter(({ id }) => id < first), ...timeline.entries];
  return {
    ...timeline,
    entries: entries.slice(0, mostEntries),
    reachedStart: page.reachedStart,
    reachedEnd: timeline.reachedEnd && entries.length <= mostEntries,
    growth: 'page',
    loadingOlder: false,
  };
}

/** The timeline with a newer page after it. */
export function withNewer(
  timeline: Timeline,
  page: { readonly entries: readonly Entry[]; readonly reachedEnd: boolean },
): Timeline {
  const last = timeline.entries.at(-1)?.id ?? 0;
  const entries = [...timeline.entries, ...page.entries.filter(({ id }) => id > last)];
  return {
    ...timeline,
    entries: entries.slice(-mostEntries),
    reachedStart: timeline.reachedStart && entries.length <= mostEntries,
    reachedEnd: page.reachedEnd,
    growth: 'page',
    loadingNewer: false,
  };
}

/** The timeline shortened to its newest entries, for a thread that is no longer looked at. */
export function withNewestOnly(timeline: Timeline, most: number): Timeline {
  if (timeline.entries.length <= most) return timeline;
  return { ...timeline, entries: timeline.entries.slice(-most), reachedStart: false };
}

/** The first of the last `unread` entries that came in, or of as many as the window holds; null where nothing is unread. */
export function firstUnread(entries: readonly Entry[], unread: number): EntryId | null {
  if (unread === 0) return null;
  const incoming = entries.filter(({ direction }) => direction === 'in');
  return incoming.slice(-unread)[0]?.id ?? null;
}

/** How many entries of the window come before this one. */
function placeOf(entries: readonly Entry[], id: EntryId): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.id ?? Infinity) < id) low = middle + 1;
    else high = middle;
  }
  return low;
}
