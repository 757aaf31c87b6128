import { ArrowLeft, Check, RotateCcw } from 'lucide-react';
import type { ReactElement } from 'react';

import type { Line } from '#shared/message/line.ts';
import type { Thread } from '#shared/message/thread.ts';
import { formatPeer } from '#shared/phone/format-peer.ts';

import { ConsentChip } from '../consent/ConsentChip.tsx';
import { Tip } from '../controls/Tip.tsx';
import { keyOf } from '../screen/key-table.ts';
import { AssignMenu } from '../team/AssignMenu.tsx';
import { contactName } from '../thread-list/ThreadRow.tsx';

type Props = {
  readonly thread: Thread;
  readonly line: Line | undefined;
  readonly onDone: (done: boolean) => void;
  readonly onBack: () => void;
};

/** Who the open conversation is with, on which of our lines, and whether it is done. */
export function ThreadHeader({ thread, line, onDone, onBack }: Props): ReactElement {
  return (
    <header className="top">
      <BackButton onBack={onBack} />
      <div className="who">
        <h1>
          <bdi>{contactName(thread)}</bdi>
        </h1>
        <div className="who-more">
          {thread.name === null ? null : <span>{formatPeer(thread.peer)}</span>}
          {line === undefined ? null : (
            <span className="tag" title={formatPeer(line.number)}>
              <i className="line-mark" style={{ backgroundColor: line.colour }} />
              on {line.label}
            </span>
          )}
        </div>
      </div>
      <ConsentChip />
      <AssignMenu thread={thread} />
      <Tip words={thread.done ? 'Open it again' : 'Mark it done'} keys={keyOf('done')}>
        <button type="button" className="ghost" onClick={() => onDone(!thread.done)}>
          {thread.done ? <RotateCcw size={13} aria-hidden /> : <Check size={13} aria-hidden />}
          {thread.done ? 'Reopen' : 'Done'}
        </button>
      </Tip>
    </header>
  );
}

/** The way back to the list, where list and thread take turns. */
export function BackButton({ onBack }: Pick<Props, 'onBack'>): ReactElement {
  return (
    <button type="button" className="icon-button back" aria-label="Back" onClick={onBack}>
      <ArrowLeft size={16} aria-hidden />
    </button>
  );
}
