import { notOfShape } from '#main/http/answer-outcomes.ts';
import { readJson } from '#main/http/read-json.ts';
import { fromCarrier } from '#shared/phone/carrier-number.ts';
import type { Asked, CallQuery, ListPage, ListedCall } from '#shared/provider/carrier-lists.ts';
import { readTime } from '#shared/provider/read-time.ts';

import type { Access } from './access.ts';
import { callPlivo, failedAsking } from './call-plivo.ts';
import { offsetAfter, pageSize, widened } from './listing.ts';
import { type CallWire, callsShape } from './wire-types.ts';

/** One page of the calls that have ended, newest first. The carrier filters by when they ended, we by when they began. */
export async function listCalls(
  access: Access,
  { since, until, cursor }: CallQuery,
  deadlineMs: number,
): Promise<Asked<ListPage<ListedCall>>> {
  const offset = /^\d{1,9}$/.test(cursor ?? '') ? Number(cursor) : 0;
  const { from, to } = widened(since, until);
  const query = {
    limit: String(pageSize),
    offset: String(offset),
    end_time__gte: from,
    end_time__lte: to,
  };
  const answer = await callPlivo(access, { method: 'GET', path: 'Call/', query }, deadlineMs);
  if (answer.kind !== 'answered' || answer.status !== 200) return failedAsking(access, answer);
  const page = callsShape.safeParse(readJson(answer.body)).data;
  const calls = page?.objects.map(understand);
  if (page === undefined || calls === undefined || calls.includes(null)) return notOfShape;
  const all = calls.filter((call) => call !== null);
  const times = all.map(({ startedAt }) => startedAt);
  const next = offsetAfter(offset, page, { times, since })?.toString() ?? null;
  const rows = all.filter(({ startedAt }) => startedAt >= since && startedAt <= until);
  return { kind: 'told', answer: { rows, next } };
}

function understand(wire: CallWire): ListedCall | null {
  const startedAt = readTime(wire.initiation_time);
  if (startedAt === null) return null;
  const [caller, called] = [fromCarrier(wire.from_number), fromCarrier(wire.to_number)];
  const out = wire.call_direction === 'outbound';
  const outcome = outcomeOf(wire);
  const seconds = outcome === 'answered' ? Math.max(0, Math.round(Number(wire.call_duration))) : 0;
  return {
    providerCallId: wire.call_uuid,
    direction: out ? 'out' : 'in',
    line: out ? caller : called,
    peer: out ? called : caller,
    outcome,
    seconds: Number.isFinite(seconds) ? seconds : 0,
    startedAt,
  };
}

function outcomeOf({ answer_time, hangup_cause_name }: CallWire): ListedCall['outcome'] {
  if (readTime(answer_time) !== null) return 'answered';
  const cause = hangup_cause_name ?? '';
  if (/busy/i.test(cause)) return 'busy';
  return /reject|declin/i.test(cause) ? 'declined' : 'missed';
}
