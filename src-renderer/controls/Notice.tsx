import type { ReactElement } from 'react';

type Props = {
  readonly title: string;
  readonly words: string;
  readonly onRetry?: () => void;
};

/** An empty place or a failure, in words, with what to do next. */
export function Notice({ title, words, onRetry }: Props): ReactElement {
  return (
    <div className="notice">
      <p className="notice-title">{title}</p>
      <p>{words}</p>
      {onRetry === undefined ? null : (
        <button type="button" className="ghost" onClick={onRetry}>
          Try again
        </button>
      )}
    </div>
  );
}
