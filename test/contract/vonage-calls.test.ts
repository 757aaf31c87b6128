import { expect, test } from 'vitest';

import { ours } from '#test/carriers/vonage-account.ts';
import type { BookedCall } from '#test/carriers/vonage-book.ts';

import { VonageDesk, deadlineMs } from './vonage-desk.ts';

const hourMs = 3_600_000;
const now = Math.floor(Date.now() / 1_000) * 1_000;
const lastHour = { since: now - hourMs, until: now + hourMs, cursor: null };

const call = (change: Partial<BookedCall>): BookedCall => ({
  id: `call-${Math.random()}`,
  direction: 'inbound',
  from: '15550100100',
  to: ours,
  startedAt: now - 1_000,
  seconds: 0,
  status: 'FAILED',
  statusCode: '480',
  ...change,
});

test.each([
  [{ status: 'ANSWERED', statusCode: '200', seconds: 61 }, 'answered', 61],
  [{ status: 'MACHINE', statusCode: '200', seconds: 5 }, 'answered', 5],
  [{ statusCode: '480' }, 'missed', 0],
  [{ statusCode: '487' }, 'missed', 0],
  [{ statusCode: '486' }, 'busy', 0],
  [{ statusCode: '600' }, 'busy', 0],
  [{ statusCode: '603' }, 'declined', 0],
] as const)('a call that ended with %o was %s', async (change, outcome, seconds) => {
  await using desk = await VonageDesk.open();
  desk.carrier.book.calls.push(call(change));
  const { adapter } = desk.connect();
  expect(await adapter.listCalls?.(lastHour, deadlineMs)).toMatchObject({
    answer: { rows: [{ outcome, seconds }] },
  });
});

test('calls out and in are listed with our number and theirs; legs to a SIP address are not', async () => {
  await using desk = await VonageDesk.open();
  const out = { direction: 'outbound', from: ours, to: '15550100100' } as const;
  desk.carrier.book.calls.push(
    call({ ...out, id: 'out', startedAt: now - 5_000, status: 'ANSWERED', seconds: 9 }),
    call({ id: 'in', startedAt: now - 4_000 }),
    call({ ...out, id: 'leg', to: 'sip:desk@pbx.example' }),
    call({ id: 'old', startedAt: now - 2 * hourMs }),
  );
  expect(await desk.connect().adapter.listCalls?.(lastHour, deadlineMs)).toEqual({
    kind: 'told',
    answer: {
      next: null,
      rows: [
        {
          providerCallId: 'in',
          direction: 'in',
          line: `+${ours}`,
          peer: '+15550100100',
          outcome: 'missed',
          seconds: 0,
          startedAt: now - 4_000,
        },
        {
          providerCallId: 'out',
          direction: 'out',
          line: `+${ours}`,
          peer: '+15550100100',
          outcome: 'answered',
          seconds: 9,
          startedAt: now - 5_000,
        },
      ],
    },
  });
});
