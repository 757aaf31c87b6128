import { notOfShape } from '#main/http/answer-outcomes.ts';
import { readJson } from '#main/http/read-json.ts';
import { fromCarrier, withoutPlus } from '#shared/phone/carrier-number.ts';
import type { Asked, ListPage, ListedText, TextQuery } from '#shared/provider/carrier-lists.ts';
import { readTime } from '#shared/provider/read-time.ts';

import type { Access } from './access.ts';
import { billingOf } from './billing-of.ts';
import { callPlivo, failedAsking } from './call-plivo.ts';
import { offsetAfter, pageSize, widened } from './listing.ts';
import { standingOf } from './text-state.ts';
import { type MessageWire, messagesShape } from './wire-types.ts';

/**
 * One page of the carrier's records, newest first; they hold no words. Between two numbers the carrier can be asked for one
 * direction at a time, so all texts out come before all texts in.
 */
export async function listTexts(
  access: Access,
  query: TextQuery,
  deadlineMs: number,
): Promise<Asked<ListPage<ListedText>>> {
  const place = readPlace(query);
  const request = { method: 'GET', path: 'Message/', query: filterFor(query, place) } as const;
  const answer = await callPlivo(access, request, deadlineMs);
  if (answer.kind !== 'answered' || answer.status !== 200) return failedAsking(access, answer);
  const page = messagesShape.safeParse(readJson(answer.body)).data;
  const texts = page?.objects.map(understand);
  if (page === undefined || texts === undefined || texts.includes(null)) return notOfShape;
  const rows = texts.filter((text) => text !== null);
  const times = rows.map((row) => row.createdAt);
  const offset = offsetAfter(place.offset, page, { times, since: query.since });
  const next = placeAfter(place, offset);
  return { kind: 'told', answer: { rows: rows.filter((row) => isAsked(row, query)), next } };
}

type Place = { readonly direction: 'all' | 'out' | 'in'; readonly offset: number };

function readPlace({ cursor, between }: TextQuery): Place {
  const [, direction, offset] = /^(all|out|in) (\d{1,9})$/.exec(cursor ?? '') ?? [];
  const first = between === null ? 'all' : 'out';
  const known = direction === 'in' && between !== null ? 'in' : first;
  return { direction: known, offset: Number(offset ?? 0) };
}

function placeAfter({ direction }: Place, offset: number | null): string | null {
  if (offset !== null) return `${direction} ${offset}`;
  return direction === 'out' ? 'in 0' : null;
}

function filterFor(
  { since, until, between }: TextQuery,
  { direction, offset }: Place,
): Record<string, string> {
  const { from, to } = widened(since, until);
  const page = { limit: String(pageSize), offset: String(offset) };
  const span = { message_time__gte: from, message_time__lte: to };
  if (between === null || direction === 'all') return { ...page, ...span };
  const [line, peer] = [withoutPlus(between.line), withoutPlus(between.peer)];
  const sides =
    direction === 'out'
      ? { message_direction: 'outbound', from_number: line, to_number: peer }
      : { message_direction: 'inbound', from_number: peer, to_number: line };
  return { ...page, ...span, ...sides };
}

/** A record without a readable time is none. */
function understand(wire: MessageWire): ListedText | null {
  const createdAt = readTime(wire.message_time);
  if (createdAt === null) return null;
  const direction = wire.message_direction === 'outbound' ? 'out' : 'in';
  return {
    providerMessageId: wire.message_uuid,
    direction,
    reference: null,
    from: fromCarrier(wire.from_number),
    to: fromCarrier(wire.to_number),
    text: null,
    media: [],
    createdAt,
    ...(direction === 'out' ? standingIn(wire) : { state: null, failure: null }),
    billing: billingOf(wire),
  };
}

function standingIn(wire: MessageWire): Pick<ListedText, 'state' | 'failure'> {
  const { message_state: word, error_code: code, error_message: words } = wire;
  return standingOf(word, code, words) ?? { state: 'accepted', failure: null };
}

function isAsked(
  { from, to, createdAt }: ListedText,
  { since, until, between }: TextQuery,
): boolean {
  if (createdAt < since || createdAt > until) return false;
  if (between === null) return true;
  const { line, peer } = between;
  return (from === line && to === peer) || (from === peer && to === line);
}
