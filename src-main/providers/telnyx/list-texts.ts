import type { Asked, ListPage, ListedText, TextQuery } from '#shared/provider/carrier-lists.ts';

import { type Access, type Reply, type Until, ask, until } from './ask.ts';
import { fillIn } from './fill-in.ts';
import { pageOf, type TextRecord, textRecordShape } from './list-wire-types.ts';
import { wholeSecond } from './whole-second.ts';

/** The carrier gives no more, whatever it is asked for. */
const pageSize = 50;

/** Which records between two numbers: those to the peer, those from it; all where no numbers are given. */
type Side = 'out' | 'in' | 'any';
type Place = { readonly page: number; readonly sides: readonly Side[] };

/**
 * One page of the carrier's message detail records, newest first, with the words and attachments of texts no older than ten
 * days, which is as long as the carrier keeps them. Between two numbers the carrier must be asked for each direction, so a
 * page then holds one of each.
 */
export async function listTexts(
  access: Access,
  query: TextQuery,
  deadlineMs: number,
): Promise<Asked<ListPage<ListedText>>> {
  const end = until(deadlineMs);
  const place = readCursor(query);
  const asked = place.sides.map((side) => listSide(access, { query, side, page: place.page }, end));
  const records: TextRecord[] = [];
  const more: Side[] = [];
  for (const reply of await Promise.all(asked)) {
    if (reply.kind === 'not-told') return reply;
    records.push(...reply.answer.records);
    if (reply.answer.more !== null) more.push(reply.answer.more);
  }
  const within = records.filter((record) => isWithin(record, query));
  const rows = await fillIn(access, within.toSorted(newestFirst), end);
  if (rows.kind === 'not-told') return rows;
  const next = more.length === 0 ? null : writeCursor({ page: place.page + 1, sides: more });
  return { kind: 'told', answer: { rows: rows.answer, next } };
}

const newestFirst = (a: TextRecord, b: TextRecord): number => b.created_at - a.created_at;

/** Times of records are whole seconds, and their texts may have come over roads that a line does not have. */
function isWithin(record: TextRecord, { since, until: before }: TextQuery): boolean {
  const isText = record.message_type == null || /^(SMS|MMS)$/.test(record.message_type);
  return (
    isText && record.created_at >= Math.floor(since / 1_000) * 1_000 && record.created_at < before
  );
}

function readCursor({ cursor, between }: TextQuery): Place {
  const [, page, sides] = /^(\d{1,6}):(out|in|any|out,in)$/.exec(cursor ?? '') ?? [];
  if (page === undefined || sides === undefined)
    return { page: 1, sides: between === null ? ['any'] : ['out', 'in'] };
  return { page: Number(page), sides: sides.split(',') as Side[] };
}

function writeCursor({ page, sides }: Place): string {
  return `${page}:${sides.join(',')}`;
}

type PartOfList = { readonly query: TextQuery; readonly side: Side; readonly page: number };
type Listed = { readonly records: readonly TextRecord[]; readonly more: Side | null };

async function listSide(access: Access, part: PartOfList, end: Until): Promise<Reply<Listed>> {
  const { query, side, page } = part;
  const reply = await ask(
    access,
    {
      method: 'GET',
      path: '/detail_records',
      query: {
        'filter[record_type]': 'messaging',
        'filter[created_at][gte]': wholeSecond(query.since, Math.floor),
        'filter[created_at][lt]': wholeSecond(query.until, Math.ceil),
        ...filtersOf(query, side),
        sort: '-created_at',
        'page[number]': String(page),
        'page[size]': String(pageSize),
      },
      shape: pageOf(textRecordShape),
    },
    end,
  );
  if (reply.kind === 'not-told') return reply;
  const { data: records, meta } = reply.answer;
  const isLast = meta == null ? records.length < pageSize : page >= meta.total_pages;
  return { kind: 'told', answer: { records, more: isLast ? null : side } };
}

function filtersOf({ between }: TextQuery, side: Side): Record<string, string> {
  if (between === null || side === 'any') return {};
  const { line, peer } = between;
  const [direction, from, to] = side === 'out' ? ['outbound', line, peer] : ['inbound', peer, line];
  return { 'filter[direction]': direction, 'filter[cli]': from, 'filter[cld]': to };
}
