import { useCallback } from 'react';
import type { ReactElement, ReactNode } from 'react';
import { useStore } from 'zustand';

import type { Thread } from '#shared/message/thread.ts';

import { Notice } from '../controls/Notice.tsx';
import { counted, inDigits } from '../controls/tell-amount.ts';
import { useToday } from '../controls/use-today.ts';
import { useScreen } from '../screen/screen-context.ts';
import { inWords } from '../store/failure-of.ts';
import { openThread, rememberThread } from '../store/go-to.ts';
import { openThreadId } from '../store/place-store.ts';
import { runSearch, showMostHits } from '../store/run-search.ts';
import { mostHits } from '../store/search-store.ts';
import type { SearchAnswer } from '../store/search-store.ts';
import { contactName, ThreadRow } from '../thread-list/ThreadRow.tsx';
import { FoundText } from './FoundText.tsx';

import './search.css';

/** What a search found: people and numbers first, then texts, with how many there are in all. */
export function SearchResults(): ReactElement {
  const screen = useScreen();
  const { query, answer, answered, failure } = useStore(screen.search);
  if (failure !== null)
    return (
      <Notice
        title="The search did not work"
        words={inWords(failure)}
        onRetry={() => void runSearch(screen)}
      />
    );
  if (answer === null) return <p className="quiet">Searching…</p>;
  if (answer.threads.length + answer.hits.length === 0)
    return (
      <Notice
        title={`Nothing found for “${query.trim()}”`}
        words="Look for a name, a number or words of a message; quotes keep words together."
      />
    );
  return (
    <div className="found">
      <FoundThreads threads={answer.threads} />
      <FoundTexts answer={answer} query={answered} />
    </div>
  );
}

function FoundThreads({ threads }: Pick<SearchAnswer, 'threads'>): ReactElement | null {
  const screen = useScreen();
  const openId = useStore(screen.place, openThreadId);
  const today = useToday();
  const open = useCallback(
    (thread: Thread) => {
      rememberThread(screen, thread);
      void openThread(screen, thread.id);
    },
    [screen],
  );
  if (threads.length === 0) return null;
  return (
    <FoundList name="Conversations" count={inDigits(threads.length)}>
      {threads.map((thread) => (
        <li key={thread.id} role="listitem" aria-label={contactName(thread)}>
          <ThreadRow
            thread={thread}
            line={null}
            isOpen={thread.id === openId}
            isStop
            today={today}
            onOpen={open}
          />
        </li>
      ))}
    </FoundList>
  );
}

type TextsProps = { readonly answer: SearchAnswer; readonly query: string };

function FoundTexts({
  answer: { hits, total, moreThanTotal },
  query,
}: TextsProps): ReactElement | null {
  const screen = useScreen();
  const today = useToday();
  if (hits.length === 0) return null;
  return (
    <>
      <FoundList
        name="Texts"
        count={`showing ${inDigits(hits.length)} of ${moreThanTotal ? 'more than ' : ''}${inDigits(total)}`}
      >
        {hits.map(({ thread, entry }) => (
          <FoundText
            key={entry.id}
            thread={thread}
            entry={entry}
            query={query}
            today={today}
            onOpen={() => {
              rememberThread(screen, thread);
              void openThread(screen, thread.id, entry.id);
            }}
          />
        ))}
      </FoundList>
      {total > hits.length ? <MoreTexts shown={hits.length} total={total} /> : null}
    </>
  );
}

function MoreTexts({
  shown,
  total,
}: {
  readonly shown: number;
  readonly total: number;
}): ReactElement {
  const screen = useScreen();
  if (shown >= mostHits)
    return (
      <p className="quiet">
        {counted(total - shown, 'older text')} not shown: add a word to narrow the search.
      </p>
    );
  return (
    <button type="button" className="ghost more" onClick={() => void showMostHits(screen)}>
      Show {inDigits(Math.min(mostHits, total))}
    </button>
  );
}

type ListProps = {
  readonly name: string;
  readonly count: string;
  readonly children: ReactNode;
};

function FoundList({ name, count, children }: ListProps): ReactElement {
  return (
    <>
      <h2 className="section">
        {name} <span>{count}</span>
      </h2>
      <ul role="list" aria-label={name}>
        {children}
      </ul>
    </>
  );
}
