import { z } from 'zod';

import type { Asked } from '#shared/provider/carrier-lists.ts';

import { pageUri } from './wire-types.ts';

/** Where a list stands: the page to read, and the id of its last row already given out; null where none was. */
export type Place = { readonly uri: string; readonly after: string | null };

type Row = { readonly sid: string; readonly date_created: number };
export type Page<Each extends Row> = {
  readonly place: Place;
  readonly rows: readonly Each[];
  readonly next: string | null;
};

const placesShape = z.array(z.object({ uri: pageUri, after: z.string().nullable() })).max(2);

/** The answer to a cursor that is none of ours. */
export const noSuchPlace: Asked<never> = {
  kind: 'not-told',
  failure: { kind: 'unmapped', raw: 'no place in a list' },
};

/** The page a cursor names, where a list is asked for only once; null where it is none of ours. */
export function readPlace(cursor: string): string | null {
  return pageUri.safeParse(cursor).data ?? null;
}

/** The places as a cursor, and back; null where it is none of ours. */
export function writePlaces(places: readonly Place[]): string | null {
  return places.length === 0 ? null : JSON.stringify(places);
}

export function readPlaces(cursor: string): readonly Place[] | null {
  try {
    return placesShape.safeParse(JSON.parse(cursor)).data ?? null;
  } catch {
    return null;
  }
}

/**
 * Merges pages of several lists, each newest first, into one. Only rows are given out that are newer than anything a list still
 * has to tell; the rest of a page is read again with the next one. Where a list is out of order nothing is lost, only order.
 */
export function mergePages<Each extends Row>(
  pages: readonly Page<Each>[],
): { readonly rows: readonly Each[]; readonly places: readonly Place[] } {
  const fresh = pages.map((page) => ({ ...page, rows: rowsAfter(page) }));
  const bound = Math.max(...fresh.map(oldestThatMayFollow));
  const taken = fresh.map((page) => ({
    page,
    rows: page.rows.slice(0, 1 + page.rows.findLastIndex((row) => row.date_created >= bound)),
  }));
  return {
    rows: taken
      .flatMap(({ rows }) => rows)
      .toSorted((one, other) => other.date_created - one.date_created),
    places: taken.flatMap(({ page, rows }) => placeAfter(page, rows)),
  };
}

function rowsAfter<Each extends Row>({ rows, place }: Page<Each>): readonly Each[] {
  return rows.slice(1 + rows.findIndex((row) => row.sid === place.after));
}

/** A list with another page may follow with anything as old as its oldest row, or, where it showed none, with anything. */
function oldestThatMayFollow<Each extends Row>({ rows, next }: Page<Each>): number {
  if (next === null) return Number.NEGATIVE_INFINITY;
  return rows.length === 0
    ? Number.POSITIVE_INFINITY
    : Math.min(...rows.map((row) => row.date_created));
}

function placeAfter<Each extends Row>(page: Page<Each>, taken: readonly Each[]): Place[] {
  if (taken.length < page.rows.length)
    return [{ uri: page.place.uri, after: taken.at(-1)?.sid ?? page.place.after }];
  return page.next === null ? [] : [{ uri: page.next, after: null }];
}
