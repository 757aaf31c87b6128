import type { Asked, CallQuery, ListPage, ListedCall } from '#shared/provider/carrier-lists.ts';

import type { Access } from './access.ts';
import { readRecords } from './read-records.ts';
import { fromVonage } from './vonage-number.ts';
import { type CallRecord, callRecordShape } from './wire-types.ts';

/**
 * One page of the account's calls from the Reports API, newest first: those that were taken and those that were not. A leg to
 * or from anything but a number, such as a SIP address, is none of them.
 */
export async function listCalls(
  access: Access,
  query: CallQuery,
  deadlineMs: number,
): Promise<Asked<ListPage<ListedCall>>> {
  return await readRecords(
    access,
    {
      ...query,
      asked: [
        { product: 'VOICE-CALL', filters: {} },
        { product: 'VOICE-FAILED', filters: {} },
      ],
      understand: (record) => {
        const read = callRecordShape.safeParse(record).data;
        return read === undefined ? null : listed(read);
      },
      madeAt: ({ startedAt }) => startedAt,
    },
    deadlineMs,
  );
}

const number = /^\d{3,15}$/;

function listed(record: CallRecord): readonly ListedCall[] {
  if (!number.test(record.from) || !number.test(record.to)) return [];
  const from = fromVonage(record.from);
  const to = fromVonage(record.to);
  const isOut = record.direction === 'outbound';
  const outcome = outcomeOf(record);
  return [
    {
      providerCallId: record.call_id,
      direction: isOut ? 'out' : 'in',
      line: isOut ? from : to,
      peer: isOut ? to : from,
      outcome,
      seconds: outcome === 'answered' ? secondsOf(record.duration) : 0,
      startedAt: record.date_start,
    },
  ];
}

/** SIP's words for why a call was not taken (RFC 3261): busy here, busy everywhere, decline. */
const outcomesBySip: Readonly<Record<string, ListedCall['outcome']>> = {
  486: 'busy',
  600: 'busy',
  603: 'declined',
};

const taken: ReadonlySet<string> = new Set(['ANSWERED', 'MACHINE']);

function outcomeOf({ status, status_code: code }: CallRecord): ListedCall['outcome'] {
  if (taken.has(status.toUpperCase())) return 'answered';
  return outcomesBySip[code ?? ''] ?? 'missed';
}

function secondsOf(duration: string | null | undefined): number {
  const seconds = Number(duration ?? '0');
  return Number.isFinite(seconds) && seconds > 0 ? Math.round(seconds) : 0;
}
