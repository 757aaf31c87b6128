import type { ReactElement } from 'react';

import { formatPeer } from '#shared/phone/format-peer.ts';

import { numberTypeWords } from '../number-type-words.ts';
import { RegistrationMark } from '../numbers/RegistrationCell.tsx';
import type { WantedLine } from './connecting-store.ts';
import { longestLabel } from './wanted-lines.ts';

type Props = {
  readonly line: WantedLine;
  readonly onChange: (change: Partial<WantedLine>) => void;
};

/** A number that may become a line: whether it does, its name, its type, and how far it is registered. */
export function FoundNumber({ line, onChange }: Props): ReactElement {
  const { number, label, numberType, isChosen, found } = line;
  const shown = formatPeer(number);
  return (
    <li>
      <div className="row-line number-choice">
        <label className="found-number">
          <input
            type="checkbox"
            checked={isChosen}
            onChange={({ target }) => onChange({ isChosen: target.checked })}
          />
          <span className="digits">{shown}</span>
        </label>
        <input
          className="found-label"
          aria-label={`Name of ${shown}`}
          value={label}
          maxLength={longestLabel}
          disabled={!isChosen}
          onChange={({ target }) => onChange({ label: target.value })}
        />
        <span className="quiet-words">
          {numberTypeWords[numberType]}
          {found?.sms === false ? <span className="warn"> · No texts</span> : null}
        </span>
        {found === null ? (
          <span className="quiet-words">Written by hand</span>
        ) : (
          <RegistrationMark registration={found.registration} />
        )}
      </div>
    </li>
  );
}
