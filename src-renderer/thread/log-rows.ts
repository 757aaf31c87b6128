import type { Entry, EntryId } from '#shared/message/entry.ts';

import { dayStart } from '../controls/tell-time.ts';
import type { Timeline } from '../store/timeline.ts';

/** One row of the log. The separators belong to the entry below them, so that a row's key is its entry's id. */
export type LogRow = {
  readonly entry: Entry;
  /** The day begins with this entry. */
  readonly opensDay: boolean;
  /** Everything from here on was unread on opening. */
  readonly opensNew: boolean;
};

/**
 * The rows of a timeline. The first entry opens its day only where the thread begins with it: else the day may have begun on the
 * page before, and its separator would wander as that page comes in.
 */
export function logRows({
  entries,
  reachedStart,
  newFrom,
}: Pick<Timeline, 'entries' | 'reachedStart' | 'newFrom'>): LogRow[] {
  let dayBefore = reachedStart ? Number.NaN : dayStart(entries[0]?.at ?? 0);
  return entries.map((entry) => {
    const day = dayStart(entry.at);
    const opensDay = day !== dayBefore;
    dayBefore = day;
    return { entry, opensDay, opensNew: entry.id === newFrom };
  });
}

/** The row of an entry; -1 where it is not among them. */
export function rowOf(rows: readonly LogRow[], entryId: EntryId | null): number {
  return entryId === null ? -1 : rows.findIndex(({ entry }) => entry.id === entryId);
}
