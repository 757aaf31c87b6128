import { expect, test } from 'vitest';

import { listSent } from '#main/outbound/list-sent.ts';
import { vonage } from '#main/providers/vonage/adapter.ts';
import type { ListedText, TextQuery } from '#shared/provider/carrier-lists.ts';
import type { ProviderAdapter } from '#shared/provider/provider.ts';
import { ours } from '#test/carriers/vonage-account.ts';
import type { BookedText } from '#test/carriers/vonage-book.ts';
import { UnrulyFront } from '#test/fakes/unruly-front.ts';

import { VonageDesk, byApplication, bySms, deadlineMs } from './vonage-desk.ts';

const hourMs = 3_600_000;
const now = Math.floor(Date.now() / 1_000) * 1_000;

const query = (change: Partial<TextQuery> = {}): TextQuery => ({
  since: now - hourMs,
  until: now + hourMs,
  between: null,
  cursor: null,
  ...change,
});

let booked = 0;
function textAt(receivedAt: number, change: Partial<BookedText> = {}): BookedText {
  booked += 1;
  return {
    id: `id-${booked}`,
    product: 'MESSAGES',
    direction: 'outbound',
    provider: 'sms',
    from: ours,
    to: '15550100100',
    text: 'hello',
    clientRef: `ref-${booked}`,
    price: '0.00850000',
    receivedAt,
    status: 'delivered',
    errorCode: '',
    ...change,
  };
}

/** Every page of a list. */
async function listAll(adapter: ProviderAdapter, asked: TextQuery): Promise<readonly ListedText[]> {
  const rows: ListedText[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<NonNullable<ProviderAdapter['listTexts']>>> | undefined =
      await adapter.listTexts?.({ ...asked, cursor }, deadlineMs);
    if (page?.kind !== 'told') throw new Error('the list was not told');
    rows.push(...page.answer.rows);
    cursor = page.answer.next;
  } while (cursor !== null);
  return rows;
}

test('texts out and in are listed with what they cost and how they stand', async () => {
  await using desk = await VonageDesk.open();
  desk.carrier.book.texts.push(
    textAt(now - 3_000, { id: 'out', clientRef: 'r', text: 'out' }),
    textAt(now - 2_000, {
      id: 'in',
      direction: 'inbound',
      from: '15550100100',
      to: ours,
      text: 'in',
      price: '0.0001234567',
    }),
    textAt(now - 1_000, { id: 'bad', status: 'rejected', errorCode: '1240', provider: 'mms' }),
    textAt(now - 1_000, { id: 'chat', provider: 'whatsapp' }),
  );
  const rows = await listAll(desk.connect().adapter, query());
  const euros = { segments: null, feeMicros: null, currency: 'EUR' };
  expect(rows).toMatchObject([
    {
      providerMessageId: 'bad',
      state: 'failed',
      failure: { kind: 'opted-out', raw: '1240: rejected' },
    },
    {
      providerMessageId: 'in',
      direction: 'in',
      reference: null,
      from: '+15550100100',
      to: `+${ours}`,
      text: 'in',
      createdAt: now - 2_000,
      state: null,
      failure: null,
      billing: { ...euros, priceMicros: 123 },
    },
    {
      providerMessageId: 'out',
      direction: 'out',
      reference: 'r',
      from: `+${ours}`,
      to: '+15550100100',
      text: 'out',
      media: [],
      createdAt: now - 3_000,
      state: 'delivered',
      failure: null,
      billing: { ...euros, priceMicros: 8_500 },
    },
  ]);
  expect(rows).toHaveLength(3);
});

test('each API has a list of its own', async () => {
  await using desk = await VonageDesk.open();
  desk.carrier.book.texts.push(
    textAt(now - 2_000, { id: 'message' }),
    textAt(now - 1_000, { id: 'sms', product: 'SMS', status: 'failed', errorCode: '3' }),
  );
  expect(await listAll(desk.connect().adapter, query())).toMatchObject([
    { providerMessageId: 'message' },
  ]);
  expect(await listAll(desk.connect(bySms).adapter, query())).toMatchObject([
    {
      providerMessageId: 'sms',
      state: 'failed',
      failure: { kind: 'unknown-number', raw: '3: failed' },
      billing: { currency: 'EUR' },
    },
  ]);
});

test.each([
  ['submitted', 'sent'],
  ['delivered', 'delivered'],
  ['read', 'delivered'],
  ['undeliverable', 'failed'],
  ['pondered', 'accepted'],
  ['', 'accepted'],
])('a listed text that is %s is %s', async (status, state) => {
  await using desk = await VonageDesk.open();
  desk.carrier.book.texts.push(textAt(now - 1_000, { status }));
  expect(await listAll(desk.connect().adapter, query())).toMatchObject([{ state }]);
});

test('between two numbers, both directions are listed and nobody else', async () => {
  await using desk = await VonageDesk.open();
  const back = { direction: 'inbound', from: '15550100100', to: ours } as const;
  desk.carrier.book.texts.push(
    textAt(now - 4_000, { id: 'out' }),
    textAt(now - 3_000, { id: 'in', ...back }),
    textAt(now - 2_000, { id: 'to another', to: '15550100199' }),
    textAt(now - 1_000, { id: 'from another', ...back, from: '15550100199' }),
  );
  const between = { line: `+${ours}`, peer: '+15550100100' };
  const rows = await listAll(desk.connect().adapter, query({ between }));
  expect(rows.map((row) => row.providerMessageId)).toEqual(['in', 'out']);
});

test('many days are asked for one by one, newest first, empty ones passed over', async () => {
  await using desk = await VonageDesk.open();
  desk.carrier.pageSize = 2;
  const hours = [1, 2, 3, 23, 25, 26, 100, 330, 335];
  for (const hour of hours.toReversed())
    desk.carrier.book.texts.push(textAt(now - hour * hourMs, { id: `${hour}` }));
  const before = desk.carrier.calls.length;
  const since = now - 340 * hourMs;
  const rows = await listAll(desk.connect().adapter, query({ since }));
  expect(rows.map((row) => Number(row.providerMessageId))).toEqual(hours);
  const spans = desk.carrier.calls.slice(before).map(({ query: asked }) => {
    const [start, end] = [asked.get('date_start') ?? '', asked.get('date_end') ?? ''];
    return Date.parse(end) - Date.parse(start);
  });
  expect(Math.max(...spans)).toBeLessThanOrEqual(24 * hourMs);
  expect(spans.length).toBeGreaterThanOrEqual(30);
});

test('nothing older than thirteen months, and nothing of the future, is asked for', async () => {
  await using desk = await VonageDesk.open();
  const { adapter } = desk.connect();
  const ahead = query({ since: now + 2 * hourMs, until: now + 3 * hourMs });
  expect(await adapter.listTexts?.(ahead, deadlineMs)).toEqual({
    kind: 'told',
    answer: { rows: [], next: null },
  });
  const old = query({ since: 0, until: now - 397 * 24 * hourMs });
  expect(await adapter.listTexts?.(old, deadlineMs)).toEqual({
    kind: 'told',
    answer: { rows: [], next: null },
  });
  expect(desk.carrier.calls).toHaveLength(0);
});

test('a carrier whose clock is some minutes ahead loses nothing', async () => {
  await using desk = await VonageDesk.open();
  desk.carrier.book.texts.push(textAt(now + 300_000, { id: 'ahead' }));
  expect(await listAll(desk.connect().adapter, query())).toMatchObject([
    { providerMessageId: 'ahead' },
  ]);
});

test('a long quiet span is told in pages that can each be had in time', async () => {
  await using desk = await VonageDesk.open();
  const { adapter } = desk.connect();
  const first = await adapter.listTexts?.(query({ since: 0 }), deadlineMs);
  expect(first).toMatchObject({ kind: 'told', answer: { rows: [], next: expect.any(String) } });
  expect(desk.carrier.calls.length).toBeLessThanOrEqual(40);
});

test('a text is not there before the carrier’s report shows it, and is afterwards', async () => {
  await using desk = await VonageDesk.open();
  desk.carrier.book.reportLagMs = 60_000;
  const { adapter } = desk.connect();
  const text = desk.text();
  await adapter.send(text, deadlineMs);
  const sent = { ...text, since: now - 60_000 };
  expect(await listSent(adapter, sent, deadlineMs)).toEqual([]);
  desk.carrier.book.reportLagMs = 0;
  expect(await listSent(adapter, sent, deadlineMs)).toMatchObject([{ reference: text.uid }]);
});

const record = {
  message_id: 'm',
  from: ours,
  to: '15550100100',
  provider: 'sms',
  date_received: '2026-11-21T10:00:00+0000',
  status: 'delivered',
};

test.each([
  ['a record without an id', { records: [{ ...record, message_id: undefined }] }],
  ['a record of no time', { records: [{ ...record, date_received: 'soon' }] }],
  ['records that are none', { records: ['x'] }],
  ['a list cut short', { records: [record], request_status: 'TRUNCATED' }],
  ['no records', { items_count: 0 }],
])('%s is no list', async (_what, body) => {
  await using desk = await VonageDesk.open();
  await using front = await UnrulyFront.before(desk.carrier.url);
  front.manners = { kind: 'answer', status: 200, body: JSON.stringify(body) };
  expect(await openAt(front.url).listTexts?.(query(), deadlineMs)).toMatchObject({
    kind: 'not-told',
    failure: { kind: 'carrier-trouble' },
  });
});

test('a link to another place is not followed, nor is a cursor of another list', async () => {
  await using desk = await VonageDesk.open();
  await using front = await UnrulyFront.before(desk.carrier.url);
  const href = `${desk.carrier.url}/account/get-balance?x=1`;
  const body = JSON.stringify({ records: [], _links: { next: { href } } });
  front.manners = { kind: 'answer', status: 200, body };
  const page = await openAt(front.url).listTexts?.(query(), deadlineMs);
  expect(page).toMatchObject({ kind: 'told', answer: { rows: [] } });
  const next = page?.kind === 'told' ? page.answer.next : null;
  for (const cursor of [next, 'x', '{}', '7'])
    expect(await openAt(front.url).listTexts?.(query({ cursor }), deadlineMs)).toMatchObject({
      kind: 'not-told',
    });
  expect(desk.carrier.calls).toHaveLength(0);
  expect(front.calls).toBe(1);
});

test('an account that may not see reports is told so', async () => {
  await using desk = await VonageDesk.open();
  const { adapter } = desk.connect({ ...byApplication, apiKey: 'zzzz9999' });
  expect(await adapter.listTexts?.(query(), deadlineMs)).toEqual({
    kind: 'not-told',
    failure: { kind: 'credentials', raw: 'unauthorized: You did not provide correct credentials.' },
  });
});

function openAt(baseUrl: string): ProviderAdapter {
  const connection = { connectionId: 'c1', baseUrl, numbers: [], hooks: [] };
  return vonage.open({ ...connection, credentials: byApplication }).adapter;
}
