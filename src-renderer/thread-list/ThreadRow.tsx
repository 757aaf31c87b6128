import { memo } from 'react';
import type { ReactElement } from 'react';

import type { Line } from '#shared/message/line.ts';
import type { Thread } from '#shared/message/thread.ts';
import { formatPeer } from '#shared/phone/format-peer.ts';

import { rowTime } from '../controls/tell-time.ts';
import { AssigneeMark } from '../team/AssigneeMark.tsx';
import { avatarLetters } from './avatar-letters.ts';
import { previewWords } from './preview-words.ts';
import { RowMark } from './RowMark.tsx';

type Props = {
  readonly thread: Thread;
  /** The line the thread runs on, where more than one is in the list. */
  readonly line: Line | null;
  readonly isOpen: boolean;
  /** May Tab reach this row? One row of a list may; arrows go on from there. */
  readonly isStop: boolean;
  /** Midnight that began today. */
  readonly today: number;
  readonly onOpen: (thread: Thread) => void;
};

/**
 * One conversation in a list: who, when, and what was last. The button is the name alone, so that this is what it is called;
 * it reaches over the whole row, and the rest describes it.
 */
export const ThreadRow = memo(function ThreadRow(props: Props): ReactElement {
  const { thread, line, isOpen, isStop, today, onOpen } = props;
  const about = `about-thread-${thread.id}`;
  return (
    <div className={thread.unread > 0 ? 'row unread' : 'row'} data-open={isOpen}>
      <Avatar thread={thread} line={line} />
      <button
        type="button"
        className="row-name"
        aria-describedby={about}
        aria-current={isOpen ? 'true' : undefined}
        tabIndex={isStop ? 0 : -1}
        data-thread={thread.id}
        onClick={() => onOpen(thread)}
      >
        <bdi>{contactName(thread)}</bdi>
      </button>
      <About thread={thread} line={line} today={today} id={about} />
    </div>
  );
});

/** The contact's name, or the number as people write it. */
export function contactName({ name, peer }: Pick<Thread, 'name' | 'peer'>): string {
  return name ?? formatPeer(peer);
}

/** The round mark of a contact, with the line's colour where one is given. */
export function Avatar({ thread, line }: Pick<Props, 'thread' | 'line'>): ReactElement {
  return (
    <span className="avatar" aria-hidden>
      {avatarLetters(thread)}
      {line === null ? null : <i style={{ backgroundColor: line.colour }} />}
    </span>
  );
}

type AboutProps = Pick<Props, 'thread' | 'line' | 'today'> & { readonly id: string };

function About({ thread, line, today, id }: AboutProps): ReactElement {
  const { lead, words, tone } = previewWords(thread);
  return (
    <span className="row-about" id={id}>
      <span className="row-time">
        {thread.lastAt === null ? '' : rowTime(thread.lastAt, today)}
      </span>
      <span className={`row-preview tone-${tone}`}>
        {lead}
        <bdi>{words}</bdi>
      </span>
      <span className="row-end">
        <AssigneeMark assignee={thread.assignee} />
        <RowMark thread={thread} />
      </span>
      {line === null ? null : <span className="unseen"> on {line.label}</span>}
    </span>
  );
}
