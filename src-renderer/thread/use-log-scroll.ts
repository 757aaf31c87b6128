import type { Virtualizer } from '@tanstack/react-virtual';
import { useEffect, useState } from 'react';
import type { RefObject } from 'react';
import { useStore } from 'zustand';

import type { EntryId } from '#shared/message/entry.ts';

import { useScreen } from '../screen/screen-context.ts';
import { markRead } from '../store/act-on-thread.ts';
import { loadNewer, loadOlder } from '../store/load-timeline.ts';
import type { Timeline } from '../store/timeline.ts';
import type { LogRow } from './log-rows.ts';

export type LogView = {
  readonly timeline: Timeline;
  readonly rows: readonly LogRow[];
  readonly virtualizer: Virtualizer<HTMLDivElement, Element>;
  readonly scroller: RefObject<HTMLDivElement | null>;
};

/** Where in the log the person is. */
export type ReadingPlace = {
  /** A moment of the day being read, once its own separator has gone off the top; else null. */
  readonly dayAt: number | null;
  /** Far enough from the newest that a way back is wanted. */
  readonly isFar: boolean;
  /** The lowest entry before the eye. */
  readonly lowest: EntryId | null;
};

/** All in CSS pixels: how far a day's separator must have gone, from where the way back is offered, and how near an edge the next page is fetched. */
const separatorGone = 34;
const farFromEnd = 500;
const nearEdge = 1_500;

/**
 * Follows the scrolling of a log: fetches the pages next to what is seen, marks it read while the person is looking, and says
 * where they are. It reads the scrolled element itself, as that is the truth at every moment.
 */
export function useLogScroll({ timeline, rows, virtualizer, scroller }: LogView): ReadingPlace {
  const screen = useScreen();
  const [place, setPlace] = useState<ReadingPlace>({ dayAt: null, isFar: false, lowest: null });
  const { threadId } = timeline;
  const isPlaced = useFramesLater(rows.length > 0);
  useEffect(() => {
    const element = scroller.current;
    if (element === null || !isPlaced) return undefined;
    const look = (): void => {
      const { top, bottom } = distances(element);
      if (top < nearEdge) void loadOlder(screen, threadId);
      if (bottom < nearEdge) void loadNewer(screen, threadId);
      const now = readingPlace(element, rows, virtualizer);
      setPlace((before) => (isSame(before, now) ? before : now));
    };
    look();
    element.addEventListener('scroll', look, { passive: true });
    return () => element.removeEventListener('scroll', look);
  }, [screen, threadId, rows, virtualizer, scroller, isPlaced]);
  useReadMarks(timeline, place.lowest);
  return place;
}

/** Frames in which a log that is opened finds its first place; a page that came meanwhile would push it off. */
const framesToPlace = 4;

/** False until some frames after `begun` has become true. */
function useFramesLater(begun: boolean): boolean {
  const [frames, setFrames] = useState(0);
  const isOver = frames >= framesToPlace;
  useEffect(() => {
    if (!begun || isOver) return undefined;
    const frame = requestAnimationFrame(() => setFrames(frames + 1));
    return () => cancelAnimationFrame(frame);
  }, [begun, frames, isOver]);
  return isOver;
}

function useReadMarks({ threadId }: Timeline, lowest: EntryId | null): void {
  const screen = useScreen();
  const attentive = useStore(screen.place, (now) => now.attentive);
  const unread = useStore(screen.threads, ({ index }) => index.get(threadId)?.unread ?? 0);
  useEffect(() => {
    if (attentive && unread > 0 && lowest !== null) void markRead(screen, threadId, lowest);
  }, [screen, threadId, attentive, unread, lowest]);
}

const distances = (element: HTMLElement): { top: number; bottom: number } => ({
  top: element.scrollTop,
  bottom: element.scrollHeight - element.clientHeight - element.scrollTop,
});

function readingPlace(
  element: HTMLElement,
  rows: readonly LogRow[],
  virtualizer: LogView['virtualizer'],
): ReadingPlace {
  const { top, bottom } = distances(element);
  const rowAt = (offset: number): { row: LogRow | undefined; start: number } => {
    const item = virtualizer.getVirtualItemForOffset(offset);
    return { row: rows[item?.index ?? -1], start: item?.start ?? 0 };
  };
  const { row: first, start } = rowAt(top);
  const last = bottom <= 1 ? rows.at(-1) : rowAt(top + element.clientHeight - 1).row;
  const isGone = top > 0 && (!first?.opensDay || top > start + separatorGone);
  return {
    dayAt: isGone ? (first?.entry.at ?? null) : null,
    isFar: bottom > farFromEnd,
    lowest: last?.entry.id ?? null,
  };
}

const isSame = (a: ReadingPlace, b: ReadingPlace): boolean =>
  a.dayAt === b.dayAt && a.isFar === b.isFar && a.lowest === b.lowest;
