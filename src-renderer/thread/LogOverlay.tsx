import { ArrowDown } from 'lucide-react';
import type { ReactElement } from 'react';

import { Notice } from '../controls/Notice.tsx';
import { dayName } from '../controls/tell-time.ts';
import { useToday } from '../controls/use-today.ts';
import { useScreen } from '../screen/screen-context.ts';
import { inWords } from '../store/failure-of.ts';
import { openThread } from '../store/go-to.ts';
import { loadNewest } from '../store/load-timeline.ts';
import { useLogScroll } from './use-log-scroll.ts';
import type { LogView } from './use-log-scroll.ts';

/** What floats over the log: the day being read, the way back to the newest, and what the log has to say when it is empty. */
export function LogOverlay(view: LogView): ReactElement {
  const { timeline, rows, virtualizer } = view;
  const screen = useScreen();
  const today = useToday();
  const { dayAt, isFar } = useLogScroll(view);
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

function Empty({ timeline }: Pick<LogView, 'timeline'>): ReactElement {
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
