import type { EntryId } from '#shared/message/entry.ts';

import { decide } from '../store/act-on-thread.ts';
import { failureOf, inWords } from '../store/failure-of.ts';
import type { Screen } from '../store/screen.ts';
import type { EnlargedPicture } from './Lightbox.tsx';
import type { Details } from './TextDetails.tsx';

/** What can be done to an entry in the log. The same object for all entries and all renders, so that none is drawn anew for it. */
export type EntryDeeds = {
  readonly select: (entryId: EntryId) => void;
  readonly expand: (entryId: EntryId) => void;
  readonly enlarge: (picture: EnlargedPicture) => void;
  readonly showDetails: (entryId: EntryId | null) => void;
  readonly fetchDetails: (entryId: EntryId) => Promise<Details | string>;
  readonly tryAgain: (entryId: EntryId) => Promise<string | null>;
  /** Takes back a text that waits, or sends it all the same; resolves to why that cannot be. */
  readonly cancel: (entryId: EntryId) => Promise<string | null>;
  readonly sendAnyway: (entryId: EntryId) => Promise<string | null>;
};

/** The deeds of one log: those of the log itself are given, the others go to the stores and the host. */
export function createEntryDeeds(
  screen: Screen,
  log: Pick<EntryDeeds, 'expand' | 'enlarge'>,
): EntryDeeds {
  return {
    ...log,
    select: (selected) => screen.place.setState({ selected }),
    showDetails: (details) =>
      screen.place.setState(details === null ? { details } : { details, selected: details }),
    tryAgain: (entryId) => decide(screen, 'message.try-again', entryId),
    cancel: (entryId) => decide(screen, 'message.cancel', entryId),
    sendAnyway: (entryId) => decide(screen, 'message.send-anyway', entryId),
    fetchDetails: async (entryId) => {
      try {
        return await screen.host.call('message.details', { entryId });
      } catch (error) {
        return inWords(failureOf(error));
      }
    },
  };
}
