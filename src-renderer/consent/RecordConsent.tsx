import { useState } from 'react';
import type { ReactElement } from 'react';

import type { ThreadId } from '#shared/message/entry.ts';

import { SmallForm } from '../connections/SmallForm.tsx';
import { useScreen } from '../screen/screen-context.ts';
import { changeConsent } from '../store/load-consent.ts';

type Props = { readonly threadId: ThreadId; readonly onClose: () => void };

const shortestNote = 3;

/** Puts on file that somebody agreed, and how. */
export function RecordConsent({ threadId, onClose }: Props): ReactElement {
  const screen = useScreen();
  const [note, setNote] = useState('');
  const [isWritten, setWritten] = useState(false);
  const kind = isWritten ? 'express-written' : 'express';
  return (
    <SmallForm
      name="Record consent"
      action="Record"
      isReady={note.trim().length >= shortestNote}
      onClose={onClose}
      deed={() =>
        changeConsent(screen, 'consent.record', {
          input: { threadId, kind, note: note.trim() },
          done: 'Consent put on file.',
        })
      }
    >
      <label className="consent-note">
        How they agreed
        <input
          type="text"
          value={note}
          maxLength={2_000}
          placeholder="Asked at the counter, said yes"
          onChange={({ target }) => setNote(target.value)}
        />
      </label>
      <label className="consent-written">
        <input
          type="checkbox"
          checked={isWritten}
          onChange={({ target }) => setWritten(target.checked)}
        />{' '}
        In writing, for marketing too
      </label>
    </SmallForm>
  );
}
