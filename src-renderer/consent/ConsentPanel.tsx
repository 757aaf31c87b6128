import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useStore } from 'zustand';

import type { CommandOutput } from '#shared/contract/contract.ts';
import { formatPeer } from '#shared/phone/format-peer.ts';

import { FailureLine } from '../controls/FailureLine.tsx';
import { exactTime } from '../controls/tell-time.ts';
import { useDeed } from '../controls/use-deed.ts';
import { useScreen } from '../screen/screen-context.ts';
import { chipWords } from './consent-words.ts';
import { ConsentDeeds } from './ConsentDeeds.tsx';

type Props = { readonly isOpen: boolean; readonly onClose: () => void };
type Known = CommandOutput<'consent.get'>;

/** Everything on file about the open conversation's number: where it stands, or stood, the ledger, and what can be done. */
export function ConsentPanel({ isOpen, onClose }: Props): ReactElement {
  return (
    <Dialog.Root open={isOpen} onOpenChange={(wanted) => (wanted ? undefined : onClose())}>
      <Dialog.Portal>
        <div className="veil" />
        <Dialog.Content className="modal confirm consent-panel" aria-describedby={undefined}>
          <div className="modal-head">
            <Dialog.Title className="confirm-title">Consent</Dialog.Title>
            <Dialog.Close className="icon-button" aria-label="Close">
              <X size={16} aria-hidden />
            </Dialog.Close>
          </div>
          <Contents onDone={onClose} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Contents({ onDone }: { readonly onDone: () => void }): ReactElement | null {
  const screen = useScreen();
  const { known, threadId } = useStore(screen.consent);
  const [past, setPast] = useState<Known | null>(null);
  const { failure, run } = useDeed();
  if (known === null || threadId === null) return null;
  const look = (day: string): void => {
    if (day === '') return setPast(null);
    // The whole day is meant, by the clock of this machine.
    const asOf = new Date(`${day}T23:59:59.999`).getTime();
    void run(async () => setPast(await screen.host.call('consent.get', { threadId, asOf })));
  };
  const shown = past ?? known;
  return (
    <>
      <p role="status" className="consent-standing">
        {formatPeer(known.consent.number)}: <b>{chipWords(shown.consent)}</b>
        {past === null ? '' : ' at the end of that day'}
      </p>
      <label className="consent-as-of">
        Consent as of
        <input type="date" onChange={({ target }) => look(target.value)} />
      </label>
      <FailureLine failure={failure} />
      <Ledger events={shown.events} />
      <ConsentDeeds threadId={threadId} consent={known.consent} onDone={onDone} />
    </>
  );
}

function Ledger({ events }: Pick<Known, 'events'>): ReactElement {
  if (events.length === 0) return <p className="quiet">Nothing is on file.</p>;
  return (
    <ol className="consent-ledger" aria-label="Events">
      {events.toReversed().map(({ uid, at, title, detail }) => (
        <li key={uid}>
          <b>{title}</b> <time dateTime={new Date(at).toISOString()}>{exactTime(at)}</time>
          <p>{detail}</p>
        </li>
      ))}
    </ol>
  );
}
