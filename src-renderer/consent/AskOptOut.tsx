import { useState } from 'react';
import type { ReactElement } from 'react';
import { useStore } from 'zustand';

import { formatPeer } from '#shared/phone/format-peer.ts';

import { ConfirmDialog } from '../controls/ConfirmDialog.tsx';
import { FailureLine } from '../controls/FailureLine.tsx';
import { counted } from '../controls/tell-amount.ts';
import { useDeed } from '../controls/use-deed.ts';
import { useScreen } from '../screen/screen-context.ts';
import { changeConsent } from '../store/load-consent.ts';

/** Asks before an agent opts somebody out, and says what it ends. */
export function AskOptOut(): ReactElement | null {
  const screen = useScreen();
  const { isAsking, known, threadId } = useStore(screen.consent);
  const [note, setNote] = useState('');
  const { isBusy, failure, run } = useDeed();
  if (known === null || threadId === null) return null;
  const close = (): void => {
    setNote('');
    screen.consent.setState({ isAsking: false });
  };
  const optOut = async (): Promise<void> => {
    const input = { threadId, note: note.trim() };
    if (await run(() => changeConsent(screen, 'consent.opt-out', { input, done: 'Opted out.' })))
      close();
  };
  return (
    <ConfirmDialog
      open={isAsking}
      onClose={close}
      title={`Opt out ${formatPeer(known.consent.number)}?`}
      action={
        <button type="button" className="button" disabled={isBusy} onClick={() => void optOut()}>
          Opt out
        </button>
      }
    >
      <p>
        No text leaves to this number any more, from any line
        {known.pending === 0
          ? ''
          : `, and ${counted(known.pending, 'pending text')} will be cancelled`}
        . An agent can undo it.
      </p>
      <label className="consent-note">
        Note
        <input
          type="text"
          value={note}
          maxLength={2_000}
          placeholder="Asked for it on the phone"
          onChange={({ target }) => setNote(target.value)}
        />
      </label>
      <FailureLine failure={failure} />
    </ConfirmDialog>
  );
}
