import { AlertDialog } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';

import './confirm-dialog.css';

type Props = {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** What will happen, said before it does. */
  readonly children: ReactNode;
  /** The button that does it. */
  readonly action: ReactNode;
};

/** Asks before something that cannot be undone or costs money. The focus begins on the way out. */
export function ConfirmDialog({ open, onClose, title, children, action }: Props): ReactElement {
  return (
    <AlertDialog.Root open={open} onOpenChange={(wanted) => (wanted ? undefined : onClose())}>
      <AlertDialog.Portal>
        <div className="veil" />
        <AlertDialog.Content className="modal confirm">
          <AlertDialog.Title className="confirm-title">{title}</AlertDialog.Title>
          <AlertDialog.Description asChild>
            <div className="confirm-words">{children}</div>
          </AlertDialog.Description>
          <div className="confirm-foot">
            <AlertDialog.Cancel className="ghost">Cancel</AlertDialog.Cancel>
            {action}
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
