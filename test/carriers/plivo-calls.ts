import type { ApiCall, ApiReply } from './loopback-api.ts';
import { PlivoComplaint } from './plivo-complaint.ts';
import { pageOf, writtenTime } from './plivo-pages.ts';

/** One call that ended. */
export type PlivoCall = {
  readonly uuid: string;
  readonly direction: 'inbound' | 'outbound';
  readonly from: string;
  readonly to: string;
  readonly begun: Date;
  /** 0 where it was not answered. */
  readonly seconds: number;
  readonly cause: string;
};

const filters = ['limit', 'offset', 'end_time__gte', 'end_time__lte'];
const zone = -300;

/** The records of calls, given oldest first, as the list shows them. */
export function listPlivoCalls(calls: readonly PlivoCall[], { query, path }: ApiCall): ApiReply {
  const odd = [...query.keys()].find((name) => !filters.includes(name));
  if (odd !== undefined) throw new PlivoComplaint(400, `${odd} is not a known filter`);
  const rows = calls
    .toReversed()
    .map(write)
    .filter(({ end_time: ended }) => {
      const [from, to] = [query.get('end_time__gte') ?? '', query.get('end_time__lte') ?? '9'];
      return ended >= from && ended <= to;
    });
  return pageOf(rows, { query, path });
}

function write({ uuid, direction, from, to, begun, seconds, cause }: PlivoCall) {
  const time = (later: number): string =>
    writtenTime(new Date(begun.getTime() + later * 1_000), zone).replace(/\.\d+/, '');
  return {
    call_uuid: uuid,
    parent_call_uuid: null,
    call_direction: direction,
    from_number: from,
    to_number: to,
    initiation_time: time(0),
    answer_time: seconds > 0 ? time(5) : null,
    end_time: time(5 + seconds),
    call_duration: seconds,
    bill_duration: seconds,
    billed_duration: Math.ceil(seconds / 60) * 60,
    hangup_cause_name: cause,
    total_amount: '0.00850',
    total_rate: '0.00850',
  };
}
