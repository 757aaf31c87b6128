import { useEffect, useState } from 'react';

import type { Failure } from '#shared/contract/failure.ts';

import { failureOf } from '../store/failure-of.ts';

/** Pages of a list that grows downwards. `next` is where the following page begins, null where there is none. */
export type Page<Row, Cursor> = { readonly rows: readonly Row[]; readonly next: Cursor | null };

type Known<Row, Cursor, More> = {
  readonly rows: readonly Row[];
  readonly next: Cursor | null;
  /** What came with the newest page besides its rows; null before the first. */
  readonly last: (Page<Row, Cursor> & More) | null;
  readonly isBusy: boolean;
  readonly failure: Failure | null;
};

export type Pages<Row, Cursor, More> = Known<Row, Cursor, More> & {
  readonly more: () => void;
  readonly reload: () => void;
};

/** Fetches pages of a list, the first at once. `fetch` must be the same function at every drawing. */
export function usePages<Row, Cursor, More>(
  fetch: (before: Cursor | null) => Promise<Page<Row, Cursor> & More>,
): Pages<Row, Cursor, More> {
  const [known, setKnown] = useState<Known<Row, Cursor, More>>(nothing);
  const [wanted, setWanted] = useState<Wanted<Cursor>>({ before: null, turn: 0 });
  useEffect(() => {
    let isCurrent = true;
    const { before } = wanted;
    fetch(before).then(
      (last) =>
        isCurrent ? setKnown((now) => withPage(before === null ? [] : now.rows, last)) : undefined,
      (error: unknown) =>
        isCurrent
          ? setKnown((now) => ({ ...now, isBusy: false, failure: failureOf(error) }))
          : undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [fetch, wanted]);
  const again = (before: Cursor | null): void => {
    setKnown((now) => ({ ...now, isBusy: true, failure: null }));
    setWanted(({ turn }) => ({ before, turn: turn + 1 }));
  };
  const { next } = known;
  return {
    ...known,
    reload: () => again(null),
    more: () => (next === null ? undefined : again(next)),
  };
}

/** Where the page that is wanted begins; the turn tells two wishes for the same one apart. */
type Wanted<Cursor> = { readonly before: Cursor | null; readonly turn: number };

const withPage = <Row, Cursor, More>(
  before: readonly Row[],
  last: Page<Row, Cursor> & More,
): Known<Row, Cursor, More> => ({
  rows: [...before, ...last.rows],
  next: last.next,
  last,
  isBusy: false,
  failure: null,
});

const nothing = { rows: [], next: null, last: null, isBusy: true, failure: null };
