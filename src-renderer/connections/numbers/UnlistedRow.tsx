import { useState } from 'react';
import type { ReactElement } from 'react';

import type { Line } from '#shared/message/line.ts';
import { formatPeer } from '#shared/phone/format-peer.ts';

import { LineForm } from '../LineForm.tsx';
import { numberTypeWords } from '../number-type-words.ts';
import { LineCell } from './LineCell.tsx';

type Props = {
  readonly line: Line;
  /** The carrier told its numbers and left this one out. */
  readonly isAsked: boolean;
};

/** A line whose number the carrier does not list. */
export function UnlistedRow({ line, isAsked }: Props): ReactElement {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <tr>
        <th scope="row">
          <span className="digits">{formatPeer(line.number)}</span>
        </th>
        <td>{numberTypeWords[line.numberType]}</td>
        <td colSpan={2} className={isAsked ? 'warn' : 'quiet-words'}>
          {isAsked ? 'Not in the carrier’s list of the account' : 'The carrier has not told of it'}
        </td>
        <td>
          <LineCell
            number={line.number}
            line={line}
            isOpen={isOpen}
            onToggle={() => setOpen(!isOpen)}
          />
        </td>
      </tr>
      {isOpen ? (
        <tr>
          <td colSpan={5}>
            <LineForm line={line} onClose={() => setOpen(false)} />
          </td>
        </tr>
      ) : null}
    </>
  );
}
