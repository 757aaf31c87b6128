import { useId } from 'react';
import type { ReactElement } from 'react';

import type { CredentialField } from '#shared/provider/capabilities.ts';

import { FieldHint, FieldName } from '../controls/TextField.tsx';

type Props = {
  readonly field: CredentialField;
  readonly isOptional: boolean;
  readonly value: string;
  readonly problem: string | null;
  readonly onType: (value: string) => void;
};

/** Several lines to write that are no secret, such as a certificate or a template. */
export function LongField({ field, isOptional, value, problem, onType }: Props): ReactElement {
  const id = useId();
  return (
    <div className="form-field">
      <FieldName field={id} label={field.label} isOptional={isOptional} />
      <textarea
        id={id}
        rows={5}
        value={value}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        aria-required={!isOptional}
        aria-invalid={problem !== null}
        aria-describedby={`${id}-hint`}
        onChange={({ target }) => onType(target.value)}
      />
      <FieldHint field={id} hint={field.hint} problem={problem} />
    </div>
  );
}
