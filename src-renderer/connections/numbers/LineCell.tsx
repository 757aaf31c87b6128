import type { ReactElement } from 'react';

import type { Line } from '#shared/message/line.ts';
import { formatPeer } from '#shared/phone/format-peer.ts';

import { LineName } from '../LineName.tsx';

type Props = {
  readonly number: string;
  readonly line: Line | undefined;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
};

/** The line a number is, and the way to change it; or the way to make it one. */
export function LineCell({ number, line, isOpen, onToggle }: Props): ReactElement {
  const isLine = line !== undefined;
  return (
    <div className="line-cell">
      {isLine ? <LineName line={line} /> : null}
      <button
        type="button"
        className="ghost"
        aria-expanded={isOpen}
        aria-label={isLine ? `Change the line ${line.label}` : `Make ${formatPeer(number)} a line`}
        onClick={onToggle}
      >
        {isLine ? 'Change' : 'Make it a line'}
      </button>
    </div>
  );
}
