import type { ReactElement } from 'react';

type Props = {
  readonly title: string;
  readonly words: string;
  readonly onRetry?: () => void;
  /** It stands for the whole pane, so its title is the page's heading. */
  readonly isPane?: boolean;
};

/** An empty place or a failure, in words, with what to do next. */
export function Notice({ title, words, onRetry, isPane = false }: Props): ReactElement {
  return (
    <div className="notice">
      {isPane ? <h1 className="notice-title">{title}</h1> : <p className="notice-title">{title}</p>}
      <p>{words}</p>
      {onRetry === undefined ? null : (
        <button type="button" className="ghost" onClick={onRetry}>
          Try again
        </button>
      )}
    </div>
  );
}
