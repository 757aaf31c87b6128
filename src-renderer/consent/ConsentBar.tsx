import { useEffect } from 'react';
import type { ReactElement } from 'react';
import { useStore } from 'zustand';

import type { ConsentSummary } from '#shared/contract/consent-commands.ts';
import type { ThreadId } from '#shared/message/entry.ts';

import { FailureLine } from '../controls/FailureLine.tsx';
import { useDeed } from '../controls/use-deed.ts';
import { useScreen } from '../screen/screen-context.ts';
import { changeConsent } from '../store/load-consent.ts';
import { lockWords, mayUndo } from './consent-words.ts';

type Props = { readonly threadId: ThreadId };

/** What stands above the composer where this person opted out, or may have. */
export function ConsentBar({ threadId }: Props): ReactElement | null {
  const screen = useScreen();
  const consent = useStore(screen.consent, (state) =>
    state.threadId === threadId ? (state.known?.consent ?? null) : null,
  );
  if (consent?.standing === 'opted-out') return <Lock threadId={threadId} consent={consent} />;
  if (consent?.standing === 'likely-opt-out')
    return <Question threadId={threadId} consent={consent} />;
  return null;
}

type PartProps = Props & { readonly consent: ConsentSummary };

function Lock({ threadId, consent }: PartProps): ReactElement {
  const screen = useScreen();
  const { isBusy, failure, run } = useDeed();
  const undo = () =>
    run(() =>
      changeConsent(screen, 'consent.undo', { input: { threadId }, done: 'Opt-out undone.' }),
    );
  return (
    <div className="consent-bar consent-bar-locked" role="note" aria-label="Texting is locked">
      <p>{lockWords(consent)}</p>
      {mayUndo(consent) ? (
        <button type="button" className="ghost" disabled={isBusy} onClick={() => void undo()}>
          Undo
        </button>
      ) : null}
      <FailureLine failure={failure} />
    </div>
  );
}

function Question({ threadId, consent }: PartProps): ReactElement {
  const screen = useScreen();
  const { isBusy, failure, run } = useDeed();
  const decide = (isOptOut: boolean): void => {
    const done = isOptOut ? 'Opted out.' : 'Said to be no opt-out.';
    void run(() =>
      changeConsent(screen, 'consent.decide', { input: { threadId, isOptOut }, done }),
    );
  };
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      const isOptOut = choiceOf(event);
      if (isOptOut === null) return;
      event.preventDefault();
      decide(isOptOut);
    };
    document.addEventListener('keydown', hear);
    return () => document.removeEventListener('keydown', hear);
  });
  return (
    <div className="consent-bar" role="group" aria-label="Looks like an opt-out">
      <p role="alert">Looks like an opt-out: &quot;{consent.words ?? ''}&quot;.</p>
      <button
        type="button"
        className="button"
        aria-keyshortcuts="Enter"
        aria-disabled={isBusy}
        onClick={() => decide(true)}
      >
        Opt out <kbd>Enter</kbd>
      </button>
      <button
        type="button"
        className="ghost"
        aria-keyshortcuts="N"
        aria-disabled={isBusy}
        onClick={() => decide(false)}
      >
        Not an opt-out <kbd>N</kbd>
      </button>
      <FailureLine failure={failure} />
    </div>
  );
}

/* Only where the key is nobody else's: not while writing, nor on something that Enter presses. */
function choiceOf({ key, ctrlKey, metaKey, altKey, target }: KeyboardEvent): boolean | null {
  if (ctrlKey || metaKey || altKey || !(target instanceof Element)) return null;
  if (target.closest('input, textarea, select, [contenteditable], [role="dialog"]') !== null)
    return null;
  if (key === 'n' || key === 'N') return false;
  const isFree = target.closest('button, a, [role="option"], .row') === null;
  return key === 'Enter' && isFree ? true : null;
}
