import { describe, expect, it } from 'vitest';

import {
  firstUnread,
  mostEntries,
  unloadedTimeline,
  withAdded,
  withChanged,
  withNewer,
  withOlder,
} from '#renderer/store/timeline.ts';
import type { Timeline } from '#renderer/store/timeline.ts';
import { logRows } from '#renderer/thread/log-rows.ts';
import { entryId, makeText, threadId } from '#test/fakes/small-world.ts';

const minute = 60_000;
const at = (nth: number) => makeText({ at: 1_760_000_000_000 + nth * minute, text: `${nth}` });
const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, nth) => at(from + nth));
const holding = (from: number, to: number, more: Partial<Timeline> = {}): Timeline => ({
  ...unloadedTimeline(threadId(1)),
  entries: range(from, to),
  reachedStart: true,
  ...more,
});
const texts = ({ entries }: Timeline): string[] =>
  entries.map((entry) => (entry.kind === 'text' ? entry.text : ''));

describe('an added entry', () => {
  it('goes to the end, and one that comes late to its place', () => {
    expect(texts(withAdded(holding(1, 3), at(4)))).toEqual(['1', '2', '3', '4']);
    const gap = { ...holding(1, 1), entries: [at(1), at(3)] };
    expect(texts(withAdded(gap, at(2)))).toEqual(['1', '2', '3']);
  });

  it('is one entry, however often it is told', () => {
    const timeline = withAdded(withAdded(holding(1, 2), at(3)), at(3));
    expect(texts(timeline)).toEqual(['1', '2', '3']);
  });

  it('waits for its page where the end is not loaded', () => {
    const timeline = holding(1, 3, { reachedEnd: false });
    expect(withAdded(timeline, at(9))).toBe(timeline);
  });

  it('waits for its page where it lies before what is loaded', () => {
    const timeline = holding(5, 8, { reachedStart: false });
    expect(withAdded(timeline, at(1))).toBe(timeline);
  });

  it('never makes the window grow without end', () => {
    let timeline = holding(1, 1);
    for (let nth = 2; nth < 2_000; nth += 1) timeline = withAdded(timeline, at(nth));
    expect(timeline.entries.length).toBeLessThanOrEqual(mostEntries + 100);
    expect(timeline.reachedStart).toBe(false);
    expect(texts(timeline).at(-1)).toBe('1999');
  });
});

describe('a changed entry', () => {
  it('is replaced where it stands, and the others stay the same objects', () => {
    const timeline = holding(1, 3);
    const changed = withChanged(timeline, { ...at(2), text: 'changed' });
    expect(texts(changed)).toEqual(['1', 'changed', '3']);
    expect(changed.entries[0]).toBe(timeline.entries[0]);
  });

  it('changes nothing outside the window', () => {
    const timeline = holding(1, 3);
    expect(withChanged(timeline, at(9))).toBe(timeline);
  });
});

describe('pages', () => {
  it('are put before and after without doubles', () => {
    const timeline = holding(5, 6, { reachedStart: false, reachedEnd: false });
    const older = withOlder(timeline, { entries: range(3, 5), reachedStart: true });
    expect(texts(older)).toEqual(['3', '4', '5', '6']);
    const newer = withNewer(older, { entries: range(6, 8), reachedEnd: true });
    expect(texts(newer)).toEqual(['3', '4', '5', '6', '7', '8']);
    expect(newer).toMatchObject({ reachedStart: true, reachedEnd: true });
  });

  it('push out what lies far away, and say that it is to be fetched again', () => {
    const full = holding(1_000, 999 + mostEntries, { reachedStart: false });
    const older = withOlder(full, { entries: range(940, 999), reachedStart: false });
    expect(older.entries).toHaveLength(mostEntries);
    expect(older.reachedEnd).toBe(false);
    const newer = withNewer(older, { entries: range(1_340, 1_399), reachedEnd: true });
    expect(newer.entries).toHaveLength(mostEntries);
    expect(newer).toMatchObject({ reachedStart: false, reachedEnd: true });
  });
});

describe('firstUnread', () => {
  const entries = [at(1), at(2), { ...at(3), direction: 'out' as const }, at(4)];

  it.each([
    [0, null],
    [1, at(4).id],
    [2, at(2).id],
    [3, at(1).id],
    [4, at(1).id],
  ])('of %i is %j', (unread, id) => {
    expect(firstUnread(entries, unread)).toBe(id);
  });
});

describe('logRows', () => {
  const day = 24 * 60;

  it('open a day above its first entry, and the new ones where they begin', () => {
    const rows = logRows({
      ...holding(0, 0),
      entries: [at(0), at(1), at(day), at(day + 1)],
      newFrom: at(day + 1).id,
    });
    expect(rows.map(({ opensDay }) => opensDay)).toEqual([true, false, true, false]);
    expect(rows.map(({ opensNew }) => opensNew)).toEqual([false, false, false, true]);
  });

  it('do not open a day that may have begun on the page before', () => {
    const rows = logRows(holding(0, 1, { reachedStart: false, newFrom: entryId(1) }));
    expect(rows.map(({ opensDay }) => opensDay)).toEqual([false, false]);
  });
});
