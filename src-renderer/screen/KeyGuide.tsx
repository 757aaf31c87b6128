import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import type { ReactElement } from 'react';

import { shownKeys } from '../controls/shown-keys.ts';
import { keyTable, localKeys } from './key-table.ts';

type Props = { readonly open: boolean; readonly onOpenChange: (open: boolean) => void };

/** Every key and what it does. */
export function KeyGuide({ open, onOpenChange }: Props): ReactElement {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <div className="veil" />
        <Dialog.Content className="modal key-guide" aria-describedby={undefined}>
          <div className="modal-head">
            <Dialog.Title>Keyboard shortcuts</Dialog.Title>
            <Dialog.Close className="icon-button" aria-label="Close">
              <X size={16} aria-hidden />
            </Dialog.Close>
          </div>
          <Guide />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Guide(): ReactElement {
  return (
    <dl>
      {keyTable.map(({ deed, keys, words }) => (
        <div key={deed}>
          <dt>{words}</dt>
          <dd>
            {(deed === 'nth-thread' ? ['Mod+1…9'] : keys).map((each) => (
              <kbd key={each}>{shownKeys(each)}</kbd>
            ))}
          </dd>
        </div>
      ))}
      {localKeys.map(({ keys, words }) => (
        <div key={words}>
          <dt>{words}</dt>
          <dd>
            <kbd>{shownKeys(keys)}</kbd>
          </dd>
        </div>
      ))}
    </dl>
  );
}
