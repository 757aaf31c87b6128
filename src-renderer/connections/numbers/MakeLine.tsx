import { useState } from 'react';
import type { ReactElement } from 'react';

import type { ConnectionId, Line } from '#shared/message/line.ts';
import { formatPeer } from '#shared/phone/format-peer.ts';

import { TextField } from '../../controls/TextField.tsx';
import { useScreen } from '../../screen/screen-context.ts';
import { nameOf } from '../name-of-number.ts';
import { SmallForm } from '../SmallForm.tsx';

type Props = {
  readonly number: Pick<Line, 'number' | 'numberType'> & { readonly label: string | null };
  readonly connectionId: ConnectionId;
  readonly onClose: () => void;
};

/** Makes a number of a connection a line, under a name. */
export function MakeLine({ number, connectionId, onClose }: Props): ReactElement {
  const { host } = useScreen();
  const shown = formatPeer(number.number);
  const [label, setLabel] = useState((nameOf(number) ?? shown).slice(0, 60));
  const problem = label.trim() === '' ? 'A line needs a name.' : null;
  const make = (): Promise<unknown> =>
    host.call('line.add', {
      connectionId,
      number: number.number,
      numberType: number.numberType,
      label: label.trim(),
    });
  return (
    <SmallForm
      name={`Make ${shown} a line`}
      action="Make it a line"
      isReady={problem === null}
      onClose={onClose}
      deed={make}
    >
      <TextField
        label="Name of the line"
        value={label}
        maxLength={60}
        problem={problem}
        onType={setLabel}
      />
    </SmallForm>
  );
}
