import { expect, test } from 'vitest';

import { ours } from '#test/carriers/telnyx-account.ts';

import { TelnyxDesk, customer, openTelnyx } from './telnyx-under-test.ts';

const deadlineMs = 5_000;

const leg = {
  telnyx_session_id: null,
  direction: 'outbound',
  cli: ours,
  cld: customer,
  started_at: '2026-01-06T15:00:00Z',
  answered_at: null,
  finished_at: '2026-01-06T15:00:20Z',
  call_sec: 0,
  billed_sec: 0,
  hangup_cause: 'ORIGINATOR_CANCEL',
};
const calls = { since: 0, until: Date.now(), cursor: null };

test('the legs of a call are one call, with its outcome and how long it was', async () => {
  await using desk = await TelnyxDesk.open();
  const answered = { answered_at: '2026-01-06T15:00:10Z', hangup_cause: 'NORMAL_CLEARING' };
  const incoming = { direction: 'inbound', cli: customer, cld: ours };
  desk.carrier.account.calls.push(
    { ...leg, ...answered, id: 'a1', telnyx_session_id: 's1', call_sec: 61 },
    { ...leg, ...answered, id: 'a2', telnyx_session_id: 's1', call_sec: 63 },
    { ...leg, id: 'b1', telnyx_session_id: 's2', started_at: '2026-01-06T14:00:00Z' },
    { ...leg, id: 'c1', hangup_cause: 'USER_BUSY', started_at: '2026-01-06T13:00:00Z' },
    { ...leg, id: 'd1', hangup_cause: 'call_rejected', started_at: '2026-01-06T12:00:00Z' },
    { ...leg, ...incoming, id: 'e1', started_at: '2026-01-06T11:00:00Z' },
    { ...leg, ...incoming, cli: '', id: 'f1', started_at: '2026-01-06T10:00:00Z' },
  );
  const page = await openTelnyx(desk.carrier.url).adapter.listCalls?.(calls, deadlineMs);
  const out = { direction: 'out', line: ours, peer: customer } as const;
  const at = (hour: number): number => Date.UTC(2026, 0, 6, hour);
  expect(page).toEqual({
    kind: 'told',
    answer: {
      next: null,
      rows: [
        { ...out, providerCallId: 's1', outcome: 'answered', seconds: 63, startedAt: at(15) },
        { ...out, providerCallId: 's2', outcome: 'missed', seconds: 0, startedAt: at(14) },
        { ...out, providerCallId: 'c1', outcome: 'busy', seconds: 0, startedAt: at(13) },
        { ...out, providerCallId: 'd1', outcome: 'declined', seconds: 0, startedAt: at(12) },
        {
          direction: 'in',
          line: ours,
          peer: customer,
          providerCallId: 'e1',
          outcome: 'missed',
          seconds: 0,
          startedAt: at(11),
        },
        {
          direction: 'in',
          line: ours,
          peer: 'anonymous',
          providerCallId: 'f1',
          outcome: 'missed',
          seconds: 0,
          startedAt: at(10),
        },
      ],
    },
  });
});

test('a call that is passed on to a mobile is the call that came in', async () => {
  await using desk = await TelnyxDesk.open();
  const session = { telnyx_session_id: 's1', answered_at: '2026-01-06T15:00:10Z' };
  desk.carrier.account.calls.push(
    { ...leg, ...session, id: 'b', direction: 'outbound', cli: customer, cld: '+15550100177' },
    {
      ...leg,
      ...session,
      id: 'a',
      direction: 'inbound',
      cli: customer,
      cld: ours,
      started_at: '2026-01-06T14:59:59Z',
      call_sec: 30,
    },
  );
  const page = await openTelnyx(desk.carrier.url).adapter.listCalls?.(calls, deadlineMs);
  expect(page).toMatchObject({
    answer: { rows: [{ direction: 'in', line: ours, peer: customer, seconds: 30 }] },
  });
});

test('many calls come in pages, each asked for by its number and by when it began', async () => {
  await using desk = await TelnyxDesk.open();
  for (let count = 0; count < 70; count += 1)
    desk.carrier.account.calls.push({ ...leg, id: `call-${count}` });
  const adapter = openTelnyx(desk.carrier.url).adapter;
  const first = await adapter.listCalls?.(calls, deadlineMs);
  expect(first).toMatchObject({ kind: 'told', answer: { next: '2' } });
  const second = await adapter.listCalls?.({ ...calls, cursor: '2' }, deadlineMs);
  expect(second?.kind === 'told' && second.answer.rows).toHaveLength(20);
  expect(second).toMatchObject({ answer: { next: null } });
  const none = await adapter.listCalls?.({ ...calls, since: Date.now() - 1_000 }, deadlineMs);
  expect(none).toEqual({ kind: 'told', answer: { rows: [], next: null } });
});
