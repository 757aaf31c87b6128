import { useState } from 'react';
import type { ReactElement } from 'react';
import { useStore } from 'zustand';

import type { Line } from '#shared/message/line.ts';

import { ChoiceField } from '../connections/ChoiceField.tsx';
import { SmallForm } from '../connections/SmallForm.tsx';
import { useScreen } from '../screen/screen-context.ts';
import type { statesOf } from './registration-words.ts';

type Props = {
  readonly line: Line;
  readonly states: NonNullable<ReturnType<typeof statesOf>>;
  readonly onClose: () => void;
};

const none = '';

/** Says how far a line is registered, and in which campaign it is. */
export function LineRegistrationForm({ line, states, onClose }: Props): ReactElement {
  const { registration, host } = useScreen();
  const book = useStore(registration, (known) => known.book);
  const known = book?.lines.find(({ lineId }) => lineId === line.id);
  const [state, setState] = useState(known?.state ?? 'unknown');
  const [campaignId, setCampaign] = useState<string>(known?.campaignId ?? none);
  const campaigns = book?.campaigns ?? [];
  const choices = Object.fromEntries([
    [none, 'None'],
    ...campaigns.map(({ id, useCase }) => [id, useCase === '' ? id : `${id}, ${useCase}`]),
  ]) as Record<string, string>;
  const said = { lineId: line.id, state, campaignId: campaignId || null, detail: null };
  return (
    <SmallForm
      name={`Registration of ${line.label}`}
      action="Save"
      isReady
      onClose={onClose}
      deed={() => host.call('registration.set', { line: said })}
    >
      <ChoiceField
        label="State"
        hint="Carriers block what is not registered."
        value={state}
        choices={states}
        onChoose={setState}
      />
      {line.numberType === '10dlc' ? (
        <ChoiceField
          label="Campaign"
          hint="Brands and campaigns are entered on the page of all connections."
          value={campaignId}
          choices={choices}
          onChoose={setCampaign}
        />
      ) : null}
    </SmallForm>
  );
}
