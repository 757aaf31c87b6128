import type { ReactElement, ReactNode } from 'react';
import { useStore } from 'zustand';

import type { Line } from '#shared/message/line.ts';
import type { ThreadView } from '#shared/message/thread.ts';
import { formatPeer } from '#shared/phone/format-peer.ts';

import { inDigits } from '../controls/tell-amount.ts';
import { useScreen } from '../screen/screen-context.ts';
import { openConnections } from '../store/go-to.ts';
import { showList } from '../store/load-threads.ts';

import './rail.css';

type Props = { readonly settings: ReactNode };

/** The views and our lines; what is chosen here decides what the list shows. */
export function Rail({ settings }: Props): ReactElement {
  const screen = useScreen();
  const { counts, lines } = useStore(screen.overview);
  const view = useStore(screen.threads, ({ list }) => list.view);
  const lineId = useStore(screen.threads, ({ list }) => list.lineId);
  const show = (next: ThreadView): void => void showList(screen, { view: next, lineId });
  const choose = (line: Line): void =>
    void showList(screen, { view, lineId: line.id === lineId ? null : line.id });
  return (
    <nav className="rail" aria-label="Views and lines" data-pane-stop>
      <div className="brand">Trunkline</div>
      <ul aria-label="Views">
        <View
          name="Inbox"
          on={isInbox(view)}
          count={counts.unread}
          words="unread"
          onShow={() => show('open')}
        />
        <View
          name="Unanswered"
          on={view === 'unanswered'}
          count={counts.unanswered}
          words="waiting for an answer"
          onShow={() => show('unanswered')}
        />
        <View
          name="Failed"
          on={view === 'failed'}
          count={counts.failed}
          words="not delivered or undecided"
          bad
          onShow={() => show('failed')}
        />
      </ul>
      <h2 className="section">Lines</h2>
      <ul aria-label="Lines">
        {lines.map((line) => (
          <LineItem
            key={line.id}
            line={line}
            on={line.id === lineId}
            onChoose={() => choose(line)}
          />
        ))}
      </ul>
      {lines.length === 0 ? (
        <NoLine onConnect={() => void openConnections(screen, { page: 'connect' })} />
      ) : null}
      <div className="rail-foot">{settings}</div>
    </nav>
  );
}

function NoLine({ onConnect }: { readonly onConnect: () => void }): ReactElement {
  return (
    <div className="none">
      <p>No line yet.</p>
      <button type="button" className="ghost" onClick={onConnect}>
        Connect a carrier
      </button>
    </div>
  );
}

const isInbox = (view: ThreadView): boolean => view !== 'unanswered' && view !== 'failed';

type ViewProps = {
  readonly name: string;
  readonly on: boolean;
  readonly count: number;
  /** What the count counts. */
  readonly words: string;
  readonly bad?: boolean;
  readonly onShow: () => void;
};

function View({ name, on, count, words, bad, onShow }: ViewProps): ReactElement {
  return (
    <li>
      <button
        type="button"
        className="nav-item"
        aria-current={on ? 'page' : undefined}
        onClick={onShow}
      >
        {name}
        {count > 0 ? (
          <b className={bad ? 'bad' : undefined}>
            {inDigits(count)}
            <span className="unseen"> {words}</span>
          </b>
        ) : null}
      </button>
    </li>
  );
}

type LineProps = { readonly line: Line; readonly on: boolean; readonly onChoose: () => void };

function LineItem({ line, on, onChoose }: LineProps): ReactElement {
  return (
    <li>
      <button type="button" className="nav-item" aria-pressed={on} onClick={onChoose}>
        <i className="line-mark" style={{ backgroundColor: line.colour }} />
        <span className="line-name">
          {line.label} <small>{formatPeer(line.number)}</small>
        </span>
        {line.unread > 0 ? (
          <b>
            {inDigits(line.unread)}
            <span className="unseen"> unread</span>
          </b>
        ) : null}
      </button>
    </li>
  );
}
