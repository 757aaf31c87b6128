import { fromCarrier } from '#shared/phone/carrier-number.ts';
import type { Asked, CallQuery, ListPage, ListedCall } from '#shared/provider/carrier-lists.ts';

import { type Access, ask, until } from './ask.ts';
import { type CallRecord, callRecordShape, pageOf } from './list-wire-types.ts';
import { wholeSecond } from './whole-second.ts';

const pageSize = 50;

/**
 * One page of the calls to and from the telephone network, newest first. The carrier records every leg; the legs of one
 * session are one call here, under the session's id, also where they fall on two pages.
 */
export async function listCalls(
  access: Access,
  query: CallQuery,
  deadlineMs: number,
): Promise<Asked<ListPage<ListedCall>>> {
  const page = /^\d{1,6}$/.test(query.cursor ?? '') ? Number(query.cursor) : 1;
  const reply = await ask(
    access,
    {
      method: 'GET',
      path: '/detail_records',
      query: {
        'filter[record_type]': 'sip-trunking',
        'filter[started_at][gte]': wholeSecond(query.since, Math.floor),
        'filter[started_at][lt]': wholeSecond(query.until, Math.ceil),
        sort: '-started_at',
        'page[number]': String(page),
        'page[size]': String(pageSize),
      },
      shape: pageOf(callRecordShape),
    },
    until(deadlineMs),
  );
  if (reply.kind === 'not-told') return reply;
  const { data, meta } = reply.answer;
  const isLast = meta == null ? data.length < pageSize : page >= meta.total_pages;
  const rows = [...legsBySession(data).values()]
    .flatMap((legs) => callOf(legs, access.numbers))
    .filter(({ startedAt }) => startedAt >= query.since && startedAt < query.until);
  return { kind: 'told', answer: { rows, next: isLast ? null : String(page + 1) } };
}

function legsBySession(records: readonly CallRecord[]): Map<string, CallRecord[]> {
  return Map.groupBy(records, (record) => record.telnyx_session_id ?? record.id);
}

/**
 * The legs of a session as one call. A call that is passed on has a leg that is none of ours: the first leg with one of our
 * numbers says whose call it is, or the first of all where our numbers are not known.
 */
function callOf(legs: readonly CallRecord[], numbers: readonly string[]): ListedCall[] {
  const inTime = legs.toSorted((a, b) => a.started_at - b.started_at);
  const first = inTime.find((leg) => numbers.includes(sidesOf(leg).line)) ?? inTime[0];
  if (first === undefined) return [];
  const { line, peer } = sidesOf(first);
  const same = inTime.filter((leg) => sidesOf(leg).line === line && sidesOf(leg).peer === peer);
  return [
    {
      providerCallId: first.telnyx_session_id ?? first.id,
      direction: first.direction === 'outbound' ? 'out' : 'in',
      line,
      peer,
      outcome: outcomeOf(same),
      seconds: Math.max(...same.map((leg) => leg.call_sec ?? 0)),
      startedAt: first.started_at,
    },
  ];
}

function sidesOf({ direction, cli, cld }: CallRecord): { line: string; peer: string } {
  const [from, to] = [partyOf(cli), partyOf(cld)];
  return direction === 'outbound' ? { line: from, peer: to } : { line: to, peer: from };
}

/** Who hides their number is named as carriers name them. */
function partyOf(written: string): string {
  return written === '' ? 'anonymous' : fromCarrier(written);
}

function outcomeOf(legs: readonly CallRecord[]): ListedCall['outcome'] {
  const causes = legs.map((leg) => leg.hangup_cause?.toUpperCase());
  if (legs.some((leg) => leg.answered_at !== null || (leg.call_sec ?? 0) > 0)) return 'answered';
  if (causes.includes('USER_BUSY')) return 'busy';
  return causes.includes('CALL_REJECTED') ? 'declined' : 'missed';
}
