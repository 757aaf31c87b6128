import type { Virtualizer } from '@tanstack/react-virtual';
import { ArrowDown } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ReactElement, RefObject } from 'react';

import { Notice } from '../controls/Notice.tsx';
import { dayName } from '../controls/tell-time.ts';
import { useToday } from '../controls/use-today.ts';
import { useScreen } from '../screen/screen-context.ts';
import { inWords } from '../store/failure-of.ts';
import { openThread } from '../store/go-to.ts';
import { loadNewest } from '../store/load-timeline.ts';
import type { Timeline } from '../store/timeline.ts';
import type { LogRow } from './log-rows.ts';

type Props = {
  readonly timeline: Timeline;
  readonly rows: readonly LogRow[];
  readonly virtualizer: Virtualizer<HTMLDivElement, Element>;
  readonly scroller: RefObject<HTMLDivElement | null>;
};

/** CSS pixels: how far a day's own separator must have gone before the day is shown at the top. */
const separatorGone = 34;
/** CSS pixels from the end beyond which the way back is offered. */
const farFromEnd = 500;

/** What floats over the log: the day being read, the way back to the newest, and what the log has to say when it is empty. */
export function LogOverlay(props: Props): ReactElement {
  const { timeline, rows, virtualizer } = props;
  const screen = useScreen();
  const today = useToday();
  const { dayAt, isFar } = useReadingPlace(props);
  const goToNewest = (): void => {
    if (timeline.reachedEnd) virtualizer.scrollToEnd();
    else void openThread(screen, timeline.threadId);
  };
  return (
    <>
      {dayAt === null ? null : (
        <div className="day day-now" aria-hidden>
          {dayName(dayAt, today)}
        </div>
      )}
      {timeline.loadingOlder ? <div className="older">Loading older messages…</div> : null}
      {rows.length === 0 ? <Empty timeline={timeline} /> : null}
      {rows.length > 0 && timeline.failure !== null ? (
        <div className="older bad">{inWords(timeline.failure)}</div>
      ) : null}
      {isFar || !timeline.reachedEnd ? (
        <button type="button" className="to-newest" onClick={goToNewest}>
          <ArrowDown size={14} aria-hidden /> Newest messages
        </button>
      ) : null}
    </>
  );
}

function Empty({ timeline }: Pick<Props, 'timeline'>): ReactElement {
  const screen = useScreen();
  if (timeline.phase === 'failed' && timeline.failure !== null)
    return (
      <Notice
        title="The messages could not be loaded"
        words={inWords(timeline.failure)}
        onRetry={() => void loadNewest(screen, timeline.threadId)}
      />
    );
  if (timeline.phase === 'ready')
    return <Notice title="No messages yet" words="Write the first one below." />;
  return <p className="quiet log-quiet">Loading messages…</p>;
}

/** Where in the log the person is; changes only when the day or the distance class does. */
function useReadingPlace({ rows, virtualizer, scroller }: Props): {
  readonly dayAt: number | null;
  readonly isFar: boolean;
} {
  const [dayAt, setDayAt] = useState<number | null>(null);
  const [isFar, setIsFar] = useState(false);
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const look = (): void => {
      const item = virtualizer.getVirtualItemForOffset(element.scrollTop);
      const row = item === undefined ? undefined : rows[item.index];
      const isGone =
        row !== undefined &&
        item !== undefined &&
        (!row.opensDay || element.scrollTop > item.start + separatorGone);
      setDayAt(isGone && element.scrollTop > 0 ? (row?.entry.at ?? null) : null);
      setIsFar(element.scrollHeight - element.clientHeight - element.scrollTop > farFromEnd);
    };
    look();
    element.addEventListener('scroll', look, { passive: true });
    return () => element.removeEventListener('scroll', look);
  }, [rows, virtualizer, scroller]);
  return { dayAt, isFar };
}
