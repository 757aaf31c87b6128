import { useId } from 'react';
import type { HTMLInputTypeAttribute, ReactElement } from 'react';

import './form.css';

type Props = {
  readonly label: string;
  readonly value: string;
  readonly onType: (value: string) => void;
  /** What to write, or where to find it. */
  readonly hint?: string | undefined;
  /** What is wrong with what was written. */
  readonly problem?: string | null;
  readonly isOptional?: boolean;
  readonly type?: HTMLInputTypeAttribute;
  readonly inputMode?: 'tel' | 'url' | 'numeric';
  readonly placeholder?: string;
  readonly maxLength?: number;
};

/** A line to write in, with its name, what belongs there, and what is wrong with what stands there. */
export function TextField(props: Props): ReactElement {
  const { label, value, onType, hint, problem = null, isOptional = false, ...rest } = props;
  const field = useId();
  return (
    <div className="form-field">
      <FieldName field={field} label={label} isOptional={isOptional} />
      <input
        {...rest}
        id={field}
        value={value}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        aria-required={!isOptional}
        aria-invalid={problem !== null}
        aria-describedby={`${field}-hint`}
        onChange={({ target }) => onType(target.value)}
      />
      <FieldHint field={field} hint={hint} problem={problem} />
    </div>
  );
}

type NameProps = {
  readonly field: string;
  readonly label: string;
  readonly isOptional: boolean;
};

/** The name of a field. That it may stay empty is said beside it and is no part of the name. */
export function FieldName({ field, label, isOptional }: NameProps): ReactElement {
  return (
    <div className="form-name">
      <label htmlFor={field}>{label}</label>
      {isOptional ? <span className="quiet-words">optional</span> : null}
    </div>
  );
}

type HintProps = {
  readonly field: string;
  readonly hint?: string | undefined;
  readonly problem: string | null;
};

/** What is wrong with a field, else what belongs into it. */
export function FieldHint({ field, hint, problem }: HintProps): ReactElement {
  return (
    <p id={`${field}-hint`} className={problem === null ? 'form-hint' : 'form-hint bad'}>
      {problem ?? hint}
    </p>
  );
}
