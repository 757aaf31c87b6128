import { useState } from 'react';
import type { ReactElement } from 'react';

import type { ConnectionView } from '#shared/contract/connection-shapes.ts';

import { TextField } from '../controls/TextField.tsx';
import { useScreen } from '../screen/screen-context.ts';
import { changeConnection } from './change-connection.ts';
import { SmallForm } from './SmallForm.tsx';

type Props = { readonly connection: ConnectionView; readonly onClose: () => void };

/** Gives a connection another name. */
export function RenameForm({ connection, onClose }: Props): ReactElement {
  const screen = useScreen();
  const [label, setLabel] = useState(connection.label);
  const problem = label.trim() === '' ? 'A connection needs a name.' : null;
  return (
    <SmallForm
      name="Rename"
      action="Save"
      isReady={problem === null}
      onClose={onClose}
      deed={() => changeConnection(screen, { connectionId: connection.id, label: label.trim() })}
    >
      <TextField label="Name" value={label} maxLength={60} problem={problem} onType={setLabel} />
    </SmallForm>
  );
}
