import { useState } from 'react';
import type { ReactElement } from 'react';

import type { ConnectionView } from '#shared/contract/connection-shapes.ts';

import { FailureLine } from '../controls/FailureLine.tsx';
import { useDeed } from '../controls/use-deed.ts';
import { useScreen } from '../screen/screen-context.ts';
import { announce } from '../store/announce.ts';
import type { Carrier } from '../store/connections-store.ts';
import { changeConnection } from './change-connection.ts';
import { NewCredentials } from './NewCredentials.tsx';
import { RemoveDialog } from './RemoveDialog.tsx';
import { RenameForm } from './RenameForm.tsx';

type Props = { readonly connection: ConnectionView; readonly carrier: Carrier | undefined };
type Open = 'nothing' | 'name' | 'credentials' | 'removal';

/** Switching off and on, the name, the credentials, and the end of a connection. */
export function ConnectionDeeds({ connection, carrier }: Props): ReactElement {
  const screen = useScreen();
  const { isBusy, failure, run } = useDeed();
  const [open, setOpen] = useState<Open>('nothing');
  const { id: connectionId, disabled } = connection;
  const toggle = (wanted: Open): void => setOpen(open === wanted ? 'nothing' : wanted);
  const close = (): void => setOpen('nothing');
  const turn = async (): Promise<void> => {
    if (await run(() => changeConnection(screen, { connectionId, disabled: !disabled })))
      announce(screen, `${connection.label} is ${disabled ? 'on' : 'off'} now.`);
  };
  return (
    <section className="part" aria-label="Change it">
      <div className="deeds">
        <button type="button" className="ghost" disabled={isBusy} onClick={() => void turn()}>
          {disabled ? 'Switch on' : 'Switch off'}
        </button>
        <Opener words="Rename" isOpen={open === 'name'} onToggle={() => toggle('name')} />
        {carrier === undefined ? null : (
          <Opener
            words="New credentials"
            isOpen={open === 'credentials'}
            onToggle={() => toggle('credentials')}
          />
        )}
        <button type="button" className="ghost danger" onClick={() => setOpen('removal')}>
          Remove…
        </button>
      </div>
      <FailureLine failure={failure} />
      {open === 'name' ? <RenameForm connection={connection} onClose={close} /> : null}
      {open === 'credentials' && carrier !== undefined ? (
        <NewCredentials connection={connection} carrier={carrier} onClose={close} />
      ) : null}
      <RemoveDialog connection={connection} open={open === 'removal'} onClose={close} />
    </section>
  );
}

type OpenerProps = {
  readonly words: string;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
};

function Opener({ words, isOpen, onToggle }: OpenerProps): ReactElement {
  return (
    <button type="button" className="ghost" aria-expanded={isOpen} onClick={onToggle}>
      {words}
    </button>
  );
}
