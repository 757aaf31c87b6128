import { StickyNote } from 'lucide-react';
import type { ReactElement } from 'react';

import type { NoteEntry } from '#shared/message/entry.ts';

import { clockTime, exactTime } from '../controls/tell-time.ts';
import { BubbleText } from './BubbleText.tsx';

type Props = {
  readonly note: NoteEntry;
  readonly isExpanded: boolean;
  readonly onExpand: () => void;
};

/** A note for the team between the messages, over the whole width, so that nobody takes it for a text. */
export function NoteMark({ note, isExpanded, onExpand }: Props): ReactElement {
  return (
    <div className="note">
      <p className="note-head">
        <StickyNote size={13} aria-hidden />
        <span>
          <b>{noteBy(note)}</b> ·{' '}
          <time dateTime={new Date(note.at).toISOString()} title={exactTime(note.at)}>
            {clockTime(note.at)}
          </time>
        </span>
      </p>
      <BubbleText text={note.text} isExpanded={isExpanded} onExpand={onExpand} />
    </div>
  );
}

/** "Note by Kim", or "Note by you". */
export const noteBy = ({ author }: Pick<NoteEntry, 'author'>): string =>
  `Note by ${author ?? 'you'}`;
