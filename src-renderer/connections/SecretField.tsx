import { Eye, EyeOff } from 'lucide-react';
import { useId, useState } from 'react';
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

/** Something secret to write: hidden until the person asks to see it. */
export function SecretField({ field, isOptional, value, problem, onType }: Props): ReactElement {
  const id = useId();
  const [isShown, show] = useState(false);
  const Glyph = isShown ? EyeOff : Eye;
  const rest = {
    id,
    value,
    autoComplete: 'off',
    autoCapitalize: 'none',
    spellCheck: false,
    'aria-required': !isOptional,
    'aria-invalid': problem !== null,
    'aria-describedby': `${id}-hint`,
  } as const;
  return (
    <div className="form-field">
      <FieldName field={id} label={field.label} isOptional={isOptional} />
      <div className="secret">
        {field.multiline ? (
          <textarea
            {...rest}
            rows={5}
            className={isShown ? undefined : 'veiled'}
            onChange={({ target }) => onType(target.value)}
          />
        ) : (
          <input
            {...rest}
            type={isShown ? 'text' : 'password'}
            onChange={({ target }) => onType(target.value)}
          />
        )}
        <button
          type="button"
          className="icon-button"
          aria-label={`Show ${field.label}`}
          aria-pressed={isShown}
          onClick={() => show(!isShown)}
        >
          <Glyph size={15} aria-hidden />
        </button>
      </div>
      <FieldHint field={id} hint={field.hint} problem={problem} />
    </div>
  );
}
