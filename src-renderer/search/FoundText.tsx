import type { ReactElement } from 'react';

import type { Entry } from '#shared/message/entry.ts';
import type { Thread } from '#shared/message/thread.ts';

import { rowTime } from '../controls/tell-time.ts';
import { Avatar, contactName } from '../thread-list/ThreadRow.tsx';
import { markTerm } from './mark-term.ts';

type Props = {
  readonly thread: Thread;
  readonly entry: Entry;
  readonly query: string;
  /** Midnight that began today. */
  readonly today: number;
  readonly onOpen: () => void;
};

/** A found text in its row, with what was looked for marked. */
export function FoundText({ thread, entry, query, today, onOpen }: Props): ReactElement {
  const name = contactName(thread);
  const about = `about-found-${entry.id}`;
  return (
    <li role="listitem" aria-label={name}>
      <div className="row">
        <Avatar thread={thread} line={null} />
        <button type="button" className="row-name" aria-describedby={about} onClick={onOpen}>
          <bdi>{name}</bdi>
        </button>
        <span className="row-about" id={about}>
          <span className="row-time">{rowTime(entry.at, today)}</span>
          <span className="row-preview">
            {leadOf(entry)}
            <bdi>
              <Marked text={'text' in entry ? entry.text : ''} query={query} />
            </bdi>
          </span>
        </span>
      </div>
    </li>
  );
}

/** Who said it: nothing before what the customer wrote. */
function leadOf(entry: Entry): string {
  if (entry.kind === 'note') return 'Note: ';
  if (entry.direction === 'in' || entry.kind === 'system') return '';
  const author = entry.kind === 'text' ? entry.author : null;
  return `${author ?? 'You'}: `;
}

function Marked({ text, query }: { readonly text: string; readonly query: string }): ReactElement {
  return (
    <>
      {markTerm(text, query).map((stretch, at) =>
        stretch.marked ? <mark key={at}>{stretch.text}</mark> : stretch.text,
      )}
    </>
  );
}
