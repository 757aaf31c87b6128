import { Search as SearchIcon } from 'lucide-react';
import type { KeyboardEvent, ReactElement } from 'react';
import { useStore } from 'zustand';

import type { ThreadView } from '#shared/message/thread.ts';

import { shownKeys } from '../controls/shown-keys.ts';
import { inDigits } from '../controls/tell-amount.ts';
import { Tip } from '../controls/Tip.tsx';
import { startNewMessage } from '../screen/do-key.ts';
import { keyOf } from '../screen/key-table.ts';
import { useScreen } from '../screen/screen-context.ts';
import { showList } from '../store/load-threads.ts';
import { writeQuery } from '../store/run-search.ts';

/** Search and "New message". */
export function ListHead(): ReactElement {
  const screen = useScreen();
  const query = useStore(screen.search, (search) => search.query);
  return (
    <div className="top">
      <div className="search">
        <SearchIcon size={14} aria-hidden />
        <input
          type="search"
          aria-label="Search"
          placeholder="Search"
          data-focus="search"
          value={query}
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
          onChange={({ target }) => writeQuery(screen, target.value)}
          onKeyDown={intoResults}
        />
        {query === '' ? <kbd>{shownKeys(keyOf('search'))}</kbd> : null}
      </div>
      <Tip words="New message" keys={keyOf('new-message')}>
        <button type="button" className="button" onClick={() => startNewMessage(screen)}>
          New message
        </button>
      </Tip>
    </div>
  );
}

/** Enter opens the first thing found; the down arrow goes there. */
function intoResults(event: KeyboardEvent): void {
  if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
  const first = document.querySelector<HTMLElement>('.found .row-name, .rows .row-name');
  if (first === null) return;
  event.preventDefault();
  if (event.key === 'Enter') first.click();
  else first.focus();
}

const chips = [
  ['open', 'Open'],
  ['unread', 'Unread'],
  ['done', 'Done'],
] as const;

const otherViews: Readonly<Partial<Record<ThreadView, string>>> = {
  unanswered: 'Unanswered',
  failed: 'Failed',
};

/** Which part of the inbox is shown, and how much of it is loaded. */
export function ListFilter(): ReactElement {
  const screen = useScreen();
  const list = useStore(screen.threads, (threads) => threads.list);
  const counts = useStore(screen.overview, (overview) => overview.counts);
  const total = list.lineId === null ? Math.max(counts[list.view], list.ids.length) : list.total;
  const other = otherViews[list.view];
  return (
    <div className="chips">
      {other === undefined ? (
        <fieldset aria-label="Show">
          {chips.map(([view, words]) => (
            <label key={view} className="chip">
              <input
                type="radio"
                name="view"
                className="unseen"
                checked={list.view === view}
                onChange={() => void showList(screen, { view, lineId: list.lineId })}
              />
              {words}
            </label>
          ))}
        </fieldset>
      ) : (
        <h2 className="view-name">{other}</h2>
      )}
      {list.phase === 'loading' || total === 0 ? null : (
        <span className="shown">
          showing {inDigits(list.ids.length)} of {inDigits(total)}
        </span>
      )}
    </div>
  );
}
