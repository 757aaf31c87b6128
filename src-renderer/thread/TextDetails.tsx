import { Info } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useEffect, useState } from 'react';
import type { ReactElement } from 'react';

import type { CommandOutput } from '#shared/contract/contract.ts';
import type { TextEntry } from '#shared/message/entry.ts';

import { counted } from '../controls/tell-amount.ts';
import { exactTime } from '../controls/tell-time.ts';
import { TextCost } from './TextCost.tsx';

export type Details = CommandOutput<'message.details'>;

type Props = {
  readonly entry: TextEntry;
  readonly isOpen: boolean;
  readonly onOpen: (open: boolean) => void;
  /** Resolves to the details, or to why they cannot be had. */
  readonly fetchDetails: () => Promise<Details | string>;
};

/** The button behind a message's standing, and what it opens: everything that happened to the text, raw codes included. */
export function TextDetails({ entry, isOpen, onOpen, fetchDetails }: Props): ReactElement {
  return (
    <Popover.Root open={isOpen} onOpenChange={onOpen}>
      <Popover.Trigger className="details-button" aria-label="Details">
        <Info size={13} aria-hidden />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="popover"
          sideOffset={6}
          collisionPadding={12}
          aria-label="Message details"
        >
          <DetailsBody entry={entry} fetchDetails={fetchDetails} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function DetailsBody({ entry, fetchDetails }: Pick<Props, 'entry' | 'fetchDetails'>): ReactElement {
  const [details, setDetails] = useState<Details | string | null>(null);
  useEffect(() => {
    let current = true;
    void fetchDetails().then((fetched) => (current ? setDetails(fetched) : null));
    return () => {
      current = false;
    };
    // Fetched anew whenever the text stands otherwise.
  }, [fetchDetails, entry.state]);
  return (
    <>
      <h3>{entry.direction === 'out' ? 'What happened to this text' : 'About this text'}</h3>
      {details === null ? <p className="quiet">Looking…</p> : null}
      {typeof details === 'string' ? <p className="bad">{details}</p> : null}
      {details !== null && typeof details !== 'string' ? (
        <Known entry={entry} details={details} />
      ) : null}
    </>
  );
}

type KnownProps = { readonly entry: TextEntry; readonly details: Details };

function Known({ entry, details }: KnownProps): ReactElement {
  return (
    <>
      <ol className="happenings">
        {details.events.map((event, at) => (
          <li key={at}>
            <time>{exactTime(event.at)}</time>
            <span>
              {event.words}
              {event.attempt > 1 ? `, attempt ${event.attempt}` : ''}
              {event.raw === null ? null : <code>{event.raw}</code>}
            </span>
          </li>
        ))}
      </ol>
      <dl className="facts">
        <dt>Size</dt>
        <dd>
          {entry.direction === 'out' && entry.media.length > 0
            ? `MMS, ${counted(entry.media.length, 'picture')}`
            : `${counted(entry.segments, 'segment')}, ${entry.encoding}`}
        </dd>
        <TextCost entry={entry} billing={details.billing} />
        <dt>Carrier’s id</dt>
        <dd>
          <code>{details.providerMessageId ?? 'none'}</code>
        </dd>
        <dt>Our id</dt>
        <dd>
          <code>{details.uid}</code>
        </dd>
      </dl>
    </>
  );
}
