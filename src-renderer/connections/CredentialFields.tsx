import { useId } from 'react';
import type { ReactElement } from 'react';

import type { CredentialField } from '#shared/provider/capabilities.ts';

import { FieldHint, FieldName, TextField } from '../controls/TextField.tsx';
import { LongField } from './LongField.tsx';
import { SecretField } from './SecretField.tsx';

type Values = Readonly<Record<string, string>>;

type Props = {
  readonly fields: readonly CredentialField[];
  readonly values: Values;
  readonly onType: (name: string, value: string) => void;
  /** Fields that are still empty and must not be. */
  readonly missing: ReadonlySet<string>;
  /** Everything may stay empty, as where only some are to change. */
  readonly allOptional?: boolean;
};

/** What a carrier needs to know of the account, as the carrier itself names it. */
export function CredentialFields({
  fields,
  values,
  onType,
  missing,
  allOptional = false,
}: Props): ReactElement[] {
  return fields.map((field) => {
    const { name, label, hint, optional, secret, multiline, choices } = field;
    const common = {
      value: values[name] ?? '',
      isOptional: optional || allOptional,
      problem: missing.has(name) ? `${label} is missing. ${hint}` : null,
      onType: (value: string) => onType(name, value),
    };
    if (choices !== undefined) return <ChoiceField key={name} field={field} {...common} />;
    if (secret) return <SecretField key={name} field={field} {...common} />;
    if (multiline === true) return <LongField key={name} field={field} {...common} />;
    return <TextField key={name} label={label} hint={hint} {...common} />;
  });
}

type ChoiceProps = {
  readonly field: CredentialField;
  readonly value: string;
  readonly isOptional: boolean;
  readonly problem: string | null;
  readonly onType: (value: string) => void;
};

function ChoiceField({ field, value, isOptional, problem, onType }: ChoiceProps): ReactElement {
  const id = useId();
  return (
    <div className="form-field">
      <FieldName field={id} label={field.label} isOptional={isOptional} />
      <select
        id={id}
        value={value}
        aria-describedby={`${id}-hint`}
        onChange={({ target }) => onType(target.value)}
      >
        <option value="">As usual ({field.choices?.[0]})</option>
        {field.choices?.map((choice) => (
          <option key={choice} value={choice}>
            {choice}
          </option>
        ))}
      </select>
      <FieldHint field={id} hint={field.hint} problem={problem} />
    </div>
  );
}

/** Is this what was good before, wanted only while a key is being changed? */
export const isForRotation = ({ name, optional }: CredentialField): boolean =>
  optional && name.startsWith('previous');

/** Names of the fields that must be written and are not. */
export function missingFields(
  fields: readonly CredentialField[],
  values: Values,
): ReadonlySet<string> {
  const empty = ({ name, optional }: CredentialField): boolean =>
    !optional && (values[name] ?? '').trim() === '';
  return new Set(fields.filter(empty).map(({ name }) => name));
}

/** What was written; a field left empty is one left out. */
export function writtenFields(
  fields: readonly CredentialField[],
  values: Values,
): Record<string, string> {
  const written = fields.map(({ name, multiline }) => {
    const value = values[name] ?? '';
    return [name, multiline === true ? value : value.trim()] as const;
  });
  return Object.fromEntries(written.filter(([, value]) => value.trim() !== ''));
}
