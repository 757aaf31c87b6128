import { notOfShape } from '#main/http/answer-outcomes.ts';
import { readJson } from '#main/http/read-json.ts';
import { fromCarrier } from '#shared/phone/carrier-number.ts';
import type { Asked, ListPage, ListedText, TextQuery } from '#shared/provider/carrier-lists.ts';
import { readTime } from '#shared/provider/read-time.ts';

import { billingOf } from './billing-of.ts';
import { type Access, callFlowroute, failedAsking } from './call-flowroute.ts';
import { cursorAfter, pageQuery } from './offset-pages.ts';
import { mediaIn, remoteMedia } from './read-delivery.ts';
import { receiptsOfRecord } from './receipts-of-record.ts';
import { type MediumWire, type MessageWire, recordsShape } from './wire-types.ts';

const pageSize = 200;

/**
 * One page of the texts of both directions, newest first. The carrier filters by time alone, so a page may hold few rows, or
 * none, and yet not be the last.
 */
export async function listTexts(
  access: Access,
  query: TextQuery,
  deadlineMs: number,
): Promise<Asked<ListPage<ListedText>>> {
  const { since, until, cursor } = query;
  const span = { start_date: timeOf(since), end_date: timeOf(until) };
  const path = `/v2.2/messages?${pageQuery(cursor, pageSize, span)}`;
  const answer = await callFlowroute(access, { method: 'GET', path }, deadlineMs);
  if (answer.kind !== 'answered' || answer.status !== 200) return failedAsking(access, answer);
  const page = recordsShape.safeParse(readJson(answer.body)).data;
  if (page === undefined) return notOfShape;
  const media = mediaIn(page.included);
  const rows = page.data.map((record) => understand(record, media));
  if (rows.includes(null)) return notOfShape;
  const asked = rows.flatMap((row) => (row !== null && isAsked(row, query) ? [row] : []));
  return { kind: 'told', answer: { rows: asked, next: cursorAfter(cursor, pageSize, page) } };
}

const timeOf = (at: number): string => new Date(at).toISOString();

/** A record without a time is none. */
function understand(record: MessageWire, media: readonly MediumWire[]): ListedText | null {
  const { id, attributes, relationships } = record;
  const createdAt = readTime(attributes.timestamp);
  if (createdAt === null) return null;
  const own = (relationships?.media?.data ?? []).map((each) => each.id);
  return {
    providerMessageId: id,
    direction: attributes.direction === 'outbound' ? 'out' : 'in',
    reference: null,
    from: fromCarrier(attributes.from),
    to: fromCarrier(attributes.to),
    text: attributes.body ?? '',
    media: media.filter((each) => own.includes(each.id)).map(remoteMedia),
    createdAt,
    ...standingIn(record),
    billing: billingOf(attributes),
  };
}

function standingIn(record: MessageWire): Pick<ListedText, 'state' | 'failure'> {
  if (record.attributes.direction === 'inbound') return { state: null, failure: null };
  const latest = receiptsOfRecord(record, null).at(-1);
  return { state: latest?.state ?? 'accepted', failure: latest?.failure ?? null };
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
