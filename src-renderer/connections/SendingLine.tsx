import { useId } from 'react';
import type { ReactElement } from 'react';

import type { Line, LineId } from '#shared/message/line.ts';

import { FieldName } from '../controls/TextField.tsx';

type Props = {
  readonly lines: readonly Line[];
  readonly value: LineId;
  readonly onChoose: (id: LineId) => void;
};

/** The line that a check is sent from. */
export function SendingLine({ lines, value, onChoose }: Props): ReactElement {
  const field = useId();
  return (
    <div className="form-field">
      <FieldName field={field} label="Text from" isOptional={false} />
      <select
        id={field}
        value={value}
        onChange={({ target }) => {
          const chosen = lines.find(({ id }) => String(id) === target.value);
          if (chosen) onChoose(chosen.id);
        }}
      >
        {lines.map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
}
