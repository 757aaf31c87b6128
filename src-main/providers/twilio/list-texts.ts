import type { Asked, ListPage, ListedText, TextQuery } from '#shared/provider/carrier-lists.ts';

import type { Access } from './access.ts';
import { askInTurns } from './ask-in-turns.ts';
import { ask } from './ask.ts';
import { listMedia } from './list-media.ts';
import {
  type Page,
  type Place,
  mergePages,
  noSuchPlace,
  readPlaces,
  writePlaces,
} from './page-places.ts';
import { readListed } from './read-listed.ts';
import { inSeconds, isWithin } from './span.ts';
import { type ListedMessage, messagesShape } from './wire-types.ts';

const pageSize = '100';
/** A text waits in the carrier's queue for at most so long (milliseconds), so that much may lie between creating and sending. */
const longestQueue = 36_000_000;

/**
 * One page of the texts of the account, in both directions, newest first. The carrier's list knows no conversation: between two
 * numbers it is asked once for each direction, and the answers are merged.
 */
export async function listTexts(
  access: Access,
  query: TextQuery,
  deadlineMs: number,
): Promise<Asked<ListPage<ListedText>>> {
  const until = performance.now() + deadlineMs;
  const places = query.cursor === null ? firstPlaces(access, query) : readPlaces(query.cursor);
  if (places === null) return noSuchPlace;
  const pages = await askInTurns(places, (place) => readPage(access, place, until));
  if (pages.kind === 'not-told') return pages;
  const merged = mergePages(pages.answer);
  /* The carrier's filter is by the time of sending; what is asked for is by that of creating. */
  const asked = merged.rows.filter((row) => isWithin(row.date_created, query));
  const rows = await askInTurns(asked, (row) => understand(access, row, until));
  if (rows.kind === 'not-told') return rows;
  const listed = rows.answer.filter((row) => row !== null);
  return { kind: 'told', answer: { rows: listed, next: writePlaces(merged.places) } };
}

function firstPlaces(access: Access, query: TextQuery): readonly Place[] {
  const { between } = query;
  const sides =
    between === null
      ? [{}]
      : [
          { From: between.line, To: between.peer },
          { From: between.peer, To: between.line },
        ];
  return sides.map((side) => ({ uri: addressOf(access, query, side), after: null }));
}

function addressOf(
  access: Access,
  { since, until }: TextQuery,
  side: Readonly<Record<string, string>>,
): string {
  const parameters = new URLSearchParams({ ...side, PageSize: pageSize });
  parameters.set('DateSent>', inSeconds(since));
  const sentBefore = until + longestQueue;
  if (sentBefore < Date.now()) parameters.set('DateSent<', inSeconds(sentBefore));
  return `${access.account}/Messages.json?${parameters.toString()}`;
}

async function readPage(
  access: Access,
  place: Place,
  until: number,
): Promise<Asked<Page<ListedMessage>>> {
  const question = { host: 'api', path: place.uri, form: null, shape: messagesShape } as const;
  const asked = await ask(access, question, until);
  if (asked.kind === 'not-told') return asked;
  const { messages: rows, next_page_uri: next = null } = asked.answer;
  return { kind: 'told', answer: { place, rows, next } };
}

async function understand(
  access: Access,
  row: ListedMessage,
  until: number,
): Promise<Asked<ListedText | null>> {
  const text = readListed(row);
  if (text === null || !row.num_media) return { kind: 'told', answer: text };
  const media = await listMedia(access, row.sid, until);
  return media.kind === 'told' ? { kind: 'told', answer: { ...text, media: media.answer } } : media;
}
