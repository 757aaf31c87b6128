import type { Asked, CallQuery, ListPage, ListedCall } from '#shared/provider/carrier-lists.ts';

import type { Access } from './access.ts';
import { askInTurns } from './ask-in-turns.ts';
import { ask } from './ask.ts';
import { readCall } from './call-state.ts';
import { noSuchPlace, readPlace } from './page-places.ts';
import { inSeconds, isWithin } from './span.ts';
import { type ListedCallWire, callShape, callsShape } from './wire-types.ts';

const pageSize = '100';

/**
 * One page of the account's calls that have ended, newest first. A call that was put through is several legs there: of those the
 * first between two numbers counts, so that a customer put through to an agent's phone is not also a call to that agent.
 */
export async function listCalls(
  access: Access,
  query: CallQuery,
  deadlineMs: number,
): Promise<Asked<ListPage<ListedCall>>> {
  const until = performance.now() + deadlineMs;
  const path = readPlace(query.cursor ?? addressOf(access, query));
  if (path === null) return noSuchPlace;
  const question = { host: 'api', path, form: null, shape: callsShape } as const;
  const asked = await ask(access, question, until);
  if (asked.kind === 'not-told') return asked;
  const parents = await readParents(access, asked.answer.calls, until);
  if (parents.kind === 'not-told') return parents;
  const { calls, next_page_uri: next = null } = asked.answer;
  const rows = calls.flatMap((call) => {
    const parent = parents.answer.get(call.parent_call_sid ?? '');
    return parent !== undefined && isBetweenNumbers(parent) ? [] : understand(call);
  });
  return {
    kind: 'told',
    answer: { rows: rows.filter((row) => isWithin(row.startedAt, query)), next },
  };
}

function addressOf(access: Access, { since, until }: CallQuery): string {
  const parameters = new URLSearchParams({ PageSize: pageSize });
  parameters.set('StartTime>', inSeconds(since));
  if (until < Date.now()) parameters.set('StartTime<', inSeconds(until + 1_000));
  return `${access.account}/Calls.json?${parameters.toString()}`;
}

/** The legs that others came from, by id. A leg began before those that came from it, so it may lie on a later page. */
async function readParents(
  access: Access,
  calls: readonly ListedCallWire[],
  until: number,
): Promise<Asked<ReadonlyMap<string, ListedCallWire>>> {
  const known = new Map(calls.map((call) => [call.sid, call]));
  const wanted = new Set(calls.flatMap(({ parent_call_sid: parent }) => parent ?? []));
  const missing = [...wanted].filter((sid) => !known.has(sid));
  const found = await askInTurns(missing, (sid) => {
    const path = `${access.account}/Calls/${sid}.json`;
    return ask(access, { host: 'api', path, form: null, shape: callShape }, until);
  });
  if (found.kind === 'not-told') return found;
  for (const call of found.answer) known.set(call.sid, call);
  return { kind: 'told', answer: known };
}

function isBetweenNumbers({ from, to, direction }: ListedCallWire): boolean {
  return readCall({ from, to, direction, status: 'completed', seconds: 0 }) !== null;
}

function understand(call: ListedCallWire): ListedCall[] {
  const { from, to, direction, status, duration, start_time: startedAt } = call;
  const seconds = typeof duration === 'number' ? duration : undefined;
  const read = readCall({ from, to, direction, status, seconds });
  return read === null || startedAt == null
    ? []
    : [{ providerCallId: call.sid, ...read, startedAt }];
}
