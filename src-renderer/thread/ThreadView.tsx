import { useCallback, useEffect } from 'react';
import type { ReactElement } from 'react';
import { useStore } from 'zustand';

import type { Failure } from '#shared/contract/failure.ts';
import type { EntryId, ThreadId } from '#shared/message/entry.ts';

import { ThreadComposer } from '../composer/ThreadComposer.tsx';
import { AskOptOut } from '../consent/AskOptOut.tsx';
import { ConsentBar } from '../consent/ConsentBar.tsx';
import { Notice } from '../controls/Notice.tsx';
import { useScreen } from '../screen/screen-context.ts';
import { setDone } from '../store/act-on-thread.ts';
import { inWords } from '../store/failure-of.ts';
import { closePane } from '../store/go-to.ts';
import { loadConsent } from '../store/load-consent.ts';
import { sendDraft } from '../store/send-text.ts';
import { ThreadHeader } from './ThreadHeader.tsx';
import { ThreadLog } from './ThreadLog.tsx';

import './thread.css';

type Props = {
  readonly threadId: ThreadId;
  readonly target: EntryId | null;
  readonly visit: number;
};

/** An open conversation: who it is with, the messages, and the place to write. */
export function ThreadView({ threadId, target, visit }: Props): ReactElement {
  const screen = useScreen();
  const thread = useStore(screen.threads, ({ index }) => index.get(threadId));
  const timeline = useStore(screen.timelines, ({ byThread }) => byThread.get(threadId));
  const lines = useStore(screen.overview, (overview) => overview.lines);
  const send = useCallback(
    () => void sendDraft(screen, threadId, { threadId }),
    [screen, threadId],
  );
  useEffect(() => void loadConsent(screen, threadId), [screen, threadId]);
  if (thread === undefined || timeline === undefined)
    return <Unknown failure={timeline?.failure ?? null} />;
  return (
    <>
      <ThreadHeader
        thread={thread}
        line={lines.find(({ id }) => id === thread.lineId)}
        onDone={(done) => void setDone(screen, threadId, done)}
        onBack={() => closePane(screen)}
      />
      <ThreadLog key={`${threadId} ${visit}`} thread={thread} timeline={timeline} target={target} />
      <ConsentBar threadId={threadId} />
      <AskOptOut />
      <ThreadComposer key={threadId} threadId={threadId} onSend={send} />
    </>
  );
}

function Unknown({ failure }: { readonly failure: Failure | null }): ReactElement {
  if (failure === null) return <p className="quiet">Opening the conversation…</p>;
  return <Notice isPane title="The conversation could not be opened" words={inWords(failure)} />;
}
