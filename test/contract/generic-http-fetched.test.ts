import { expect, test } from 'vitest';

import type { ListedText, TextQuery } from '#shared/provider/carrier-lists.ts';
import type { ProviderAdapter } from '#shared/provider/provider.ts';
import { AcrobitsServer } from '#test/carriers/acrobits-server.ts';
import { ours } from '#test/carriers/generic-account.ts';
import { UnrulyFront } from '#test/fakes/unruly-front.ts';

import { byAcrobits, deadlineMs, openGeneric, textOf } from './generic-desk.ts';

const hour = 3_600_000;
const peer = '+15550100100';

async function list(
  adapter: ProviderAdapter,
  query: Partial<TextQuery> = {},
): Promise<readonly ListedText[]> {
  const until = Date.now() + 1_000;
  const whole = { since: Date.now() - hour, until, between: null, cursor: null, ...query };
  const asked = await adapter.listTexts?.(whole, deadlineMs);
  if (asked?.kind !== 'told') throw new Error(JSON.stringify(asked));
  expect(asked.answer.next).toBeNull();
  return asked.answer.rows;
}

const lastIdsOf = (server: AcrobitsServer): (string | null | undefined)[] =>
  ['last', 'last_sent'].map((name) => server.calls.at(-1)?.query.get(name));

test.each([
  ['legacy', 'json'],
  ['modern', 'json'],
  ['legacy', 'xml'],
  ['modern', 'xml'],
] as const)('%s lists in %s hold texts of both directions', async (form, format) => {
  await using server = await AcrobitsServer.start({ form, format });
  const { adapter } = openGeneric(byAcrobits, { baseUrl: server.url });
  expect(await list(adapter)).toEqual([]);
  const words = '<b>&amp;</b> "Grüße" 👋\nsecond line';
  server.receive({ text: words });
  await adapter.send(textOf({ text: words }), deadlineMs);
  expect(await list(adapter)).toMatchObject([
    {
      direction: 'out',
      from: ours,
      to: '+15550100101',
      text: words,
      state: 'accepted',
      reference: null,
    },
    { direction: 'in', from: peer, to: ours, text: words, state: null, media: [], billing: null },
  ]);
});

test('the server is told what we have, and what it then leaves out is still known', async () => {
  await using server = await AcrobitsServer.start();
  const { adapter } = openGeneric(byAcrobits, { baseUrl: server.url });
  const [first] = [server.receive({ text: 'one' }), server.receive({ text: 'two' })];
  await list(adapter);
  expect(lastIdsOf(server)).toEqual(['', '']);
  await adapter.send(textOf({ text: 'three' }), deadlineMs);
  expect(await list(adapter)).toHaveLength(3);
  expect(lastIdsOf(server)).toEqual([String(Number(first?.id) + 1), '']);
  expect(await list(adapter)).toHaveLength(3);
  expect(lastIdsOf(server)).toEqual(['102', '103']);
  expect(await list(adapter, { between: { line: ours, peer: '+15550100101' } })).toMatchObject([
    { text: 'three' },
  ]);
  expect(await list(adapter, { between: { line: ours, peer } })).toHaveLength(2);
  expect(await list(adapter, { since: Date.now() + hour, until: Date.now() + 2 * hour })).toEqual(
    [],
  );
});

test('what a forgetful server told in answer to one question is there for the next', async () => {
  await using server = await AcrobitsServer.start({ forgets: true });
  const { adapter } = openGeneric(byAcrobits, { baseUrl: server.url });
  server.receive({ text: 'do not lose me' });
  expect(await list(adapter, { between: { line: ours, peer: '+15550100199' } })).toEqual([]);
  expect(server.texts).toEqual([]);
  expect(await list(adapter)).toMatchObject([{ text: 'do not lose me' }]);
  await adapter.testCredentials(deadlineMs);
  expect(await list(adapter)).toHaveLength(1);
});

test('a text that is news counts from when it was, though the server gives it another date', async () => {
  await using server = await AcrobitsServer.start();
  const { adapter } = openGeneric(byAcrobits, { baseUrl: server.url });
  const daysFromNow = (days: number): string =>
    new Date(Date.now() + days * 24 * hour).toISOString();
  server.receive({ text: 'of two days ago', at: daysFromNow(-2) });
  expect(await list(adapter)).toEqual([]);
  const asked = Date.now();
  server.receive({ text: 'held back for two days', at: daysFromNow(-2) });
  server.receive({ text: 'of tomorrow', at: daysFromNow(1) });
  server.receive({ text: 'of last week', at: daysFromNow(-7) });
  const news = await list(adapter);
  expect(news.map(({ text }) => text)).toEqual(['of tomorrow', 'held back for two days']);
  for (const { createdAt } of news) {
    expect(createdAt).toBeGreaterThan(asked - 5_000);
    expect(createdAt).toBeLessThanOrEqual(Date.now());
  }
  expect(await list(adapter, { since: 0 })).toHaveLength(4);
});

test('pictures in come as addresses with their types, and notices of delivery are no texts', async () => {
  await using server = await AcrobitsServer.start();
  const { adapter } = openGeneric(byAcrobits, { baseUrl: server.url });
  const type = 'application/x-acro-filetransfer+json';
  const attachments = [
    { 'content-type': 'image/png', 'content-url': 'https://a.example/1', 'content-size': 20_000 },
    { 'content-url': 'https://a.example/2', 'encryption-key': '0102f03cab', preview: {} },
  ];
  server.receive({ type, text: JSON.stringify({ body: 'Nice', attachments }) });
  server.receive({
    type: `${type}; charset=utf-8`,
    text: JSON.stringify({ text: 'New', attachments: [] }),
  });
  server.receive({ type: 'application/x-acro-disposition-notification', text: '{"x":1}' });
  expect(await list(adapter)).toMatchObject([
    { text: 'New', media: [] },
    {
      text: 'Nice',
      media: [
        { url: 'https://a.example/1', type: 'image/png' },
        { url: 'https://a.example/2', type: null },
      ],
    },
  ]);
});

test('a thousand texts are fetched once and stay in their order', async () => {
  await using server = await AcrobitsServer.start();
  const { adapter } = openGeneric(byAcrobits, { baseUrl: server.url });
  for (let count = 0; count < 1_000; count += 1) server.receive({ text: `${count}` });
  const rows = await list(adapter);
  expect(rows.map(({ text }) => Number(text))).toEqual(
    Array.from({ length: 1_000 }, (_, n) => 999 - n),
  );
  expect(await list(adapter)).toEqual(rows);
});

test('beyond what is remembered everything is asked for anew', async () => {
  await using server = await AcrobitsServer.start();
  const { adapter } = openGeneric(byAcrobits, { baseUrl: server.url });
  const start = Date.now() - hour;
  for (let count = 0; count < 5_100; count += 1)
    server.receive({ text: `${count}`, at: new Date(start + count).toISOString() });
  expect(await list(adapter, { since: start })).toHaveLength(5_100);
  expect(await list(adapter, { since: start + 200 })).toHaveLength(4_900);
  expect(lastIdsOf(server)[0]).toBe('5200');
  expect(await list(adapter, { since: start })).toHaveLength(5_100);
  expect(lastIdsOf(server)).toEqual(['', '']);
});

test.each([
  ['a SIP address', 'sip:15550100100@sms.example.net', '+15550100100'],
  ['a national number', '5550100100', '+5550100100'],
  ['a short code', '24273', '24273'],
  ['a name', 'ACME', 'ACME'],
])('a sender may be %s', async (_what, written, from) => {
  await using server = await AcrobitsServer.start();
  const { adapter } = openGeneric(byAcrobits, { baseUrl: server.url });
  server.receive({ text: 'x', peer: written });
  expect(await list(adapter)).toMatchObject([{ from, to: ours }]);
});

test.each([
  ['2026-01-01T13:59:00Z', '2026-01-01T13:59:00.000Z'],
  ['2026-01-01T13:59:00+01:00', '2026-01-01T12:59:00.000Z'],
  ['2026-01-01 13:59:00', '2026-01-01T13:59:00.000Z'],
  ['1767275940', '2026-01-01T13:59:00.000Z'],
  ['Thu, 01 Jan 2026 13:59:00 +0000', '2026-01-01T13:59:00.000Z'],
])('the date %s is read', async (at, expected) => {
  await using server = await AcrobitsServer.start();
  const { adapter } = openGeneric(byAcrobits, { baseUrl: server.url });
  server.receive({ text: 'x', at });
  const [row] = await list(adapter, { since: 0 });
  expect(new Date(row?.createdAt ?? 0).toISOString()).toBe(expected);
});

const row = {
  sms_id: '1',
  sending_date: '2026-01-01T13:59:00Z',
  sender: '15550100100',
  sms_text: 'x',
};
test.each<readonly [string, unknown]>([
  ['a row without an id', { unread_smss: [{ ...row, sms_id: null }] }],
  ['a row without a sender', { unread_smss: [{ ...row, sender: '' }] }],
  ['a row of no time', { unread_smss: [{ ...row, sending_date: 'yesterday' }] }],
  ['a row that is a word', { unread_smss: ['x'] }],
  ['words that are a list', { received_smss: [{ ...row, sms_text: ['x'] }] }],
  [
    'a transfer that is none',
    { received_smss: [{ ...row, content_type: 'application/x-acro-filetransfer+json' }] },
  ],
  ['rows that are a word', { received_smss: 'x' }],
  ['no rows', { date: '2026-01-01T13:59:00Z' }],
  ['rows too deep', { a: { b: { received_smss: [] } } }],
])('a list with %s is no list, so that nothing is passed over unseen', async (_what, body) => {
  await using front = await UnrulyFront.before('http://127.0.0.1:1');
  front.manners = { kind: 'answer', status: 200, body: JSON.stringify(body) };
  const { adapter } = openGeneric(byAcrobits, { baseUrl: front.url });
  const query = { since: 0, until: Date.now(), between: null, cursor: null };
  expect(await adapter.listTexts?.(query, deadlineMs)).toMatchObject({
    kind: 'not-told',
    failure: { kind: 'carrier-trouble' },
  });
});

test.each<readonly [string, string]>([
  ['an object around them', JSON.stringify({ response: { unread_smss: [row] } })],
  ['rows in an object', JSON.stringify({ unread_smss: { item: [row] } })],
  ['one row in an object', JSON.stringify({ unread_smss: { item: row } })],
  [
    'numbers for ids',
    JSON.stringify({ unread_smss: [{ ...row, sms_id: 1, sender: 15550100100 }] }),
  ],
  ['nothing sent', JSON.stringify({ unread_smss: [row], sent_smss: null })],
])('a list with %s is a list', async (_what, body) => {
  await using front = await UnrulyFront.before('http://127.0.0.1:1');
  front.manners = { kind: 'answer', status: 200, body };
  const { adapter } = openGeneric(byAcrobits, { baseUrl: front.url });
  expect(await list(adapter, { since: 0 })).toMatchObject([
    { providerMessageId: '1', from: peer, text: 'x' },
  ]);
});

test('no time left is no list, and nobody is asked', async () => {
  await using server = await AcrobitsServer.start();
  const { adapter } = openGeneric(byAcrobits, { baseUrl: server.url });
  const query = { since: 0, until: Date.now(), between: null, cursor: null };
  expect(await adapter.listTexts?.(query, 0)).toMatchObject({ failure: { kind: 'no-answer' } });
  expect(server.calls).toEqual([]);
});
