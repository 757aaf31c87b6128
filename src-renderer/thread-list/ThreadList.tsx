import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { CSSProperties, KeyboardEvent, ReactElement } from 'react';
import { useStore } from 'zustand';

import type { ThreadId } from '#shared/message/entry.ts';
import type { Thread } from '#shared/message/thread.ts';

import { useToday } from '../controls/use-today.ts';
import { focusSoon } from '../screen/move-focus.ts';
import { useScreen } from '../screen/screen-context.ts';
import { openThread } from '../store/go-to.ts';
import { loadMoreThreads } from '../store/load-threads.ts';
import { openThreadId } from '../store/place-store.ts';
import { contactName, ThreadRow } from './ThreadRow.tsx';

/** Height of a row in CSS pixels; the style sheet says the same. */
const rowHeight = 57;
/** Rows before the end of what is loaded at which the next page is fetched. */
const ahead = 60;

/** The conversations of the chosen view, as many as are loaded; the next page comes before its rows are reached. */
export function ThreadList(): ReactElement {
  const screen = useScreen();
  const ids = useStore(screen.threads, ({ list }) => list.ids);
  const scroller = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- concerns a compiler that is not used here
  const virtualizer = useVirtualizer({
    count: ids.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (at) => ids[at] ?? at,
    overscan: 12,
  });
  const items = virtualizer.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= ids.length - ahead) void loadMoreThreads(screen);
  }, [screen, last, ids.length]);
  useOpenRowInSight(ids, (at) => virtualizer.scrollToIndex(at, { align: 'auto' }));
  const { stop, move } = useRoving(ids, (at) => virtualizer.scrollToIndex(at));
  return (
    <div className="rows" ref={scroller}>
      <ul
        aria-label="Conversations"
        // Explicit, because Safari takes a list without bullets for none.
        role="list"
        style={{ height: virtualizer.getTotalSize() }}
        onKeyDown={move}
      >
        {items.map(({ key, index, start }) => {
          const id = ids[index];
          return id === undefined ? null : (
            <ListedThread
              key={key}
              id={id}
              isStop={id === stop}
              place={{ at: index, of: ids.length }}
              style={{ transform: `translateY(${start}px)` }}
            />
          );
        })}
      </ul>
    </div>
  );
}

type ListedProps = {
  readonly id: ThreadId;
  readonly isStop: boolean;
  readonly place: { readonly at: number; readonly of: number };
  readonly style: CSSProperties;
};

/** One row with its own ear on the store, so that an event draws this row anew and no other. */
function ListedThread({ id, isStop, place, style }: ListedProps): ReactElement | null {
  const screen = useScreen();
  const thread = useStore(screen.threads, ({ index }) => index.get(id));
  const lineId = useStore(screen.threads, ({ list }) => list.lineId);
  const lines = useStore(screen.overview, (overview) => overview.lines);
  const isOpen = useStore(screen.place, (now) => openThreadId(now) === id);
  const today = useToday();
  const open = useCallback(
    (opened: Thread) => {
      void openThread(screen, opened.id);
      focusSoon('composer');
    },
    [screen],
  );
  if (thread === undefined) return null;
  const tellsLine = lineId === null && lines.length > 1;
  return (
    <li
      role="listitem"
      aria-label={contactName(thread)}
      aria-setsize={place.of}
      aria-posinset={place.at + 1}
      style={style}
    >
      <ThreadRow
        thread={thread}
        line={tellsLine ? (lines.find((line) => line.id === thread.lineId) ?? null) : null}
        isOpen={isOpen}
        isStop={isStop}
        today={today}
        onOpen={open}
      />
    </li>
  );
}

/** When another conversation is opened, its row comes into sight; when it only moves, the list stays where it is. */
function useOpenRowInSight(ids: readonly ThreadId[], show: (at: number) => void): void {
  const openId = useStore(useScreen().place, openThreadId);
  const latest = useRef({ ids, show });
  useEffect(() => {
    latest.current = { ids, show };
  });
  useEffect(() => {
    const at = openId === null ? -1 : latest.current.ids.indexOf(openId);
    if (at >= 0) latest.current.show(at);
  }, [openId]);
}

const strides: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at) => at + 1,
  ArrowUp: (at) => at - 1,
  PageDown: (at) => at + 10,
  PageUp: (at) => at - 10,
  Home: () => 0,
  End: (_at, count) => count - 1,
};

/** Roving focus: Tab reaches one row, arrows move on from it. */
function useRoving(
  ids: readonly ThreadId[],
  show: (at: number) => void,
): { stop: ThreadId | undefined; move: (event: KeyboardEvent) => void } {
  const screen = useScreen();
  const openId = useStore(screen.place, openThreadId);
  const [moved, setMoved] = useState<ThreadId | null>(null);
  const held = moved !== null && ids.includes(moved) ? moved : null;
  const stop = held ?? (openId !== null && ids.includes(openId) ? openId : ids[0]);
  const move = (event: KeyboardEvent): void => {
    const stride = strides[event.key];
    if (stride === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const from = ids.indexOf(Number(threadUnder(event.target)) as ThreadId);
    const at = Math.min(ids.length - 1, Math.max(0, stride(from, ids.length)));
    setMoved(ids[at] ?? null);
    show(at);
    requestAnimationFrame(() => focusRow(ids[at]));
  };
  return { stop, move };
}

const threadUnder = (target: EventTarget): string | undefined =>
  target instanceof HTMLElement ? target.dataset['thread'] : undefined;

const focusRow = (id: ThreadId | undefined): void =>
  document
    .querySelector<HTMLElement>(`[aria-label="Conversations"] [data-thread="${id}"]`)
    ?.focus();
