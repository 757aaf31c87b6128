import { useCallback, useEffect, useMemo } from 'react';
import type { ReactElement } from 'react';
import { useStore } from 'zustand';

import type { ThreadId } from '#shared/message/entry.ts';

import { SendLater } from '../later/SendLater.tsx';
import { useScreen } from '../screen/screen-context.ts';
import { restoreNote, turnComposer } from '../store/write-note.ts';
import { Composer } from './Composer.tsx';
import { ComposerMode } from './ComposerMode.tsx';
import { NoteComposer } from './NoteComposer.tsx';

type Props = { readonly threadId: ThreadId; readonly onSend: () => void };

/** The place to write in a conversation: a text, or a note. */
export function ThreadComposer({ threadId, onSend }: Props): ReactElement {
  const screen = useScreen();
  const lineId = useStore(screen.threads, ({ index }) => index.get(threadId)?.lineId ?? null);
  const target = useMemo(() => ({ threadId }), [threadId]);
  const mode = useStore(screen.notes, ({ noting }) => (noting.has(threadId) ? 'note' : 'reply'));
  const isLocked = useStore(
    screen.consent,
    (consent) => consent.threadId === threadId && consent.known?.consent.standing === 'opted-out',
  );
  useEffect(() => restoreNote(screen, threadId), [screen, threadId]);
  const beside = useCallback(
    (reason: string | null) => <SendLater threadId={threadId} reason={reason} />,
    [threadId],
  );
  return (
    <div className="thread-composer">
      <ComposerMode mode={mode} onTurn={(wanted) => turnComposer(screen, threadId, wanted)} />
      {mode === 'note' ? (
        <NoteComposer threadId={threadId} />
      ) : (
        <Composer
          draftKey={threadId}
          lineId={lineId}
          blocked={isLocked ? 'Texting is locked: this person opted out' : null}
          target={target}
          onSend={onSend}
          beside={beside}
        />
      )}
    </div>
  );
}
