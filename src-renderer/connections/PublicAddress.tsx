import { useState } from 'react';
import type { ReactElement } from 'react';

import type { ConnectionView } from '#shared/contract/connection-shapes.ts';

import { useScreen } from '../screen/screen-context.ts';
import { changeConnection } from './change-connection.ts';
import { PublicAddressField } from './PublicAddressField.tsx';
import { addressProblem } from './reachable.ts';
import { SmallForm } from './SmallForm.tsx';

type Props = { readonly connection: ConnectionView };

/** The address under which the carrier reaches the relay, and the way to change it. */
export function PublicAddress({ connection }: Props): ReactElement {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <div className="row-line">
        <span className="hook-purpose">Public address</span>
        {connection.publicUrl === null ? (
          <span className="quiet-words grow">none set</span>
        ) : (
          <code className="hook-address">{connection.publicUrl}</code>
        )}
        <button
          type="button"
          className="ghost"
          aria-expanded={isOpen}
          aria-label="Set the public address"
          onClick={() => setOpen(!isOpen)}
        >
          Set
        </button>
      </div>
      {isOpen ? <AddressForm connection={connection} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function AddressForm({ connection, onClose }: Props & { readonly onClose: () => void }) {
  const screen = useScreen();
  const [typed, setTyped] = useState(connection.publicUrl ?? '');
  const publicUrl = typed.trim() === '' ? null : typed.trim();
  return (
    <SmallForm
      name="Change the public address"
      action={publicUrl === null ? 'Use none' : 'Save'}
      isReady={addressProblem(typed) === null}
      onClose={onClose}
      deed={() => changeConnection(screen, { connectionId: connection.id, publicUrl })}
    >
      <PublicAddressField value={typed} onType={setTyped} />
    </SmallForm>
  );
}
