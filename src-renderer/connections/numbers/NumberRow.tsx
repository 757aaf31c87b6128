import { useState } from 'react';
import type { ReactElement } from 'react';

import type { ConnectionView } from '#shared/contract/connection-shapes.ts';
import type { Line } from '#shared/message/line.ts';
import { formatPeer } from '#shared/phone/format-peer.ts';

import { LineForm } from '../LineForm.tsx';
import { nameOf } from '../name-of-number.ts';
import { numberTypeWords } from '../number-type-words.ts';
import { HookCell } from './HookCell.tsx';
import { LineCell } from './LineCell.tsx';
import { MakeLine } from './MakeLine.tsx';
import { RegistrationCell } from './RegistrationCell.tsx';
import type { CarrierNumber } from './use-numbers.ts';

type Props = {
  readonly number: CarrierNumber;
  readonly line: Line | undefined;
  readonly connection: ConnectionView;
};

/** One number of the account, with the form for its line under it while that is open. */
export function NumberRow({ number, line, connection }: Props): ReactElement {
  const [isOpen, setOpen] = useState(false);
  const name = nameOf(number);
  const close = (): void => setOpen(false);
  return (
    <>
      <tr>
        <th scope="row">
          <span className="digits">{formatPeer(number.number)}</span>
          {name === null ? null : <small>{name}</small>}
        </th>
        <td>
          {numberTypeWords[number.numberType]}
          <small className="abilities-told">{abilities(number)}</small>
        </td>
        <td>
          <RegistrationCell registration={number.registration} />
        </td>
        <td>
          <HookCell number={number} connection={connection} />
        </td>
        <td>
          <LineCell
            number={number.number}
            line={line}
            isOpen={isOpen}
            onToggle={() => setOpen(!isOpen)}
          />
        </td>
      </tr>
      {isOpen ? (
        <tr>
          <td colSpan={5}>
            {line === undefined ? (
              <MakeLine number={number} connectionId={connection.id} onClose={close} />
            ) : (
              <LineForm line={line} onClose={close} />
            )}
          </td>
        </tr>
      ) : null}
    </>
  );
}

function abilities({ sms, mms, voice }: CarrierNumber): string {
  const can = [sms ? 'SMS' : '', mms ? 'MMS' : '', voice ? 'Voice' : ''].filter(Boolean);
  return can.length === 0 ? 'Nothing switched on' : can.join(' · ');
}
