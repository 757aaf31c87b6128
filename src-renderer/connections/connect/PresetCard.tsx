import { useId } from 'react';
import type { ReactElement } from 'react';

import type { Preset } from '../../store/connections-store.ts';

type Props = {
  readonly preset: Preset;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
};

/** A carrier known by name alone: its form is another's, and nobody has tried it. */
export function PresetCard({ preset, isChosen, onChoose }: Props): ReactElement {
  const id = useId();
  return (
    <label className="carrier">
      <input
        type="radio"
        name="carrier"
        checked={isChosen}
        aria-labelledby={`${id}-name`}
        aria-describedby={`${id}-about`}
        onChange={onChoose}
      />
      <span className="carrier-name" id={`${id}-name`}>
        {preset.label}
      </span>
      <span className="carrier-about" id={`${id}-about`}>
        <span className="quiet-words">{preset.about}</span>
        <span className="abilities">
          <span className="ability">Unverified</span>
        </span>
      </span>
    </label>
  );
}
