/** One call as the account's resources see it: who calls is settled, what is asked is not. */
export type ApiCall = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
};

export type Reply = {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

/** What the carrier refuses, in its own form. */
export class Refused extends Error {
  readonly reply: Reply;

  constructor(
    status: number,
    [code, message]: readonly [number, string],
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    const more = `https://www.twilio.com/docs/errors/${code}`;
    this.reply = { status, headers, body: { code, message, more_info: more, status } };
  }
}

export const notFound = (path: string): Refused =>
  new Refused(404, [20404, `The requested resource ${path} was not found`]);

/** Refuses parameters the resource does not have, and any it has once but got twice. */
export function checkNames(
  given: URLSearchParams,
  { once, often = [] }: { readonly once: readonly string[]; readonly often?: readonly string[] },
): void {
  for (const name of new Set(given.keys())) {
    if (![...once, ...often].includes(name))
      throw new Refused(400, [20001, `Unknown parameter: ${name}`]);
    if (once.includes(name) && given.getAll(name).length > 1)
      throw new Refused(400, [20001, `Parameter given twice: ${name}`]);
  }
}

/** `Tue, 06 Jan 2026 15:00:00 +0000`: to the second, as the carrier writes times. */
export function writeTime(at: number | null): string | null {
  return at === null ? null : new Date(at).toUTCString().replace('GMT', '+0000');
}

const wholeDay = /^\d{4}-\d{2}-\d{2}$/;
const toTheSecond = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

/** A date or a time of a filter as milliseconds; refused where it is neither. */
function readFilter(name: string, text: string): number {
  if (!wholeDay.test(text) && !toTheSecond.test(text))
    throw new Refused(400, [20001, `Invalid date: ${name}`]);
  return Date.parse(text);
}

/** Does a time pass the filters `Name>`, `Name<` of a query? Both hold at their very second too. */
export function passesFilter(query: URLSearchParams, name: string, at: number): boolean {
  const [from, to] = [query.get(`${name}>`), query.get(`${name}<`)];
  const second = Math.floor(at / 1_000) * 1_000;
  if (from !== null && second < readFilter(name, from)) return false;
  return to === null || second <= readFilter(name, to);
}

const pageNames = ['PageSize', 'Page', 'PageToken'];

type Paged<Row> = { readonly rows: readonly Row[]; readonly next: URLSearchParams | null };

/** The page of rows that a query asks for; the token of the next is the id of the last row of this one. */
function cutPage<Row extends { readonly sid: string }>(
  rows: readonly Row[],
  query: URLSearchParams,
): Paged<Row> {
  const size = Number(query.get('PageSize') ?? 50);
  if (!Number.isInteger(size) || size < 1 || size > 1_000)
    throw new Refused(400, [20001, 'Invalid PageSize']);
  const token = query.get('PageToken');
  const start = token === null ? 0 : 1 + rows.findIndex(({ sid }) => `PA${sid}` === token);
  const page = rows.slice(start, start + size);
  if (start + size >= rows.length) return { rows: page, next: null };
  const next = new URLSearchParams(query);
  next.set('PageSize', String(size));
  next.set('Page', String(Number(query.get('Page') ?? 0) + 1));
  next.set('PageToken', `PA${page.at(-1)?.sid}`);
  return { rows: page, next };
}

type Listing<Row> = {
  readonly key: string;
  readonly rows: readonly Row[];
  readonly filters: readonly string[];
  write(row: Row): unknown;
};

/** A page as resources of the main host show it. */
export function listPage<Row extends { readonly sid: string }>(
  { path, query }: ApiCall,
  { key, rows, filters, write }: Listing<Row>,
): Reply {
  checkNames(query, { once: [...pageNames, ...filters] });
  const { rows: page, next } = cutPage(rows, query);
  const body = {
    [key]: page.map(write),
    uri: `${path}?${query}`,
    first_page_uri: `${path}?${query}`,
    next_page_uri: next === null ? null : `${path}?${next}`,
    previous_page_uri: null,
    page: Number(query.get('Page') ?? 0),
    page_size: Number(query.get('PageSize') ?? 50),
    start: 0,
    end: Math.max(page.length - 1, 0),
  };
  return { status: 200, body };
}

/** A page as resources of the messaging host show it: with whole addresses, on the carrier's own host. */
export function metaPage<Row extends { readonly sid: string }>(
  { path, query }: ApiCall,
  { key, rows, filters, write }: Listing<Row>,
): Reply {
  checkNames(query, { once: [...pageNames, ...filters] });
  const { rows: page, next } = cutPage(rows, query);
  const url = `https://messaging.twilio.com${path}`;
  const meta = {
    key,
    page: Number(query.get('Page') ?? 0),
    page_size: Number(query.get('PageSize') ?? 50),
    url: `${url}?${query}`,
    first_page_url: `${url}?${query}`,
    next_page_url: next === null ? null : `${url}?${next}`,
    previous_page_url: null,
  };
  return { status: 200, body: { [key]: page.map(write), meta } };
}
