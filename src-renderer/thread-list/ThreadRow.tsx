import { memo } from 'react';
import type { ReactElement } from 'react';

import type { Line } from '#shared/message/line.ts';
import type { Thread } from '#shared/message/thread.ts';
import { formatPeer } from '#shared/phone/format-peer.ts';

import { rowTime } from '../controls/tell-time.ts';
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

/** One conversation in a list: who, when, and what was last. Its accessible name is the contact's, nothing else. */
export const ThreadRow = memo(function ThreadRow(props: Props): ReactElement {
  const { thread, isOpen, isStop, onOpen } = props;
  const about = `about-thread-${thread.id}`;
  return (
    <button
      type="button"
      className={thread.unread > 0 ? 'row unread' : 'row'}
      aria-label={contactName(thread)}
      aria-describedby={about}
      aria-current={isOpen ? 'true' : undefined}
      tabIndex={isStop ? 0 : -1}
      data-thread={thread.id}
      onClick={() => onOpen(thread)}
    >
      <RowContent {...props} about={about} />
    </button>
  );
});

/** The contact's name, or the number as people write it. */
export function contactName({ name, peer }: Pick<Thread, 'name' | 'peer'>): string {
  return name ?? formatPeer(peer);
}

function RowContent({ thread, line, today, about }: Props & { about: string }): ReactElement {
  const { lead, words, tone } = previewWords(thread);
  return (
    <>
      <span className="avatar" aria-hidden>
        {avatarLetters(thread)}
        {line === null ? null : <i style={{ backgroundColor: line.colour }} />}
      </span>
      <bdi className="row-name">{contactName(thread)}</bdi>
      <span className="row-about" id={about}>
        <span className="row-time">
          {thread.lastAt === null ? '' : rowTime(thread.lastAt, today)}
        </span>
        <span className={`row-preview tone-${tone}`}>
          {lead}
          <bdi>{words}</bdi>
        </span>
        <RowMark thread={thread} />
        {line === null ? null : <span className="unseen"> on {line.label}</span>}
      </span>
    </>
  );
}
