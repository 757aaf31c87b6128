import { Popover } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';

import { focusSoon } from '../screen/move-focus.ts';
import { type Chosen, WhenForm } from './WhenForm.tsx';

type Props = {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly peer: string;
  readonly action: string;
  readonly onChoose: (chosen: Chosen) => Promise<string | null>;
  /** The button that opens it. */
  readonly children: ReactNode;
};

/** Asks for a time beside the button that wants one, and closes once it is taken. */
export function WhenPopover({
  open,
  onOpenChange,
  children,
  onChoose,
  ...rest
}: Props): ReactElement {
  return (
    <Popover.Root open={open} onOpenChange={onOpenChange}>
      <Popover.Trigger asChild>{children}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="popover"
          side="top"
          align="end"
          sideOffset={8}
          collisionPadding={12}
          aria-label={rest.action}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            focusSoon('composer');
          }}
        >
          <WhenForm
            {...rest}
            onChoose={async (chosen) => {
              const problem = await onChoose(chosen);
              if (problem === null) onOpenChange(false);
              return problem;
            }}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
