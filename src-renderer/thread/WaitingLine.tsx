import { useState } from 'react';
import type { ReactElement } from 'react';

import { type Waiting, mayOverrule } from '#shared/compliance/verdict.ts';
import type { EntryId } from '#shared/message/entry.ts';

import { ConfirmDialog } from '../controls/ConfirmDialog.tsx';
import type { EntryDeeds } from './entry-deeds.ts';
import { whoWords } from './waiting-words.ts';

type Props = {
  readonly entryId: EntryId;
  readonly waiting: Waiting;
  readonly deeds: Pick<EntryDeeds, 'cancel' | 'sendAnyway'>;
};

/** Why a text waits, what ends it, and what the person can do: take it back, or send it where that is theirs to say. */
export function WaitingLine({ entryId, waiting, deeds }: Props): ReactElement {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [isAsking, setAsking] = useState(false);
  const run = async (deed: (entryId: EntryId) => Promise<string | null>): Promise<void> => {
    setAsking(false);
    setBusy(true);
    setProblem(await deed(entryId));
    setBusy(false);
  };
  const { because, cure, who } = waiting;
  return (
    <div className="trouble-line trouble-waiting">
      <p>
        {[because, cure, whoWords[who]].filter(Boolean).join(' ')}
        {problem === null ? null : <strong role="alert"> {problem}</strong>}
      </p>
      <div className="deeds">
        {mayOverrule(waiting) ? (
          <button type="button" className="ghost" disabled={isBusy} onClick={() => setAsking(true)}>
            Send anyway
          </button>
        ) : null}
        <button
          type="button"
          className="ghost"
          disabled={isBusy}
          onClick={() => void run(deeds.cancel)}
        >
          Cancel this text
        </button>
      </div>
      <ConfirmDialog
        open={isAsking}
        onClose={() => setAsking(false)}
        title="Send it now?"
        action={
          <button type="button" className="button" onClick={() => void run(deeds.sendAnyway)}>
            Send anyway
          </button>
        }
      >
        <p>{because}</p>
        <p>That you sent it all the same is kept with the text.</p>
      </ConfirmDialog>
    </div>
  );
}
