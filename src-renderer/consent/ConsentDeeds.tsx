import { useState } from 'react';
import type { ReactElement } from 'react';

import type { ConsentSummary } from '#shared/contract/consent-commands.ts';
import type { ThreadId } from '#shared/message/entry.ts';

import { FailureLine } from '../controls/FailureLine.tsx';
import { keysForAria } from '../controls/shown-keys.ts';
import { useDeed } from '../controls/use-deed.ts';
import { keyOf } from '../screen/key-table.ts';
import { useScreen } from '../screen/screen-context.ts';
import { askToOptOut, changeConsent } from '../store/load-consent.ts';
import { mayUndo } from './consent-words.ts';
import { RecordConsent } from './RecordConsent.tsx';
import { saveFile } from './save-file.ts';

type Props = {
  readonly threadId: ThreadId;
  readonly consent: ConsentSummary;
  readonly onDone: () => void;
};

/** What an agent can do about somebody's consent. What the customer said is theirs alone to take back. */
export function ConsentDeeds({ threadId, consent, onDone }: Props): ReactElement {
  const screen = useScreen();
  const { isBusy, failure, run } = useDeed();
  const [isRecording, setRecording] = useState(false);
  const isOut = consent.standing === 'opted-out';
  const prove = (format: 'json' | 'html') =>
    run(async () => saveFile(await screen.host.call('consent.proof', { threadId, format })));
  const undo = () =>
    run(() =>
      changeConsent(screen, 'consent.undo', { input: { threadId }, done: 'Opt-out undone.' }),
    );
  const optOut = (): void => {
    onDone();
    askToOptOut(screen);
  };
  return (
    <>
      <FailureLine failure={failure} />
      {isRecording ? (
        <RecordConsent threadId={threadId} onClose={() => setRecording(false)} />
      ) : null}
      <div className="deeds">
        {isOut ? null : (
          <button
            type="button"
            className="ghost danger"
            aria-keyshortcuts={keysForAria(keyOf('opt-out'))}
            onClick={optOut}
          >
            Opt out…
          </button>
        )}
        {mayUndo(consent) ? (
          <button type="button" className="ghost" disabled={isBusy} onClick={() => void undo()}>
            Undo the opt-out
          </button>
        ) : null}
        {isOut || isRecording ? null : (
          <button type="button" className="ghost" onClick={() => setRecording(true)}>
            Record consent…
          </button>
        )}
        <ProofButton words="Save proof (page)" isBusy={isBusy} onClick={() => void prove('html')} />
        <ProofButton words="Save proof (JSON)" isBusy={isBusy} onClick={() => void prove('json')} />
      </div>
    </>
  );
}

type ProofProps = {
  readonly words: string;
  readonly isBusy: boolean;
  readonly onClick: () => void;
};

const ProofButton = ({ words, isBusy, onClick }: ProofProps): ReactElement => (
  <button type="button" className="ghost" disabled={isBusy} onClick={onClick}>
    {words}
  </button>
);
