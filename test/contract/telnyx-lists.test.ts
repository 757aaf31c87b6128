import { expect, test } from 'vitest';

import type { Asked, ListPage, ListedText, TextQuery } from '#shared/provider/carrier-lists.ts';
import type { ProviderAdapter } from '#shared/provider/provider.ts';
import { ours } from '#test/carriers/telnyx-account.ts';
import { complain } from '#test/carriers/telnyx-answer.ts';
import { UnrulyFront } from '#test/fakes/unruly-front.ts';

import { TelnyxDesk, customer, openTelnyx } from './telnyx-under-test.ts';

const deadlineMs = 5_000;
const day = 86_400_000;
const reference = '01890000-0000-7000-8000-0000000000cc';

const connect = (baseUrl: string): ProviderAdapter => openTelnyx(baseUrl).adapter;

const all: TextQuery = { since: 0, until: Date.now() + 10 * day, between: null, cursor: null };

/** Every page, and how many there were. */
async function readAll(
  adapter: ProviderAdapter,
  query: Partial<TextQuery> = {},
): Promise<{ readonly rows: ListedText[]; readonly pages: number }> {
  const rows: ListedText[] = [];
  let cursor: string | null = null;
  for (let pages = 1; ; pages += 1) {
    const page: Asked<ListPage<ListedText>> | undefined = await adapter.listTexts?.(
      { ...all, ...query, cursor },
      deadlineMs,
    );
    if (page?.kind !== 'told') throw new Error(JSON.stringify(page));
    rows.push(...page.answer.rows);
    cursor = page.answer.next;
    if (cursor === null) return { rows, pages };
  }
}

test('texts in both directions are listed with words, attachments, state and cost', async () => {
  await using desk = await TelnyxDesk.open();
  const { carrier, receiver } = desk;
  const url = `${carrier.url}/media/cat.jpg`;
  const sent = await desk.send({ webhook_url: `${receiver.url}?ref=${reference}` });
  carrier.advance(sent, 'delivered');
  const waiting = await desk.send({ text: 'waits' });
  const failed = await desk.send({ text: 'fails' });
  const errors = [{ code: '40002', title: 'Blocked as spam' }];
  carrier.advance(failed, 'delivery_failed', { errors });
  const picture = carrier.receive({
    from: customer,
    to: ours,
    text: 'Look',
    media: [{ url, content_type: 'image/jpeg' }],
  });
  const { rows } = await readAll(connect(carrier.url));
  const charge = { segments: 1, priceMicros: 4_000, currency: 'USD' };
  const out = { direction: 'out', from: ours, to: customer } as const;
  expect(rows).toMatchObject([
    {
      providerMessageId: picture.id,
      direction: 'in',
      from: customer,
      to: ours,
      text: 'Look',
      media: [{ url, type: 'image/jpeg' }],
      reference: null,
      state: null,
      failure: null,
      billing: { ...charge, feeMicros: 0 },
    },
    {
      ...out,
      providerMessageId: failed,
      text: 'fails',
      state: 'failed',
      failure: { kind: 'filtered', raw: '40002: Blocked as spam' },
    },
    { ...out, providerMessageId: waiting, text: 'waits', state: 'accepted', billing: null },
    {
      ...out,
      providerMessageId: sent,
      reference,
      state: 'delivered',
      failure: null,
      billing: { ...charge, feeMicros: 3_000 },
    },
  ]);
});

test('what the carrier keeps no longer, or does not find, is listed without words', async () => {
  await using desk = await TelnyxDesk.open();
  const { carrier } = desk;
  const receivedAt = Date.now() - 11 * day;
  const old = carrier.receive({ from: customer, to: ours, text: 'long ago', receivedAt });
  const lost = carrier.receive({ from: customer, to: ours, text: 'lost' });
  carrier.account.forbidden.add(`/messages/${old.id}`);
  await using front = await UnrulyFront.before(carrier.url);
  expect((await readAll(connect(front.url))).rows).toMatchObject([
    { text: 'lost' },
    { text: null },
  ]);
  const asked = carrier.calls.map(({ path }) => path);
  expect(asked).toEqual(['/v2/detail_records', `/v2/messages/${lost.id}`]);
  const { messages } = carrier.account;
  const show = messages.get.bind(messages);
  messages.get = (id) => (id === lost.id ? undefined : show(id));
  const { rows } = await readAll(connect(front.url));
  expect(rows).toMatchObject([
    { providerMessageId: lost.id, text: null, media: [] },
    {
      providerMessageId: old.id,
      text: null,
      billing: { segments: 1, priceMicros: 4_000, feeMicros: 0, currency: 'USD' },
    },
  ]);
});

test('where the words cannot be asked for now, there is no list rather than one without words', async () => {
  await using desk = await TelnyxDesk.open();
  const { carrier } = desk;
  const { id } = carrier.receive({ from: customer, to: ours, text: 'hi' });
  carrier.account.forbidden.add(`/messages/${id}`);
  const page = await connect(carrier.url).listTexts?.(all, deadlineMs);
  expect(page).toMatchObject({
    kind: 'not-told',
    failure: { kind: 'not-allowed', raw: expect.stringContaining('10010') },
  });
});

test('texts over roads that a line does not have are not listed', async () => {
  await using desk = await TelnyxDesk.open();
  const { carrier } = desk;
  carrier.receive({ from: customer, to: ours, text: 'by RCS', type: 'RCS' });
  carrier.receive({ from: customer, to: ours, text: 'by SMS' });
  expect((await readAll(connect(carrier.url))).rows).toMatchObject([{ text: 'by SMS' }]);
});

test('between two numbers both directions are read, page by page, and nobody else’s', async () => {
  await using desk = await TelnyxDesk.open();
  const { carrier } = desk;
  for (let count = 0; count < 120; count += 1)
    carrier.receive({ from: customer, to: ours, text: `in ${count}` });
  for (let count = 0; count < 30; count += 1) await desk.send({ text: `out ${count}` });
  carrier.receive({ from: '+15550100199', to: ours, text: 'somebody else' });
  await desk.send({ to: '+15550100199', text: 'to somebody else' });
  const between = { line: ours, peer: customer };
  const { rows, pages } = await readAll(connect(carrier.url), { between });
  expect(pages).toBe(3);
  const words = (direction: string): (string | null)[] =>
    rows.filter((row) => row.direction === direction).map((row) => row.text);
  expect(words('in')).toEqual(Array.from({ length: 120 }, (_, index) => `in ${119 - index}`));
  expect(words('out')).toEqual(Array.from({ length: 30 }, (_, index) => `out ${29 - index}`));
  const records = carrier.calls.filter(({ path }) => path === '/v2/detail_records');
  expect(records).toHaveLength(4);
});

test('the span is asked for in whole seconds, and kept to them', async () => {
  await using desk = await TelnyxDesk.open();
  const { carrier } = desk;
  const at = 1_767_225_600_400;
  carrier.receive({ from: customer, to: ours, text: 'then', receivedAt: at });
  const adapter = connect(carrier.url);
  const count = async (since: number, until: number): Promise<number> =>
    (await readAll(adapter, { since, until })).rows.length;
  expect(await count(at - 10, at + 10)).toBe(1);
  expect(await count(at + 1_000, at + 9_000)).toBe(0);
  expect(await count(at - 9_000, at - 1_000)).toBe(0);
  expect(await count(-5, Number.MAX_SAFE_INTEGER)).toBe(1);
  const [first] = carrier.calls;
  const search = new URLSearchParams(first?.search);
  expect(search.get('filter[created_at][gte]')).toBe('2026-01-01T00:00:00Z');
  expect(search.get('filter[created_at][lt]')).toBe('2026-01-01T00:00:01Z');
});

test('a text stands in the list only after a while, and until then is not there', async () => {
  await using desk = await TelnyxDesk.open();
  desk.carrier.account.listLagMs = 60_000;
  await desk.send();
  expect((await readAll(connect(desk.carrier.url))).rows).toEqual([]);
  desk.carrier.account.listLagMs = 0;
  expect((await readAll(connect(desk.carrier.url))).rows).toHaveLength(1);
});

test('too many questions: the list is not told, and says why', async () => {
  await using desk = await TelnyxDesk.open();
  await using front = await UnrulyFront.before(desk.carrier.url);
  const { body } = complain('10011');
  front.manners = { kind: 'answer', status: 429, body: JSON.stringify(body) };
  expect(await connect(front.url).listTexts?.(all, deadlineMs)).toMatchObject({
    kind: 'not-told',
    failure: { kind: 'rate-limited' },
  });
});

test('the records’ own words for how a text ended are understood where nothing else is left', async () => {
  await using desk = await TelnyxDesk.open();
  const { carrier } = desk;
  const endings = {
    delivered: ['delivered', null],
    delivery_unconfirmed: ['sent', null],
    delivery_failed: ['failed', { kind: 'landline', raw: '40001' }],
    sending_failed: ['failed', { kind: 'unmapped', raw: 'gw_reject' }],
    expired: ['failed', { kind: 'carrier-trouble', raw: 'gw_timeout' }],
  } as const;
  for (const status of Object.keys(endings)) {
    const id = await desk.send({ text: status });
    const errors = status === 'delivery_failed' ? [{ code: '40001', title: 'Not routable' }] : [];
    const message = carrier.advance(id, status, { errors });
    Object.assign(message, { received_at: new Date(Date.now() - 20 * day).toISOString() });
  }
  const { rows } = await readAll(connect(carrier.url));
  expect(rows.map(({ state, failure }) => [state, failure])).toEqual(
    Object.values(endings).toReversed(),
  );
});
