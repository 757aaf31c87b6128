import { useState } from 'react';
import type { ReactElement } from 'react';

import { type Brand, brandSchema } from '#shared/throughput/registration.ts';
import { usualTables } from '#shared/throughput/throughput-tables.ts';

import { ChoiceField } from '../connections/ChoiceField.tsx';
import { SmallForm } from '../connections/SmallForm.tsx';
import { TextField } from '../controls/TextField.tsx';
import { useScreen } from '../screen/screen-context.ts';
import { brandKinds } from './registration-words.ts';

type Props = { readonly brand: Brand | null; readonly onClose: () => void };
type Written = Record<'id' | 'name' | 'score' | 'replySlice' | 'taxId', string> &
  Pick<Brand, 'kind'>;

const writtenOf = (brand: Brand | null): Written => ({
  id: brand?.id ?? '',
  name: brand?.name ?? '',
  kind: brand?.kind ?? 'standard',
  score: brand?.score === null || brand === null ? '' : String(brand.score),
  replySlice: String(brand?.replySlice ?? usualTables.replySlice),
  taxId: '',
});

/** A brand as the registry gave it. */
export function BrandForm({ brand, onClose }: Props): ReactElement {
  const { host } = useScreen();
  const [written, setWritten] = useState(() => writtenOf(brand));
  const change = (more: Partial<Written>): void => setWritten({ ...written, ...more });
  const problems = problemsOf(written);
  const taxId = written.taxId.trim();
  return (
    <SmallForm
      name={brand === null ? 'New brand' : `Brand ${brand.name}`}
      action="Save"
      isReady={Object.values(problems).every((problem) => problem === null)}
      onClose={onClose}
      deed={() =>
        host.call('brand.save', {
          brand: read(written),
          ...(taxId === '' ? {} : { taxId }),
        })
      }
    >
      {brand === null ? (
        <TextField
          label="Brand id"
          hint="As the registry gave it, such as BABC123."
          value={written.id}
          maxLength={40}
          problem={problems.id}
          onType={(id) => change({ id })}
        />
      ) : null}
      <BrandFields written={written} problems={problems} onChange={change} />
    </SmallForm>
  );
}

type FieldsProps = {
  readonly written: Written;
  readonly problems: Problems;
  readonly onChange: (more: Partial<Written>) => void;
};

function BrandFields({ written, problems, onChange }: FieldsProps): ReactElement {
  return (
    <>
      <TextField
        label="Name of the brand"
        value={written.name}
        maxLength={120}
        problem={problems.name}
        onType={(name) => onChange({ name })}
      />
      <ChoiceField
        label="Kind"
        hint="How it was registered."
        value={written.kind}
        choices={brandKinds}
        onChoose={(kind) => onChange({ kind })}
      />
      <TextField
        label="Vetting score"
        isOptional
        hint="0 to 100. Without one the smallest limits hold."
        inputMode="numeric"
        value={written.score}
        maxLength={3}
        problem={problems.score}
        onType={(score) => onChange({ score })}
      />
      <TextField
        label="Tax id"
        isOptional
        hint="Only a digest is kept, to see that no two brands share one."
        value={written.taxId}
        maxLength={10}
        problem={problems.taxId}
        onType={(taxId) => onChange({ taxId })}
      />
      <TextField
        label="Percent of the day kept for replies"
        hint="0 to 90."
        inputMode="numeric"
        value={written.replySlice}
        maxLength={2}
        problem={problems.replySlice}
        onType={(replySlice) => onChange({ replySlice })}
      />
    </>
  );
}

type Problems = Readonly<Record<'id' | 'name' | 'score' | 'replySlice' | 'taxId', string | null>>;

function read({ id, name, kind, score, replySlice }: Written) {
  return {
    id: id.trim(),
    name: name.trim(),
    kind,
    score: score.trim() === '' ? null : Number(score),
    replySlice: Number(replySlice),
  };
}

function problemsOf(written: Written): Problems {
  const { id, name, score, replySlice } = brandSchema.shape;
  const given = read(written);
  const isTaxId = /^(?:\d{2}-?\d{7})?$/u.test(written.taxId.trim());
  return {
    id: id.safeParse(given.id).success ? null : 'Letters and digits, such as BABC123.',
    name: name.safeParse(given.name).success ? null : 'The brand needs a name.',
    score: score.safeParse(given.score).success ? null : 'A whole number from 0 to 100.',
    replySlice:
      written.replySlice.trim() !== '' && replySlice.safeParse(given.replySlice).success
        ? null
        : 'A whole number from 0 to 90.',
    taxId: isTaxId ? null : 'Nine digits, such as 12-3456789.',
  };
}
