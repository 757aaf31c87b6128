import { setTimeout as pause } from 'node:timers/promises';

import { notOfShape } from '#main/http/answer-outcomes.ts';
import { type ApiAnswer, callApi } from '#main/http/call-api.ts';
import { readJson } from '#main/http/read-json.ts';
import type { Asked, CallQuery, ListPage, ListedCall } from '#shared/provider/carrier-lists.ts';

import { type Access, callFlowroute, failedAsking } from './call-flowroute.ts';
import { readCallExport } from './read-call-export.ts';
import { exportShape } from './wire-types.ts';

type Page = Asked<ListPage<ListedCall>>;

/** The longest span the carrier exports is 92 days; an hour less keeps rounding inside. */
const longestSpan = 92 * 86_400_000 - 3_600_000;
/** The first look is early for short exports; large ones take minutes. Milliseconds. */
const looks = [250, 500, 1_000, 2_000];
/** Kept for fetching the file once it is there, in milliseconds. */
const reserve = 1_500;

/**
 * The carrier tells of calls only in files it makes on demand, which takes up to some minutes. A page call asks for one and waits
 * as long as its deadline allows; where that is too short the page is empty and its cursor goes on waiting for the same file.
 * What is older than one file may span is on the pages after.
 */
export async function listCalls(
  access: Access,
  query: CallQuery,
  deadlineMs: number,
): Promise<Page> {
  const until = performance.now() + deadlineMs;
  const at = readCursor(query);
  let asked =
    at.id === null ? await startExport(access, at, until) : await askExport(access, at.id, until);
  for (let look = 0; asked.kind === 'told' && asked.answer.status === 'processing'; look += 1) {
    const { id } = asked.answer;
    const wait = looks[Math.min(look, looks.length - 1)] ?? 0;
    if (until - performance.now() < wait + reserve)
      return { kind: 'told', answer: { rows: [], next: `${id} ${at.until}` } };
    await pause(wait);
    asked = await askExport(access, id, until);
  }
  if (asked.kind === 'not-told') return asked;
  const next = at.since > query.since ? ` ${at.since}` : null;
  return await readExport(access, asked.answer, { ...at, next, deadline: until });
}

/** The part of the span that one export is about; `id` where it was asked for already. Times in milliseconds since 1970. */
type Part = { readonly id: string | null; readonly since: number; readonly until: number };

function readCursor({ cursor, since, until }: CallQuery): Part {
  const [, id = '', end = ''] = /^([\w-]*) (\d+)$/.exec(cursor ?? '') ?? [];
  const last = end === '' ? until : Number(end);
  return { id: id === '' ? null : id, since: Math.max(since, last - longestSpan), until: last };
}

type Export = {
  readonly id: string;
  readonly status: 'processing' | 'completed' | 'failed';
  readonly url: string | null;
};

async function startExport(
  access: Access,
  { since, until }: Part,
  deadline: number,
): Promise<Asked<Export>> {
  const filter = {
    start_call_start_time: timeOf(since),
    start_call_end_time: timeOf(until + 999),
  };
  const body = { data: { type: 'cdrexport', attributes: { filter_parameters: filter } } };
  const request = { method: 'POST', path: '/v2/cdrs/exports', body } as const;
  const left = deadline - performance.now();
  return readStanding(access, await callFlowroute(access, request, left));
}

/** As the carrier writes times: in UTC, to the second. */
const timeOf = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');

async function askExport(access: Access, id: string, deadline: number): Promise<Asked<Export>> {
  const path = `/v2/cdrs/exports/${encodeURIComponent(id)}`;
  const left = deadline - performance.now();
  return readStanding(access, await callFlowroute(access, { method: 'GET', path }, left));
}

function readStanding(access: Access, answer: ApiAnswer): Asked<Export> {
  if (answer.kind !== 'answered' || answer.status >= 300) return failedAsking(access, answer);
  const read = exportShape.safeParse(readJson(answer.body)).data;
  if (read === undefined) return notOfShape;
  const { id, attributes } = read.data;
  const { status, download_url: url } = attributes;
  return { kind: 'told', answer: { id, status, url: url ?? null } };
}

type Wanted = Part & { readonly next: string | null; readonly deadline: number };

async function readExport(
  access: Access,
  { status, url }: Export,
  { since, until, next, deadline }: Wanted,
): Promise<Page> {
  const address = status === 'completed' ? addressOf(access, url) : null;
  if (address === null) return failedExport(`the export ${status} without a file to fetch`);
  const answer = await callApi({
    method: 'GET',
    url: address,
    // The address is signed: no credential goes with it.
    headers: {},
    body: null,
    deadlineMs: deadline - performance.now(),
  });
  if (answer.kind !== 'answered' || answer.status !== 200) return failedAsking(access, answer);
  const calls = await readCallExport(answer.body);
  if (calls === null) return failedExport('the export is not a gzip file of call records');
  const rows = calls.filter(({ startedAt }) => startedAt >= since && startedAt <= until);
  return { kind: 'told', answer: { rows, next } };
}

/** Files lie in the carrier's store at Amazon, or, where the API is somewhere else, there. */
function addressOf({ origin, overridden }: Access, url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null;
  const { protocol, hostname, pathname, search } = new URL(url);
  if (overridden) return `${origin}${pathname}${search}`;
  return protocol === 'https:' && hostname.endsWith('.amazonaws.com') ? url : null;
}

function failedExport(raw: string): Asked<never> {
  return { kind: 'not-told', failure: { kind: 'carrier-trouble', raw } };
}
