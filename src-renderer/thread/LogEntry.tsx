import { memo } from 'react';
import type { ReactElement } from 'react';

import type { Entry } from '#shared/message/entry.ts';

import { callWords } from '../calls/call-words.ts';
import { CallMark, VoicemailMark } from '../calls/CallMark.tsx';
import { clockTime, dayName } from '../controls/tell-time.ts';
import type { EntryDeeds } from './entry-deeds.ts';
import { noteBy, NoteMark } from './NoteMark.tsx';
import { TextBubble } from './TextBubble.tsx';

type Props = {
  readonly entry: Entry;
  readonly opensDay: boolean;
  readonly opensNew: boolean;
  readonly isSelected: boolean;
  /** The entry the thread was opened at. */
  readonly isFound: boolean;
  readonly isExpanded: boolean;
  readonly showsDetails: boolean;
  /** The contact's name or number. */
  readonly peer: string;
  readonly mediaBase: string;
  /** Midnight that began today. */
  readonly today: number;
  readonly deeds: EntryDeeds;
};

/** One entry of the log with the separators that stand above it. Drawn anew only when something of its own changed. */
export const LogEntry = memo(function LogEntry(props: Props): ReactElement {
  const { entry, opensDay, opensNew, isSelected, isFound, today, deeds } = props;
  return (
    <>
      {opensDay ? (
        <div className="day" role="separator">
          {dayName(entry.at, today)}
        </div>
      ) : null}
      {opensNew ? (
        <div className="new-from" role="separator">
          New
        </div>
      ) : null}
      <article
        className={`entry ${entryPlace(entry)}${isFound ? ' is-found' : ''}`}
        aria-label={entryName(entry, props.peer)}
        tabIndex={isSelected ? 0 : -1}
        data-entry={entry.id}
        onFocus={() => deeds.select(entry.id)}
      >
        <EntryBody {...props} />
      </article>
    </>
  );
});

/** Where in the log an entry stands, as the style sheet calls it. */
function entryPlace({ kind, direction }: Entry): string {
  if (kind === 'text') return direction;
  return kind === 'note' ? 'across' : 'middle';
}

function EntryBody({ entry, ...rest }: Props): ReactElement {
  switch (entry.kind) {
    case 'text':
      return <TextBubble entry={entry} {...rest} />;
    case 'call':
      return <CallMark call={entry} peer={rest.peer} />;
    case 'voicemail':
      return <VoicemailMark voicemail={entry} peer={rest.peer} mediaBase={rest.mediaBase} />;
    case 'note':
      return (
        <NoteMark
          note={entry}
          isExpanded={rest.isExpanded}
          onExpand={() => rest.deeds.expand(entry.id)}
        />
      );
    case 'system':
      return <p className="system-line">{entry.text}</p>;
  }
}

/** Longest part of a text in its entry's name, in UTF-16 units. */
const longestName = 120;

function entryName(entry: Entry, peer: string): string {
  const time = clockTime(entry.at);
  switch (entry.kind) {
    case 'text': {
      const who = entry.direction === 'in' ? peer : (entry.author ?? 'You');
      return `${who}, ${time}: ${entry.text.slice(0, longestName) || 'attachment'}`;
    }
    case 'call':
      return `${callWords(entry, peer)}, ${time}`;
    case 'voicemail':
      return `Voicemail from ${peer}, ${time}`;
    case 'note':
      return `${noteBy(entry)}, ${time}: ${entry.text.slice(0, longestName)}`;
    case 'system':
      return `${entry.text.slice(0, longestName)}, ${time}`;
  }
}
