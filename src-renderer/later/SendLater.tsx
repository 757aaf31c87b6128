import { Clock } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ReactElement } from 'react';

import type { ThreadId } from '#shared/message/entry.ts';

import { keysForAria, shownKeys } from '../controls/shown-keys.ts';
import { useScreen } from '../screen/screen-context.ts';
import { announce } from '../store/announce.ts';
import { inWords } from '../store/failure-of.ts';
import { scheduleDraft } from '../store/send-text.ts';
import { WhenPopover } from './WhenPopover.tsx';

type Props = {
  readonly threadId: ThreadId;
  /** Why nothing can be sent from here; null where it can. */
  readonly reason: string | null;
};

export const laterKey = 'Mod+Shift+Enter';

/** The button beside Send that keeps the text until its time. */
export function SendLater({ threadId, reason }: Props): ReactElement | null {
  const screen = useScreen();
  const [open, setOpen] = useState(false);
  useLaterKey(() => (reason === null ? setOpen(true) : undefined));
  const peer = screen.threads.getState().index.get(threadId)?.peer;
  if (peer === undefined) return null;
  return (
    <WhenPopover
      open={open}
      onOpenChange={(wanted) => setOpen(wanted && reason === null)}
      peer={peer}
      action="Schedule"
      onChoose={async (later) => {
        const answer = await scheduleDraft(screen, threadId, { target: { threadId }, later });
        const failure = screen.drafts.getState().byKey.get(threadId)?.failure;
        if (answer === null) return failure ? inWords(failure) : 'It could not be kept for later.';
        announce(screen, 'Scheduled');
        return null;
      }}
    >
      <button
        type="button"
        className="ghost send-later"
        aria-disabled={reason !== null}
        aria-keyshortcuts={keysForAria(laterKey)}
        title={`Send later (${shownKeys(laterKey)})`}
      >
        <Clock size={14} aria-hidden /> Later
      </button>
    </WhenPopover>
  );
}

/** The key works while the text is being written. */
function useLaterKey(open: () => void): void {
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      const isMod = event.ctrlKey || event.metaKey;
      const isWriting = event.target instanceof Element && event.target.closest('.composer');
      if (!isMod || !event.shiftKey || event.key !== 'Enter' || !isWriting) return;
      event.preventDefault();
      open();
    };
    document.addEventListener('keydown', hear);
    return () => document.removeEventListener('keydown', hear);
  });
}
