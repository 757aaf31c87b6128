import { Tooltip } from 'radix-ui';
import type { ReactElement } from 'react';

import { shownKeys } from './shown-keys.ts';

type Props = {
  readonly words: string;
  /** The key that does the same, as the key table writes it. */
  readonly keys?: string;
  readonly children: ReactElement;
};

/** Words and key of a control, shown when the pointer or the focus rests on it. */
export function Tip({ words, keys, children }: Props): ReactElement {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content className="tip" sideOffset={6} collisionPadding={8}>
          {words}
          {keys === undefined ? null : <kbd>{shownKeys(keys)}</kbd>}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
