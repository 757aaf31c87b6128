import { Paperclip } from 'lucide-react';
import { memo, useRef } from 'react';
import type { ReactElement } from 'react';

import { Tip } from '../controls/Tip.tsx';

type Props = { readonly onChoose: (files: readonly File[]) => void };

/** Opens the browser's own choice of files. */
export const AttachButton = memo(function AttachButton({ onChoose }: Props): ReactElement {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Tip words="Attach pictures; they may also be dropped or pasted here">
        <button
          type="button"
          className="icon-button attach"
          aria-label="Attach file"
          onClick={() => input.current?.click()}
        >
          <Paperclip size={16} aria-hidden />
        </button>
      </Tip>
      <input
        ref={input}
        type="file"
        className="unseen"
        tabIndex={-1}
        aria-hidden
        multiple
        accept="image/*"
        onChange={({ target }) => {
          onChoose([...(target.files ?? [])]);
          // Else the same file could not be chosen again after it was taken out.
          target.value = '';
        }}
      />
    </>
  );
});
