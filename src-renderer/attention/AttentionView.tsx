import type { ReactElement } from 'react';
import { useStore } from 'zustand';

import { Notice } from '../controls/Notice.tsx';
import { exactTime } from '../controls/tell-time.ts';
import { useScreen } from '../screen/screen-context.ts';
import type { Attention, AttentionItem } from '../store/attention-store.ts';
import { inWords } from '../store/failure-of.ts';
import { closePane } from '../store/go-to.ts';
import { loadAttention, readAgain } from '../store/load-attention.ts';
import { BackButton } from '../thread/ThreadHeader.tsx';

import './attention.css';

/** Deliveries that truly came from a carrier and could not be understood. Nothing of them is lost: each can be read again. */
export function AttentionView(): ReactElement {
  const screen = useScreen();
  const { items, failure, outcomes } = useStore(screen.attention);
  return (
    <>
      <header className="top">
        <BackButton onBack={() => closePane(screen)} />
        <div className="who">
          <h1>Needs attention</h1>
          <div className="who-more">Came from a carrier and could not be understood</div>
        </div>
        <button type="button" className="ghost" onClick={() => closePane(screen)}>
          Close
        </button>
      </header>
      <div className="attention" tabIndex={0} role="region" aria-label="Deliveries">
        {failure === null ? null : (
          <Notice
            title="The list could not be loaded"
            words={inWords(failure)}
            onRetry={() => void loadAttention(screen)}
          />
        )}
        {items === null && failure === null ? <p className="quiet">Loading…</p> : null}
        {items?.length === 0 ? (
          <Notice title="Nothing needs attention" words="Everything that came in was understood." />
        ) : null}
        {items?.map((item) => (
          <Item
            key={item.id}
            item={item}
            outcome={outcomes.get(item.id)}
            onReadAgain={() => void readAgain(screen, item.id)}
          />
        ))}
      </div>
    </>
  );
}

type Outcome = Attention['outcomes'] extends ReadonlyMap<number, infer O> ? O : never;

type ItemProps = {
  readonly item: AttentionItem;
  readonly outcome: Outcome | undefined;
  readonly onReadAgain: () => void;
};

function Item({ item, outcome, onReadAgain }: ItemProps): ReactElement {
  return (
    <article className="attention-item" aria-label={item.problem}>
      <div className="attention-head">
        <p>{item.problem}</p>
        <button
          type="button"
          className="ghost"
          disabled={outcome === 'reading'}
          onClick={onReadAgain}
        >
          Read again
        </button>
      </div>
      <p className="quiet">
        {item.connectionLabel} · {item.provider} · <time>{exactTime(item.at)}</time>
      </p>
      <p role="status">{outcome === undefined ? '' : outcomeWords(outcome)}</p>
      <details>
        <summary>What came in</summary>
        <pre dir="auto">{item.body}</pre>
      </details>
    </article>
  );
}

function outcomeWords(outcome: Outcome): string {
  if (outcome === 'reading') return 'Reading…';
  return outcome === 'still-not-understood' ? 'Still not understood.' : inWords(outcome);
}
