import { useVirtualizer } from '@tanstack/react-virtual';
import type { Virtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent, ReactElement } from 'react';
import { useStore } from 'zustand';

import type { EntryId } from '#shared/message/entry.ts';
import type { Thread } from '#shared/message/thread.ts';

import { useToday } from '../controls/use-today.ts';
import { useScreen } from '../screen/screen-context.ts';
import type { Timeline } from '../store/timeline.ts';
import { contactName } from '../thread-list/ThreadRow.tsx';
import { createEntryDeeds } from './entry-deeds.ts';
import { estimateHeight } from './estimate-height.ts';
import { Lightbox } from './Lightbox.tsx';
import type { EnlargedPicture } from './Lightbox.tsx';
import { logRows, rowOf } from './log-rows.ts';
import type { LogRow } from './log-rows.ts';
import { LogEntry } from './LogEntry.tsx';
import { LogOverlay } from './LogOverlay.tsx';
import { useStayAtEnd } from './use-stay-at-end.ts';

type LogVirtualizer = Virtualizer<HTMLDivElement, Element>;

type Props = {
  readonly thread: Thread;
  readonly timeline: Timeline;
  readonly target: EntryId | null;
};

/**
 * The messages of a thread: newest at the bottom, only what is near the eye drawn, further pages fetched before they are
 * reached. Mounted anew with every opening.
 */
export function ThreadLog({ thread, timeline, target }: Props): ReactElement {
  const rows = useMemo(() => logRows(timeline), [timeline]);
  const scroller = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- concerns a compiler that is not used here
  const virtualizer = useVirtualizer<HTMLDivElement, Element>({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (at) => (rows[at] === undefined ? 0 : estimateHeight(rows[at])),
    getItemKey: (at) => rows[at]?.entry.id ?? at,
    overscan: 8,
    paddingStart: 16,
    paddingEnd: 8,
    anchorTo: 'end',
    followOnAppend: timeline.growth === 'live',
    scrollEndThreshold: 60,
    directDomUpdates: true,
  });
  useFirstPlace(virtualizer, rows, target ?? timeline.newFrom);
  useStayAtEnd(scroller, virtualizer);
  return (
    <div className="log-frame">
      <div
        className="log"
        role="log"
        aria-label="Messages"
        // The screen's own live region says what comes in; here every scroll would be read out.
        aria-live="off"
        tabIndex={0}
        data-pane-stop
        ref={scroller}
        onKeyDown={(event) => moveSelection(event, rows, virtualizer)}
      >
        <div className="log-rows" ref={virtualizer.containerRef}>
          <Rows rows={rows} virtualizer={virtualizer} thread={thread} target={target} />
        </div>
      </div>
      <LogOverlay timeline={timeline} rows={rows} virtualizer={virtualizer} scroller={scroller} />
    </div>
  );
}

type RowsProps = {
  readonly rows: readonly LogRow[];
  readonly virtualizer: LogVirtualizer;
  readonly thread: Thread;
  readonly target: EntryId | null;
};

function Rows({ rows, virtualizer, thread, target }: RowsProps): ReactElement {
  const screen = useScreen();
  const today = useToday();
  const mediaBase = useStore(screen.overview, (overview) => overview.mediaBase);
  const { selected, details } = useStore(screen.place);
  const [expanded, setExpanded] = useState<ReadonlySet<EntryId>>(new Set());
  const [enlarged, setEnlarged] = useState<EnlargedPicture | null>(null);
  const deeds = useMemo(
    () =>
      createEntryDeeds(screen, {
        expand: (id) => setExpanded((known) => new Set(known).add(id)),
        enlarge: setEnlarged,
      }),
    [screen],
  );
  return (
    <>
      {virtualizer.getVirtualItems().map(({ key, index }) => {
        const row = rows[index];
        if (row === undefined) return null;
        const { id } = row.entry;
        return (
          <div key={key} className="log-row" data-index={index} ref={virtualizer.measureElement}>
            <LogEntry
              {...row}
              isSelected={id === selected}
              isFound={id === target}
              isExpanded={expanded.has(id)}
              showsDetails={id === details}
              peer={contactName(thread)}
              mediaBase={mediaBase}
              today={today}
              deeds={deeds}
            />
          </div>
        );
      })}
      <Lightbox shown={enlarged} mediaBase={mediaBase} onShow={setEnlarged} />
    </>
  );
}

/** On opening: the asked-for entry in the middle, else the first unread one at the top, else the end. Once only. */
function useFirstPlace(
  virtualizer: LogVirtualizer,
  rows: readonly LogRow[],
  entryId: EntryId | null,
): void {
  const placed = useRef(false);
  useLayoutEffect(() => {
    if (placed.current || rows.length === 0) return;
    placed.current = true;
    const at = rowOf(rows, entryId);
    if (at < 0) virtualizer.scrollToEnd();
    else virtualizer.scrollToIndex(at, { align: rows[at]?.opensNew ? 'start' : 'center' });
  }, [virtualizer, rows, entryId]);
}

const strides: Readonly<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1 };

/** Arrows pick out the entry above or below. */
function moveSelection(
  event: KeyboardEvent,
  rows: readonly LogRow[],
  virtualizer: LogVirtualizer,
): void {
  const steps = strides[event.key];
  if (steps === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
  if (!(event.target instanceof HTMLElement) || event.target.closest('button, a, audio')) return;
  event.preventDefault();
  const from = Number(event.target.dataset['entry'] ?? Number.NaN);
  const here = rows.findIndex(({ entry }) => entry.id === from);
  const at = here < 0 ? rows.length - 1 : Math.min(rows.length - 1, Math.max(0, here + steps));
  virtualizer.scrollToIndex(at, { align: 'auto' });
  requestAnimationFrame(() =>
    document.querySelector<HTMLElement>(`[data-entry="${rows[at]?.entry.id}"]`)?.focus(),
  );
}
