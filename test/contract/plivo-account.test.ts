import { expect, test } from 'vitest';

import { plivo } from '#main/providers/plivo/adapter.ts';
import type { Asked, ListPage, TextQuery } from '#shared/provider/carrier-lists.ts';
import { UnrulyFront } from '#test/fakes/unruly-front.ts';

import { PlivoDesk, ours, theirs, uid } from './plivo-desk.ts';

const deadlineMs = 5_000;
const out = { uid, from: ours, to: theirs, text: 'Hi', mediaUrls: [] };
const hour = 3_600_000;
const query = (more: Partial<TextQuery> = {}): TextQuery => ({
  since: Date.now() - hour,
  until: Date.now() + hour,
  between: null,
  cursor: null,
  ...more,
});

async function lastBody(desk: PlivoDesk): Promise<unknown> {
  const call = (await desk.carrier.calls()).at(-1);
  return JSON.parse(call?.body.toString() ?? '');
}

/** Every row of a list, and how many pages it took. */
async function readAll<Row>(
  page: (cursor: string | null) => Promise<Asked<ListPage<Row>>> | undefined,
): Promise<{ rows: Row[]; pages: number }> {
  const rows: Row[] = [];
  let cursor: string | null = null;
  for (let pages = 1; pages <= 50; pages += 1) {
    const asked: Asked<ListPage<Row>> | undefined = await page(cursor);
    if (asked?.kind !== 'told') throw new Error(JSON.stringify(asked));
    rows.push(...asked.answer.rows);
    cursor = asked.answer.next;
    if (cursor === null) return { rows, pages };
  }
  throw new Error('no end of pages');
}

test('a text out carries the address of its receipts, with our reference in it', async () => {
  await using desk = await PlivoDesk.start();
  await desk.adapter.send(out, deadlineMs);
  const url = `${desk.receiver.url}?ref=${uid}`;
  const base = { src: ours, dst: theirs, url, method: 'POST' };
  expect(await lastBody(desk)).toEqual({ ...base, text: 'Hi', type: 'sms' });
  const mediaUrls = ['https://x.example/a.jpg'];
  await desk.adapter.send({ ...out, text: '', mediaUrls }, deadlineMs);
  expect(await lastBody(desk)).toEqual({ ...base, type: 'mms', media_urls: mediaUrls });
  await desk.open({ hooks: [] }).adapter.send(out, deadlineMs);
  expect(await lastBody(desk)).toEqual({ src: ours, dst: theirs, text: 'Hi', type: 'sms' });
});

test.each([
  [402, { error: 'no' }, 'balance'],
  [400, { error: 'Your account does not have enough credit' }, 'balance'],
  [400, { error: 'src number is not linked to a 10DLC campaign' }, 'not-registered'],
  [400, { error: { dst: ['is not a valid number'] } }, 'invalid-number'],
  [403, { error: 'geo permission for the destination' }, 'not-allowed'],
  [404, { error: 'not found' }, 'unmapped'],
  [409, { error: 'recipient has opted out' }, 'opted-out'],
  [413, 'Request Entity Too Large', 'too-long'],
  [422, { error: 'media_urls cannot be read' }, 'media'],
])('a refusal by %i %j is %s', async (status, said, kind) => {
  await using desk = await PlivoDesk.start();
  await using front = await UnrulyFront.before(desk.carrier.url);
  const { adapter } = desk.open({ baseUrl: front.url });
  const body = typeof said === 'string' ? said : JSON.stringify({ api_id: 'x', ...said });
  front.manners = { kind: 'answer', status, body };
  const outcome = await adapter.send(out, deadlineMs);
  expect(outcome).toMatchObject({ kind: 'refused', failure: { kind } });
  expect(outcome.kind === 'refused' && outcome.failure.raw).toContain(String(status));
});

test('a refusal that repeats the credentials does not bring them into a failure', async () => {
  await using desk = await PlivoDesk.start();
  await using front = await UnrulyFront.before(desk.carrier.url);
  const { authId, authToken } = desk.carrier;
  const basic = Buffer.from(`${authId}:${authToken}`).toString('base64');
  const error = `I got ${authId}, ${authToken}, old-token and Basic ${basic}`;
  front.manners = { kind: 'answer', status: 400, body: JSON.stringify({ error }) };
  const credentials = { authId, authToken, previousAuthToken: 'old-token' };
  const { adapter } = desk.open({ baseUrl: front.url, credentials });
  const said = JSON.stringify([
    await adapter.send(out, deadlineMs),
    await adapter.listTexts?.(query(), deadlineMs),
    await adapter.testCredentials(deadlineMs),
  ]);
  expect(said.match(/I got/g)).toHaveLength(3);
  for (const secret of [authId, authToken, basic, 'old-token']) expect(said).not.toContain(secret);
});

test('the test of the credentials tells the account and its balance', async () => {
  await using desk = await PlivoDesk.start();
  const answer = { account: 'Harbour Dental, 12.34500 USD' };
  expect(await desk.adapter.testCredentials(deadlineMs)).toEqual({ kind: 'told', answer });
  const credentials = { ...desk.credentials, authToken: 'another' };
  expect(await desk.open({ credentials }).adapter.testCredentials(deadlineMs)).toMatchObject({
    kind: 'not-told',
    failure: { kind: 'credentials' },
  });
});

test('the list tells standing and price of both directions, and no words', async () => {
  await using desk = await PlivoDesk.start();
  const id = await desk.send('x'.repeat(200));
  await desk.carrier.tell(id, 'undelivered', '80');
  await desk.carrier.receive({ from: '15550100199', to: '15550100001', text: 'Hi' });
  const usd = { currency: 'USD' };
  expect(await desk.adapter.listTexts?.(query(), deadlineMs)).toMatchObject({
    kind: 'told',
    answer: {
      next: null,
      rows: [
        { direction: 'in', from: theirs, to: ours, text: null, state: null, failure: null },
        {
          providerMessageId: id,
          direction: 'out',
          from: ours,
          to: theirs,
          text: null,
          reference: null,
          state: 'failed',
          failure: { kind: 'unreachable', raw: '80: In words' },
          billing: { segments: 2, priceMicros: 11_000, feeMicros: 6_000, ...usd },
        },
      ],
    },
  });
});

test.each([330, 0, -720, 840])(
  'whatever the zone of the account (%i minutes), its list is cut to the span asked for',
  async (zone) => {
    await using desk = await PlivoDesk.start();
    desk.carrier.messages.zone = zone;
    const id = await desk.send('now');
    const at = desk.carrier.messages.find(id).at.getTime();
    const old = { ...desk.carrier.messages.find(id), uuid: 'old', at: new Date(at - 2 * hour) };
    const future = { ...old, uuid: 'future', at: new Date(at + 2 * hour) };
    desk.carrier.messages.all.unshift(old);
    desk.carrier.messages.all.push(future);
    desk.carrier.messages.lagMs = -3 * hour;
    const { rows } = await readAll((cursor) =>
      desk.adapter.listTexts?.(query({ cursor, since: at - hour, until: at + hour }), deadlineMs),
    );
    expect(rows.map((row) => [row.providerMessageId, row.createdAt])).toEqual([[id, at]]);
  },
);

test('between two numbers both directions are listed, those out first, and nobody else', async () => {
  await using desk = await PlivoDesk.start();
  for (let count = 0; count < 25; count += 1) {
    await desk.send(`out ${count}`);
    await desk.carrier.receive({ from: '15550100199', to: '15550100001', text: `in ${count}` });
  }
  await desk.carrier.receive({ from: '15550100188', to: '15550100001', text: 'other' });
  const between = { line: ours, peer: theirs };
  const { rows, pages } = await readAll((cursor) =>
    desk.adapter.listTexts?.(query({ cursor, between }), deadlineMs),
  );
  expect(pages).toBe(4);
  expect(rows.map((row) => row.direction)).toEqual([
    ...Array.from({ length: 25 }, () => 'out'),
    ...Array.from({ length: 25 }, () => 'in'),
  ]);
  const all = await readAll((cursor) => desk.adapter.listTexts?.(query({ cursor }), deadlineMs));
  expect(all.rows).toHaveLength(51);
});

test('pages that lie wholly before the span are not asked for', async () => {
  await using desk = await PlivoDesk.start();
  const first = desk.carrier.messages.find(await desk.send('now'));
  for (let count = 0; count < 100; count += 1) {
    const at = new Date(first.at.getTime() - 2 * hour - count);
    desk.carrier.messages.all.unshift({ ...first, uuid: `old-${count}`, at });
  }
  const { rows, pages } = await readAll((cursor) =>
    desk.adapter.listTexts?.(query({ cursor }), deadlineMs),
  );
  expect(rows).toHaveLength(1);
  expect(pages).toBe(2);
});

test('calls of both directions are told with how they ended', async () => {
  await using desk = await PlivoDesk.start();
  const [mine, peer] = ['15550100001', '15550100199'];
  const begun = new Date(Math.floor(Date.now() / 1_000) * 1_000 - 60_000);
  const call = { direction: 'outbound', from: mine, to: peer, begun, seconds: 0 } as const;
  desk.carrier.callRecords.push(
    { ...call, uuid: 'c0', begun: new Date(Date.now() - 2 * hour), cause: 'Normal Hangup' },
    { ...call, uuid: 'c1', seconds: 61, cause: 'Normal Hangup' },
    { ...call, uuid: 'c2', cause: 'Busy Line' },
    { ...call, uuid: 'c3', cause: 'Rejected' },
    { ...call, uuid: 'c4', cause: 'No Answer' },
    { ...call, uuid: 'c5', direction: 'inbound', from: `+${peer}`, to: mine, cause: 'Cancelled' },
  );
  const span = { since: Date.now() - hour, until: Date.now() + hour };
  const { rows } = await readAll((cursor) =>
    desk.adapter.listCalls?.({ ...span, cursor }, deadlineMs),
  );
  const sides = { line: ours, peer: theirs, startedAt: begun.getTime() };
  expect(rows).toEqual([
    { providerCallId: 'c5', direction: 'in', ...sides, outcome: 'missed', seconds: 0 },
    { providerCallId: 'c4', direction: 'out', ...sides, outcome: 'missed', seconds: 0 },
    { providerCallId: 'c3', direction: 'out', ...sides, outcome: 'declined', seconds: 0 },
    { providerCallId: 'c2', direction: 'out', ...sides, outcome: 'busy', seconds: 0 },
    { providerCallId: 'c1', direction: 'out', ...sides, outcome: 'answered', seconds: 61 },
  ]);
});

test.each([
  ['authId', { authId: '', authToken: 't' }],
  ['authId', { authToken: 't' }],
  ['authId', { authId: 'AC12345678901234567890', authToken: 't' }],
  ['authId', { authId: 'MA../../../../../..//', authToken: 't' }],
  ['authToken', { authId: 'MATRUNKLINELOCAL0001', authToken: '' }],
  ['authToken', { authId: 'MATRUNKLINELOCAL0001', authToken: 'two words' }],
  ['previousAuthToken', { authId: 'SATRUNKLINELOCAL0001', authToken: 't', previousAuthToken: ' ' }],
])('a wrong %s is named and not repeated', (field, credentials: Record<string, string>) => {
  const open = () =>
    plivo.open({ connectionId: 'c1', baseUrl: null, credentials, numbers: [], hooks: [] });
  expect(open).toThrow(new RegExp(`^Plivo connection: credentials\\.${field} \\w`));
  expect(open).not.toThrow(/two words|AC123|\.\.\//);
});

test('pictures are fetched from the carrier’s own host, without credentials', () => {
  const credentials = { authId: 'MATRUNKLINELOCAL0001', authToken: 't' };
  const open = { connectionId: 'c1', baseUrl: null, credentials, numbers: [], hooks: [] };
  expect(plivo.open(open).adapter.mediaAccess()).toEqual({
    origins: ['https://media.plivo.com'],
    headers: {},
  });
});
