import { useState } from 'react';
import type { ReactElement } from 'react';

import type { ConnectionView } from '#shared/contract/connection-shapes.ts';
import type { CredentialField } from '#shared/provider/capabilities.ts';

import { useScreen } from '../screen/screen-context.ts';
import { announce } from '../store/announce.ts';
import type { Carrier } from '../store/connections-store.ts';
import { changeConnection } from './change-connection.ts';
import { CredentialFields, isForRotation, writtenFields } from './CredentialFields.tsx';
import { SmallForm } from './SmallForm.tsx';

type Props = {
  readonly connection: ConnectionView;
  readonly carrier: Carrier;
  readonly onClose: () => void;
};

const noneMissing: ReadonlySet<string> = new Set();

/** Puts new credentials in the place of the old ones of the same name; what is left empty stays as it is. */
export function NewCredentials({ connection, carrier, onClose }: Props): ReactElement {
  const screen = useScreen();
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const { credentials: fields, label } = carrier.capabilities;
  const credentials = writtenFields(fields, values);
  const deed = async (): Promise<void> => {
    await changeConnection(screen, { connectionId: connection.id, credentials });
    announce(screen, 'The new credentials are kept.');
  };
  return (
    <SmallForm
      name="New credentials"
      action="Save credentials"
      isReady={Object.keys(credentials).length > 0}
      onClose={onClose}
      deed={deed}
    >
      <p className="quiet-words">
        Fields left empty stay as they are; what is kept is never shown. {rotation(fields, label)}
      </p>
      <CredentialFields
        fields={fields}
        values={values}
        missing={noneMissing}
        allOptional
        onType={(name, value) => setValues((known) => ({ ...known, [name]: value }))}
      />
    </SmallForm>
  );
}

/** How to change a key without missing a call, where the carrier lets two be good at once. */
function rotation(fields: readonly CredentialField[], carrier: string): string {
  const previous = fields.find(isForRotation);
  if (previous === undefined) return '';
  return `To change a key without missing anything, write the new one in its field and the old one under “${previous.label}”: calls of ${carrier} signed with either are taken until the change is through.`;
}
