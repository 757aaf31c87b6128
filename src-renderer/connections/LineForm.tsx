import { useState } from 'react';
import type { ReactElement } from 'react';

import type { Line } from '#shared/message/line.ts';

import { TextField } from '../controls/TextField.tsx';
import { useScreen } from '../screen/screen-context.ts';
import { ColourPicker } from './ColourPicker.tsx';
import { SmallForm } from './SmallForm.tsx';

type Props = { readonly line: Line; readonly onClose: () => void };

/** Name and colour of a line. */
export function LineForm({ line, onClose }: Props): ReactElement {
  const { host } = useScreen();
  const [label, setLabel] = useState(line.label);
  const [colour, setColour] = useState(line.colour);
  const problem = label.trim() === '' ? 'A line needs a name.' : null;
  return (
    <SmallForm
      name={`Line ${line.label}`}
      action="Save"
      isReady={problem === null}
      onClose={onClose}
      deed={() => host.call('line.change', { lineId: line.id, label: label.trim(), colour })}
    >
      <TextField
        label="Name of the line"
        value={label}
        maxLength={60}
        problem={problem}
        onType={setLabel}
      />
      <ColourPicker value={colour} onChoose={setColour} />
    </SmallForm>
  );
}
