import { useState } from 'react';
import type { ReactElement } from 'react';

import { type Brand, type Campaign, campaignSchema } from '#shared/throughput/registration.ts';
import { type AttClass, attClassSchema } from '#shared/throughput/throughput-tables.ts';

import { ChoiceField } from '../connections/ChoiceField.tsx';
import { SmallForm } from '../connections/SmallForm.tsx';
import { TextField } from '../controls/TextField.tsx';
import { useScreen } from '../screen/screen-context.ts';
import { campaignUses } from './registration-words.ts';

type Props = {
  readonly brand: Brand;
  readonly campaign: Campaign | null;
  readonly onClose: () => void;
};

const byScore = 'by score';
const classChoices = Object.fromEntries([
  [byScore, 'By the brand’s score'],
  ...attClassSchema.options.map((each) => [each, `Class ${each}`]),
]) as Record<AttClass | typeof byScore, string>;

/** A campaign of a brand as the registry gave it. */
export function CampaignForm({ brand, campaign, onClose }: Props): ReactElement {
  const { host } = useScreen();
  const [written, setWritten] = useState<Campaign>(
    campaign ?? { id: '', brandId: brand.id, useCase: '', use: 'mixed', attClass: null },
  );
  const change = (more: Partial<Campaign>): void => setWritten({ ...written, ...more });
  const isFine = campaignSchema.shape.id.safeParse(written.id).success;
  return (
    <SmallForm
      name={campaign === null ? `New campaign of ${brand.name}` : `Campaign ${campaign.id}`}
      action="Save"
      isReady={isFine}
      onClose={onClose}
      deed={() => host.call('campaign.save', { campaign: written })}
    >
      {campaign === null ? (
        <TextField
          label="Campaign id"
          hint="As the registry gave it."
          value={written.id}
          maxLength={40}
          problem={isFine ? null : 'Letters and digits, such as CABC123.'}
          onType={(id) => change({ id })}
        />
      ) : null}
      <TextField
        label="Use case"
        isOptional
        value={written.useCase}
        maxLength={120}
        onType={(useCase) => change({ useCase })}
      />
      <ChoiceField
        label="Registered for"
        hint="With the brand’s score it decides AT&T’s limit."
        value={written.use}
        choices={campaignUses}
        onChoose={(use) => change({ use })}
      />
      <ChoiceField
        label="AT&T class"
        hint="Where the carrier told it."
        value={written.attClass ?? byScore}
        choices={classChoices}
        onChoose={(chosen) => change({ attClass: chosen === byScore ? null : chosen })}
      />
    </SmallForm>
  );
}
