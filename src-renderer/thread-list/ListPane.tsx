import type { ReactElement } from 'react';
import { useStore } from 'zustand';

import type { ThreadView } from '#shared/message/thread.ts';

import { Notice } from '../controls/Notice.tsx';
import { useScreen } from '../screen/screen-context.ts';
import { SearchResults } from '../search/SearchResults.tsx';
import { inWords } from '../store/failure-of.ts';
import { loadFirstPage } from '../store/load-threads.ts';
import { ListFilter, ListHead } from './ListHead.tsx';

import './thread-list.css';
import { ThreadList } from './ThreadList.tsx';

/** The pane of the conversations: search, filter and list, or what a search found. */
export function ListPane(): ReactElement {
  const isSearching = useStore(useScreen().search, ({ query }) => query.trim() !== '');
  return (
    <section className="list-pane" aria-label="List" data-pane-stop>
      <ListHead />
      {isSearching ? (
        <SearchResults />
      ) : (
        <>
          <ListFilter />
          <ListBody />
        </>
      )}
    </section>
  );
}

const emptyWords: Readonly<Record<ThreadView, readonly [string, string]>> = {
  open: ['No open conversations', 'Press New message to text someone.'],
  unread: ['Nothing unread', 'What comes in shows here until it is read.'],
  done: ['Nothing is done yet', 'Conversations marked done are kept here.'],
  unanswered: ['Every conversation is answered', 'Those that wait for your answer show here.'],
  failed: ['Nothing has failed', 'Texts that were not delivered show here.'],
};

function ListBody(): ReactElement {
  const screen = useScreen();
  const { view, lineId, phase, failure, ids } = useStore(screen.threads, ({ list }) => list);
  if (ids.length > 0)
    return (
      <>
        <ThreadList key={`${view} ${lineId}`} />
        {phase === 'failed' && failure !== null ? (
          <Notice
            title="The list is not up to date"
            words={inWords(failure)}
            onRetry={() => void loadFirstPage(screen)}
          />
        ) : null}
      </>
    );
  if (phase === 'failed' && failure !== null)
    return (
      <Notice
        title="The conversations could not be loaded"
        words={inWords(failure)}
        onRetry={() => void loadFirstPage(screen)}
      />
    );
  if (phase !== 'ready') return <p className="quiet">Loading conversations…</p>;
  const [title, words] = emptyWords[view];
  return <Notice title={title} words={words} />;
}
