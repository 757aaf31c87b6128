import { useCallback } from 'react';
import type { ReactElement } from 'react';

import type { Waiting } from '#shared/compliance/verdict.ts';
import type { TextEntry } from '#shared/message/entry.ts';

import { clockTime, exactTime } from '../controls/tell-time.ts';
import { PlannedLine } from '../later/PlannedLine.tsx';
import { StatusMark } from '../thread-list/StatusMark.tsx';
import { BubbleText } from './BubbleText.tsx';
import type { EntryDeeds } from './entry-deeds.ts';
import { MediaView } from './MediaView.tsx';
import { statusWords, troubleOf } from './status-words.ts';
import { TextDetails } from './TextDetails.tsx';
import { TroubleLine } from './TroubleLine.tsx';
import { WaitingLine } from './WaitingLine.tsx';

type Props = {
  readonly entry: TextEntry;
  readonly peer: string;
  readonly mediaBase: string;
  readonly isExpanded: boolean;
  readonly showsDetails: boolean;
  readonly deeds: EntryDeeds;
};

/** A text with its attachments, its standing, and what went wrong with it. */
export function TextBubble(props: Props): ReactElement {
  const { entry, isExpanded, deeds } = props;
  const trouble = troubleOf(entry);
  return (
    <>
      <Attachments {...props} />
      {entry.text === '' && entry.media.length > 0 ? null : (
        <BubbleText
          text={entry.text}
          isExpanded={isExpanded}
          onExpand={() => deeds.expand(entry.id)}
        />
      )}
      <MetaLine {...props} />
      {mayDecide(entry) ? <HeldLine entry={entry} deeds={deeds} /> : null}
      {trouble === null ? null : (
        <TroubleLine trouble={trouble} onTryAgain={() => deeds.tryAgain(entry.id)} />
      )}
    </>
  );
}

/** What is meant for later is no trouble: it says when it leaves. */
function HeldLine({
  entry,
  deeds,
}: Pick<Props, 'deeds'> & { readonly entry: TextEntry & { waiting: Waiting } }): ReactElement {
  if (entry.waiting.reason === 'scheduled') return <PlannedLine entry={entry} />;
  return <WaitingLine entryId={entry.id} waiting={entry.waiting} deeds={deeds} />;
}

/** Is it held by a rule here, and ours to decide about? */
const mayDecide = (entry: TextEntry): entry is TextEntry & { waiting: Waiting } =>
  entry.state === 'queued' && Boolean(entry.waiting) && entry.author === null;

function Attachments({ entry, peer, mediaBase, deeds }: Props): ReactElement[] {
  const from = entry.direction === 'in' ? peer : (entry.author ?? 'you');
  const pictures = entry.media.filter(
    ({ state, type }) => state === 'stored' && type.startsWith('image/'),
  );
  return entry.media.map((media) => (
    <MediaView
      key={media.id}
      media={media}
      address={mediaBase + media.id}
      from={from}
      onEnlarge={() => deeds.enlarge({ pictures, at: pictures.indexOf(media), from })}
    />
  ));
}

/** Time, glyph and words of the standing. The words stand alone in their element, so that they can be found and read as such. */
function MetaLine({ entry, showsDetails, deeds }: Props): ReactElement {
  const fetchDetails = useCallback(() => deeds.fetchDetails(entry.id), [deeds, entry.id]);
  const words = statusWords(entry);
  return (
    <div className={entry.state === 'failed' ? 'meta bad' : 'meta'}>
      <time dateTime={new Date(entry.at).toISOString()} title={exactTime(entry.at)}>
        {clockTime(entry.at)}
      </time>
      {entry.author === null ? null : (
        <>
          <span aria-hidden>·</span>
          <span className="author">
            <span className="unseen">Sent by </span>
            <bdi>{entry.author}</bdi>
          </span>
        </>
      )}
      {words === '' ? null : (
        <>
          <span aria-hidden>·</span>
          <StatusMark state={entry.state} />
          <span>{words}</span>
        </>
      )}
      <TextDetails
        entry={entry}
        isOpen={showsDetails}
        onOpen={(open) => deeds.showDetails(open ? entry.id : null)}
        fetchDetails={fetchDetails}
      />
    </div>
  );
}
