import { gzipSync } from 'node:zlib';

import { expect, test } from 'vitest';

import type { CallQuery, ListedCall } from '#shared/provider/carrier-lists.ts';
import type { ProviderAdapter } from '#shared/provider/provider.ts';

import { FlowrouteDesk, ours, theirs } from './flowroute-desk.ts';

const start = Date.UTC(2026, 0, 6, 15);
const day = 86_400_000;
const calls: CallQuery = { since: start - day, until: start + day, cursor: null };

/** Every page, and how many there were. */
async function readCalls(
  adapter: ProviderAdapter,
  span: CallQuery,
  ms = 4_000,
): Promise<{ rows: ListedCall[]; pages: number }> {
  const rows: ListedCall[] = [];
  let cursor: string | null = null;
  for (let pages = 1; pages <= 20; pages += 1) {
    const asked: Awaited<ReturnType<NonNullable<ProviderAdapter['listCalls']>>> | undefined =
      await adapter.listCalls?.({ ...span, cursor }, ms);
    if (asked?.kind !== 'told') throw new Error(JSON.stringify(asked));
    rows.push(...asked.answer.rows);
    cursor = asked.answer.next;
    if (cursor === null) return { rows, pages };
  }
  throw new Error('no end of pages');
}

function addCalls(desk: FlowrouteDesk): void {
  const at = (hour: string) => `2026-01-06 ${hour}:00:00`;
  const [mine, peer] = ['15550100001', '15550100199'];
  desk.carrier.exports.calls.push(
    { direction: 'Inbound', start: at('15'), callerid: `+${peer}`, destination: mine, seconds: 61 },
    {
      direction: 'Outbound',
      start: at('16'),
      callerid: mine,
      destination: peer,
      sipCode: '486',
      result: 'failed',
    },
    {
      direction: 'Outbound',
      start: at('17'),
      callerid: mine,
      destination: peer,
      sipCode: '603',
      result: 'failed',
    },
    {
      direction: 'Inbound',
      start: at('18'),
      callerid: peer,
      destination: mine,
      result: 'cancelled',
    },
  );
}

test('calls are read from the file the carrier makes of them', async () => {
  await using desk = await FlowrouteDesk.start();
  addCalls(desk);
  const { rows, pages } = await readCalls(desk.adapter, calls);
  const sides = { line: ours, peer: theirs };
  expect(pages).toBe(1);
  expect(rows).toMatchObject([
    { direction: 'in', ...sides, outcome: 'missed', seconds: 0, startedAt: start + 3 * 3_600_000 },
    { direction: 'out', ...sides, outcome: 'declined', seconds: 0 },
    { direction: 'out', ...sides, outcome: 'busy', seconds: 0 },
    { direction: 'in', ...sides, outcome: 'answered', seconds: 61, startedAt: start },
  ]);
  expect(new Set(rows.map(({ providerCallId }) => providerCallId)).size).toBe(4);
  const again = await readCalls(desk.adapter, calls);
  expect(again.rows).toEqual(rows);
});

test('a file that takes longer than a page is waited for on the next one, and asked for once', async () => {
  await using desk = await FlowrouteDesk.start();
  addCalls(desk);
  desk.carrier.exports.slow = 4;
  const { rows, pages } = await readCalls(desk.adapter, calls, 2_000);
  expect(rows).toHaveLength(4);
  expect(pages).toBeGreaterThan(1);
  const asked = await desk.carrier.calls();
  expect(asked.filter(({ method }) => method === 'POST')).toHaveLength(1);
});

test('a span longer than one file may have is read file by file, newest first', async () => {
  await using desk = await FlowrouteDesk.start();
  addCalls(desk);
  desk.carrier.exports.slow = 0;
  const [old = { direction: 'Inbound', start: '', destination: '', callerid: '' } as const] =
    desk.carrier.exports.calls;
  desk.carrier.exports.calls.push({ ...old, start: '2025-08-01 12:00:00' });
  const span = { ...calls, since: start - 200 * day };
  const { rows, pages } = await readCalls(desk.adapter, span);
  expect(pages).toBe(3);
  expect(rows).toHaveLength(5);
  expect(rows.at(-1)?.startedAt).toBe(Date.UTC(2025, 7, 1, 12));
});

test.each([
  ['is no gzip', Buffer.from('direction,start_time')],
  ['is cut off', gzipSync('direction,start_time,destination'.repeat(50)).subarray(0, 40)],
  ['has other columns', gzipSync('a,b,c\r\n1,2,3\r\n')],
  ['is empty', Buffer.alloc(0)],
  [
    'ends inside a quote',
    gzipSync('direction,start_time,destination,callerid,result,duration\n"x'),
  ],
])('a file that %s is no list of calls, not an empty one', async (_what, file) => {
  await using desk = await FlowrouteDesk.start();
  desk.carrier.exports.file = file;
  desk.carrier.exports.slow = 0;
  expect(await desk.adapter.listCalls?.(calls, 4_000)).toMatchObject({
    kind: 'not-told',
    failure: { kind: 'carrier-trouble' },
  });
});

test('lines of a file that are no call are passed over', async () => {
  await using desk = await FlowrouteDesk.start();
  desk.carrier.exports.slow = 0;
  desk.carrier.exports.file = gzipSync(
    [
      'direction,start_time,destination,callerid,result,duration',
      'Sideways,2026-01-06 15:00:00,15550100001,15550100199,completed,5',
      'Inbound,yesterday,15550100001,15550100199,completed,5',
      'Inbound,2026-01-06 15:00:00,,15550100199,completed,5',
      'Inbound',
      '"Inbound","2026-01-06 15:00:00","15550100001","15550100199","completed","5"',
    ].join('\n'),
  );
  expect((await readCalls(desk.adapter, calls)).rows).toMatchObject([{ seconds: 5, peer: theirs }]);
});
