import type { MouseEvent, ReactElement } from 'react';

import { keysForAria } from '../controls/shown-keys.ts';
import { Tip } from '../controls/Tip.tsx';
import { keyOf } from '../screen/key-table.ts';
import { focusSoon } from '../screen/move-focus.ts';
import type { ComposerMode as Mode } from '../store/notes-store.ts';

type Props = { readonly mode: Mode; readonly onTurn: (mode: Mode) => void };

const modes = [
  { mode: 'reply', words: 'Reply', tip: 'A text to the customer' },
  { mode: 'note', words: 'Note', tip: 'A note that the customer never sees' },
] as const;

/** Turns the composer between texts to the customer and notes for the team. */
export function ComposerMode({ mode, onTurn }: Props): ReactElement {
  return (
    <fieldset className="composer-mode" aria-label="What to write">
      {modes.map((each) => (
        <Tip key={each.mode} words={each.tip} keys={keyOf(each.mode)}>
          <label onClick={goWrite}>
            <input
              type="radio"
              name="composer-mode"
              className="unseen"
              checked={mode === each.mode}
              aria-keyshortcuts={keysForAria(keyOf(each.mode))}
              onChange={() => onTurn(each.mode)}
            />
            {each.words}
          </label>
        </Tip>
      ))}
    </fieldset>
  );
}

/** Whoever chose with the pointer wants to write next; arrow keys, which click too, are left where they are. */
function goWrite({ detail }: MouseEvent): void {
  if (detail > 0) focusSoon('composer');
}
