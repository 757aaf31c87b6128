import { useId, useState } from 'react';
import type { ReactElement } from 'react';

import type { Template } from '#shared/contract/template-commands.ts';

import { TextField } from '../controls/TextField.tsx';
import { useScreen } from '../screen/screen-context.ts';
import { sizeWords } from './lint-words.ts';

type Props = {
  /** The one that is changed; null for a new one. */
  readonly template: Template | null;
  readonly onSave: (template: Template) => Promise<boolean>;
  readonly onClose: () => void;
};

/** Name and words of a template, and how long it may get. */
export function TemplateForm({ template, onSave, onClose }: Props): ReactElement {
  const screen = useScreen();
  const field = useId();
  const [name, setName] = useState(template?.name ?? '');
  const [text, setText] = useState(template?.text ?? '');
  const isEmpty = name.trim() === '' || text.trim() === '';
  const save = async (): Promise<void> => {
    if (isEmpty) return;
    const uid = template?.uid ?? screen.newUid();
    if (await onSave({ uid, name, text })) onClose();
  };
  return (
    <form
      className="template-form"
      aria-label={template === null ? 'New template' : `Edit ${template.name}`}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <TextField label="Name" value={name} onType={setName} maxLength={100} />
      <div className="form-field">
        <div className="form-name">
          <label htmlFor={field}>Text</label>
        </div>
        <textarea
          id={field}
          value={text}
          maxLength={1_600}
          dir="auto"
          aria-describedby={`${field}-hint`}
          onChange={({ target }) => setText(target.value)}
        />
        <p id={`${field}-hint`} className="form-hint">
          {text === ''
            ? '{first_name} is filled in for each person; {first_name|there} says “there” where it is not known.'
            : sizeWords(text)}
        </p>
      </div>
      <div className="deeds">
        <button type="submit" className="button" aria-disabled={isEmpty}>
          Save
        </button>
        <button type="button" className="ghost" onClick={onClose}>
          Cancel
        </button>
      </div>
    </form>
  );
}
