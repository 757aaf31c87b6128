import { useId } from 'react';
import type { ReactElement } from 'react';

import { lineColours } from './line-colours.ts';

type Props = { readonly value: string; readonly onChoose: (colour: string) => void };

/** Eight colours to choose from, each beside its name. */
export function ColourPicker({ value, onChoose }: Props): ReactElement {
  const name = useId();
  return (
    <fieldset className="colours">
      <legend>Colour</legend>
      {lineColours.map(({ name: words, colour }) => (
        <label key={colour}>
          <input
            type="radio"
            className="unseen"
            name={name}
            checked={value === colour}
            onChange={() => onChoose(colour)}
          />
          <i className="swatch" style={{ backgroundColor: colour }} />
          {words}
        </label>
      ))}
    </fieldset>
  );
}
