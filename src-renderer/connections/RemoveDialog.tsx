import type { ReactElement } from 'react';

import type { ConnectionView } from '#shared/contract/connection-shapes.ts';

import { ConfirmDialog } from '../controls/ConfirmDialog.tsx';
import { FailureLine } from '../controls/FailureLine.tsx';
import { useDeed } from '../controls/use-deed.ts';
import { useScreen } from '../screen/screen-context.ts';
import { announce } from '../store/announce.ts';
import { openConnections } from '../store/go-to.ts';

type Props = {
  readonly connection: ConnectionView;
  readonly open: boolean;
  readonly onClose: () => void;
};

/** Asks before a connection is forgotten. */
export function RemoveDialog({ connection, open, onClose }: Props): ReactElement {
  const screen = useScreen();
  const { isBusy, failure, run } = useDeed();
  const { id: connectionId, label } = connection;
  const remove = async (): Promise<void> => {
    if (!(await run(() => screen.host.call('connection.remove', { connectionId })))) return;
    announce(screen, `${label} is removed.`);
    await openConnections(screen);
  };
  return (
    <ConfirmDialog
      open={open}
      onClose={onClose}
      title={`Remove ${label}?`}
      action={
        <button
          type="button"
          className="button danger"
          disabled={isBusy}
          onClick={() => void remove()}
        >
          Remove
        </button>
      }
    >
      <p>
        Trunkline forgets its credentials and uses it no more: nothing goes out over it and nothing
        comes in. Its conversations stay and can be read and searched.
      </p>
      <p>At the carrier nothing changes: the numbers stay yours, and are paid for.</p>
      <FailureLine failure={failure} />
    </ConfirmDialog>
  );
}
