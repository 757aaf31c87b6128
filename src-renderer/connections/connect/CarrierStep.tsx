import { useId } from 'react';
import type { ReactElement } from 'react';
import { useStore } from 'zustand';

import { Notice } from '../../controls/Notice.tsx';
import { useScreen } from '../../screen/screen-context.ts';
import type { Carrier } from '../../store/connections-store.ts';
import { inWords } from '../../store/failure-of.ts';
import { loadCarriers } from '../../store/load-connections.ts';
import { abilityWords } from '../ability-words.ts';
import { chooseCarrier, choosePreset } from './choose-carrier.ts';
import { connectingOf } from './connecting-store.ts';
import { PresetCard } from './PresetCard.tsx';
import { StepFoot } from './StepFoot.tsx';
import { StepHead } from './StepHead.tsx';

/** Which carrier. */
export function CarrierStep(): ReactElement {
  const screen = useScreen();
  const { carriers, presets, carriersFailure: failure } = useStore(screen.connections);
  const { carrierId, presetId } = useStore(connectingOf(screen));
  const chosen = presetId ?? carrierId;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen !== null) connectingOf(screen).setState({ step: 'credentials' });
      }}
    >
      <StepHead step="carrier" title="Which carrier has the numbers?" />
      {carriers === null && failure === null ? <p className="quiet">Loading…</p> : null}
      {carriers === null && failure !== null ? (
        <Notice
          title="The carriers could not be loaded"
          words={inWords(failure)}
          onRetry={() => void loadCarriers(screen)}
        />
      ) : null}
      <fieldset className="carriers">
        <legend className="unseen">Carrier</legend>
        {carriers?.map((carrier) => (
          <CarrierCard
            key={carrier.id}
            carrier={carrier}
            isChosen={carrier.id === chosen}
            onChoose={() => chooseCarrier(screen, carrier)}
          />
        ))}
        {presets.map((preset) => (
          <PresetCard
            key={preset.id}
            preset={preset}
            isChosen={preset.id === chosen}
            onChoose={() => choosePreset(screen, preset)}
          />
        ))}
      </fieldset>
      <StepFoot step="carrier" action="Continue" isBusy={chosen === null} />
    </form>
  );
}

type CardProps = {
  readonly carrier: Carrier;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
};

function CarrierCard({ carrier, isChosen, onChoose }: CardProps): ReactElement {
  const id = useId();
  const { label, about } = carrier.capabilities;
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
        {label}
      </span>
      <span className="carrier-about" id={`${id}-about`}>
        <span className="quiet-words">{about}</span>
        <span className="abilities">
          {abilityWords(carrier.capabilities).map((words) => (
            <span key={words} className="ability">
              {words}
              <span className="unseen">, </span>
            </span>
          ))}
        </span>
      </span>
    </label>
  );
}
