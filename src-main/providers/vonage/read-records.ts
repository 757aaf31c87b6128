import { z } from 'zod';

import { notOfShape } from '#main/http/answer-outcomes.ts';
import { readJson } from '#main/http/read-json.ts';
import type { Asked, ListPage } from '#shared/provider/carrier-lists.ts';

import type { Access } from './access.ts';
import { ask } from './ask.ts';
import { recordsShape } from './wire-types.ts';

/** One question to the Reports API about a day or less. */
export type RecordsAsked = {
  readonly product: 'MESSAGES' | 'SMS' | 'VOICE-CALL' | 'VOICE-FAILED';
  readonly filters: Readonly<Record<string, string>>;
};

export type RecordSearch<Row> = {
  /** Milliseconds since 1970; `until` itself is outside. */
  readonly since: number;
  readonly until: number;
  readonly cursor: string | null;
  /** What is asked of each day, in this order. */
  readonly asked: readonly RecordsAsked[];
  /** A record as rows, none where it is of no interest; null where it is not of a known shape. */
  understand(record: unknown, asked: RecordsAsked): readonly Row[] | null;
  /** When a row was made, milliseconds since 1970. */
  madeAt(row: Row): number;
};

/** The Reports API takes spans of at most a day. */
const dayMs = 86_400_000;
/** Records are kept for thirteen months. */
const keptMs = 396 * dayMs;
/** Vonage's clock may be ahead of ours by this much, in milliseconds. */
const slackMs = 600_000;
/** Calls that one page of ours may take. */
const mostCalls = 40;

/** Where a page ends: the day that ends at `end`, which question of it, and the link to that question's next records. */
const placeShape = z.object({ end: z.number(), asked: z.int(), link: z.string().nullable() });
type Place = z.infer<typeof placeShape>;

/**
 * One page of records, newest first, read from synchronous reports day by day from the latest on. Days without any are passed
 * over within one page as long as the deadline is not half over. A page ends with a day; only where a day takes longer than
 * that does the next page go on within it.
 */
export async function readRecords<Row>(
  access: Access,
  search: RecordSearch<Row>,
  deadlineMs: number,
): Promise<Asked<ListPage<Row>>> {
  const span = boundedSpan(search);
  const started = performance.now();
  const left = (): number => deadlineMs - (performance.now() - started);
  const rows: Row[] = [];
  let place = firstPlace(search.cursor, span);
  if (place === undefined) return strangeCursor;
  for (let calls = 0; place !== null && calls < mostCalls; calls += 1) {
    if (calls > 0 && left() < deadlineMs / 2) break;
    const read: Asked<Read<Row>> = await readOnce(access, { search, span, place }, left());
    if (read.kind === 'not-told' && calls === 0) return read;
    if (read.kind === 'not-told') break;
    rows.push(...read.answer.rows);
    place = nextPlace(place, read.answer.link, { search, span });
    if (rows.length > 0 && isNewDay(place)) break;
  }
  rows.sort((a, b) => search.madeAt(b) - search.madeAt(a));
  const next = place === null ? null : JSON.stringify(place);
  return { kind: 'told', answer: { rows, next } };
}

const isNewDay = (place: Place | null): boolean => place?.asked === 0 && place.link === null;

type Span = { readonly since: number; readonly until: number };

function boundedSpan({ since, until }: Span): Span {
  const now = Date.now();
  return { since: Math.max(since, now - keptMs), until: Math.min(until, now + slackMs) };
}

const strangeCursor: Asked<never> = {
  kind: 'not-told',
  failure: { kind: 'unmapped', raw: 'a cursor of another list' },
};

/** Null where there is nothing to ask, undefined where the cursor is none of ours. */
function firstPlace(cursor: string | null, { since, until }: Span): Place | null | undefined {
  const place =
    cursor === null
      ? { end: until, asked: 0, link: null }
      : placeShape.safeParse(readJson(Buffer.from(cursor))).data;
  return place !== undefined && place.end <= since ? null : place;
}

type Way<Row> = { readonly search: RecordSearch<Row>; readonly span: Span };

function nextPlace<Row>(
  { end, asked }: Place,
  link: string | null,
  { search, span }: Way<Row>,
): Place | null {
  if (link !== null) return { end, asked, link };
  if (asked + 1 < search.asked.length) return { end, asked: asked + 1, link: null };
  const before = end - dayMs;
  return before > span.since ? { end: before, asked: 0, link: null } : null;
}

type Read<Row> = { readonly rows: readonly Row[]; readonly link: string | null };

async function readOnce<Row>(
  access: Access,
  { search, span, place }: Way<Row> & { readonly place: Place },
  deadlineMs: number,
): Promise<Asked<Read<Row>>> {
  const asked = search.asked[place.asked];
  const url = asked === undefined ? null : addressOf(access, asked, { span, place });
  if (asked === undefined || url === null) return notOfShape;
  const call = { method: 'GET', url, by: 'account', shape: recordsShape } as const;
  const page = await ask(access, call, deadlineMs);
  if (page.kind === 'not-told') return page;
  const { records, request_status: status, _links: links } = page.answer;
  const link = links?.next?.href ?? null;
  const rows = records.map((record) => search.understand(record, asked));
  const isWhole = (status !== 'TRUNCATED' || link !== null) && !rows.includes(null);
  if (!isWhole) return notOfShape;
  return { kind: 'told', answer: { rows: rows.flatMap((some) => some ?? []), link } };
}

const path = '/v2/reports/records';

/** A link is followed to the same host and path alone, since the secret goes along. Null where it leads elsewhere. */
function addressOf(
  access: Access,
  { product, filters }: RecordsAsked,
  { span, place }: { readonly span: Span; readonly place: Place },
): string | null {
  if (place.link !== null) {
    const link = URL.canParse(place.link, access.apiUrl)
      ? new URL(place.link, access.apiUrl)
      : null;
    return link?.pathname === path ? `${access.apiUrl}${path}${link.search}` : null;
  }
  const parameters = new URLSearchParams({
    account_id: access.apiKey,
    product,
    date_start: new Date(Math.max(span.since, place.end - dayMs)).toISOString(),
    date_end: new Date(place.end).toISOString(),
    ...filters,
  });
  return `${access.apiUrl}${path}?${parameters.toString()}`;
}
