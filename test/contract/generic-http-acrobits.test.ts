import { describe, expect, test } from 'vitest';

import { genericHttp } from '#main/providers/generic-http/adapter.ts';
import { UnreadableDelivery } from '#shared/provider/delivery.ts';
import { AcrobitsServer, type AcrobitsWays } from '#test/carriers/acrobits-server.ts';
import { ours } from '#test/carriers/generic-account.ts';
import { UnrulyFront } from '#test/fakes/unruly-front.ts';

import {
  type Credentials,
  byAcrobits,
  callOf,
  deadlineMs,
  openGeneric,
  plainNames,
  textOf,
} from './generic-desk.ts';
import { testGuard } from './provider-guard.ts';
import { testLists } from './provider-lists.ts';
import { testSends } from './provider-sends.ts';
import type { CarrierUnderTest, ProviderUnderTest } from './provider-under-test.ts';

/** Everything in JSON documents instead of the query. */
const inDocuments: Credentials = {
  ...byAcrobits,
  sendPath: '/acro/send',
  sendBody:
    '{"user":"%account[username]%","pass":"%account[password]%","to":"%sms_to%","body":"%sms_body%","type":"%content_type%"}',
  fetchPath: '/acro/fetch',
  fetchBody:
    '{"user":"%account[cloud_username]%","pass":"%account[cloud_password]%","last":"%last_known_sms_id%","last_sent":"%last_known_sent_sms_id%","device":"%installid%"}',
};

function underTest(credentials: Credentials, ways: Partial<AcrobitsWays>): ProviderUnderTest {
  const { capabilities } = openGeneric(credentials).adapter;
  return {
    definition: { ...genericHttp, capabilities },
    start: () => startAcrobits(credentials, ways),
  };
}

async function startAcrobits(
  credentials: Credentials,
  ways: Partial<AcrobitsWays>,
): Promise<CarrierUnderTest> {
  const server = await AcrobitsServer.start(ways);
  return {
    baseUrl: server.url,
    credentials,
    rotatedCredentials: credentials,
    wrongCredentials: { ...credentials, password: 'of somebody else' },
    neededCredentials: ['sendPath'],
    plainCredentials: plainNames,
    secrets: { current: '', next: '' },
    ours,
    recipients: {
      taken: '+15550100101',
      refused: [{ to: '911', kind: 'unmapped' }],
      rateLimited: { to: '+15550100107', retryAfterMs: 1_000 },
    },
    refusedTexts: [
      { what: 'too long', change: { text: 'x'.repeat(1_601) }, kind: 'too-long' },
      { what: 'from a foreign number', change: { from: '+15550109999' }, kind: 'not-allowed' },
    ],
    unsentStatuses: [429],
    listKeeps: { reference: false, text: true },
    takenStatus: 200,
    notTaken: [
      '{"sms_id":{}}',
      '{"sms_id":""}',
      `{"sms_id":"${'x'.repeat(400)}"}`,
      '{"message":"odd"}',
      '<!DOCTYPE html><html><body>Log in</body></html>',
      '<HTML></HTML>',
      'OK',
    ],
    complaint: (code) => ({
      status: 400,
      body: JSON.stringify({ response: { error: code, description: 'No.' } }),
    }),
    samples: () => Promise.resolve([]),
    sign: () => ({}),
    signatureHeader: '',
    toleranceMs: null,
    hostileBodies: [],
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

const kinds = [
  ['older JSON, by query', byAcrobits, {}],
  ['newer JSON, by documents', inDocuments, { form: 'modern' }],
  ['newer XML, by query', byAcrobits, { form: 'modern', format: 'xml' }],
] as const;

describe.each(kinds)('acrobits, %s', (_what, credentials, ways) => {
  const provider = underTest(credentials, ways);
  describe('sends', () => testSends(provider));
  describe('lists', () => testLists(provider));
  describe('guard', () => testGuard(provider));
});

test('what a connection can do follows from its settings', () => {
  expect(openGeneric(byAcrobits).adapter.capabilities).toMatchObject({
    hooks: [],
    deliveryReceipts: false,
    listsMessages: true,
    media: { maxCount: 10 },
  });
  const bare = { ...byAcrobits, fetchPath: '', sendPath: '/s?to=%sms_to%&body=%sms_body%' };
  const { adapter } = openGeneric(bare);
  expect(adapter.capabilities).toMatchObject({ listsMessages: false, media: null });
  expect(adapter.listTexts).toBeUndefined();
});

test('nobody calls by this contract, so a call is not understood', () => {
  expect(() => openGeneric(byAcrobits).adapter.readDelivery(callOf({ a: 1 }))).toThrow(
    UnreadableDelivery,
  );
});

test('the account is tested by fetching, or where a path for that is given, there', async () => {
  await using server = await AcrobitsServer.start();
  const check = (change: Credentials) =>
    openGeneric({ ...byAcrobits, ...change }, { baseUrl: server.url }).adapter.testCredentials(
      deadlineMs,
    );
  expect(await check({})).toEqual({ kind: 'told', answer: { account: null } });
  expect(server.calls.at(-1)?.path).toBe('/acro/fetch');
  expect(await check({ password: 'no' })).toMatchObject({ failure: { kind: 'credentials' } });
  const checkPath = '/acro/fetch?user=%account[username]%&pass=%account[password]%';
  expect(await check({ checkPath })).toMatchObject({ kind: 'told' });
  expect(await check({ fetchPath: '' })).toMatchObject({ kind: 'not-told' });
  expect(server.book.taken).toEqual([]);
});

test('pictures go as a file transfer that names them and their words', async () => {
  await using server = await AcrobitsServer.start();
  const { adapter } = openGeneric(byAcrobits, { baseUrl: server.url });
  const mediaUrls = ['https://a.example/1.PNG?x', 'https://a.example/2', 'https://a.example/3.gif'];
  expect(await adapter.send(textOf({ text: 'Look "here"', mediaUrls }), deadlineMs)).toMatchObject({
    kind: 'accepted',
  });
  const [sent] = server.texts;
  expect(sent?.type).toBe('application/x-acro-filetransfer+json');
  expect(JSON.parse(sent?.text ?? '')).toEqual({
    body: 'Look "here"',
    attachments: [
      { 'content-type': 'image/png', 'content-url': mediaUrls[0] },
      { 'content-url': mediaUrls[1] },
      { 'content-type': 'image/gif', 'content-url': mediaUrls[2] },
    ],
  });
  const plain = { ...byAcrobits, sendPath: (byAcrobits['sendPath'] ?? '').replace(/&type=.*/, '') };
  const without = openGeneric(plain, { baseUrl: server.url }).adapter;
  expect(await without.send(textOf({ mediaUrls }), deadlineMs)).toMatchObject({
    kind: 'refused',
    failure: { kind: 'media' },
  });
  expect(server.texts).toHaveLength(1);
});

test('an account has one number: a second line says so and sends nothing', async () => {
  await using server = await AcrobitsServer.start();
  const numbers = [ours, '+15550100002'];
  const { adapter } = openGeneric(byAcrobits, { baseUrl: server.url, numbers });
  expect(await adapter.send(textOf({ from: '+15550100002' }), deadlineMs)).toEqual({
    kind: 'refused',
    failure: {
      kind: 'not-allowed',
      raw: 'an account of this contract sends from one number alone',
    },
  });
  expect((await adapter.send(textOf(), deadlineMs)).kind).toBe('accepted');
  expect(server.texts).toHaveLength(1);
});

describe('a text that is taken without an id', () => {
  const unnamed = { namesIds: false };

  test('is open where the list will tell it, and is found there', async () => {
    await using server = await AcrobitsServer.start(unnamed);
    const { adapter } = openGeneric(byAcrobits, { baseUrl: server.url });
    const text = textOf();
    expect(await adapter.send(text, deadlineMs)).toMatchObject({
      kind: 'unknown',
      failure: { raw: 'taken without an id, which the list will tell' },
    });
    const query = { since: 0, until: Date.now() + 1_000, between: null, cursor: null };
    expect(await adapter.listTexts?.(query, deadlineMs)).toMatchObject({
      answer: { rows: [{ text: text.text, reference: null, providerMessageId: '101' }] },
    });
  });

  test('has our reference for an id where nothing sent is ever listed', async () => {
    await using server = await AcrobitsServer.start({ ...unnamed, listsSent: false });
    const { adapter } = openGeneric(byAcrobits, { baseUrl: server.url });
    const text = textOf();
    const accepted = { kind: 'accepted', providerMessageId: text.uid };
    expect(await adapter.send(text, deadlineMs)).toEqual(accepted);
    const fetches = server.calls.filter(({ path }) => path === '/acro/fetch');
    expect((await adapter.send(textOf(), deadlineMs)).kind).toBe('accepted');
    expect(server.calls.filter(({ path }) => path === '/acro/fetch')).toEqual(fetches);
  });

  test('has our reference for an id where nothing can be fetched at all', async () => {
    await using server = await AcrobitsServer.start(unnamed);
    const { adapter } = openGeneric({ ...byAcrobits, fetchPath: '' }, { baseUrl: server.url });
    const text = textOf();
    expect(await adapter.send(text, deadlineMs)).toMatchObject({ providerMessageId: text.uid });
  });

  test('is named in the list that shows it late, so that it is not taken for another', async () => {
    await using server = await AcrobitsServer.start({ ...unnamed, listsSent: false });
    const { adapter } = openGeneric(byAcrobits, { baseUrl: server.url });
    const [first, second] = [textOf({ text: 'same' }), textOf({ text: 'same' })];
    for (const text of [first, second]) await adapter.send(text, deadlineMs);
    Object.assign(server.ways, { listsSent: true });
    const query = { since: 0, until: Date.now() + 1_000, between: null, cursor: null };
    const asked = await adapter.listTexts?.(query, deadlineMs);
    const rows = asked?.kind === 'told' ? asked.answer.rows : [];
    expect(rows.map(({ reference }) => reference).toSorted()).toEqual([first.uid, second.uid]);
    expect(await adapter.send(textOf(), deadlineMs)).toMatchObject({ kind: 'unknown' });
  });
});

test.each([
  ['{"response":{"error":402,"description":"Top up"}}', 'balance', '402: Top up'],
  ['{"error":"Unauthorized"}', 'unmapped', 'Unauthorized'],
  ['<response><error>404</error><message>x</message></response>', 'unmapped', '404: x'],
])('%s under 200 is a refusal', async (body, kind, raw) => {
  await using front = await UnrulyFront.before('http://127.0.0.1:1');
  front.manners = { kind: 'answer', status: 200, body };
  const { adapter } = openGeneric(byAcrobits, { baseUrl: front.url });
  expect(await adapter.send(textOf(), deadlineMs)).toEqual({
    kind: 'refused',
    failure: { kind, raw },
  });
});

test.each(['<HTML></HTML>', '<html><body>Log in</body></html>', 'OK', '', '[]', '"ok"'])(
  'a page like %s is no answer, even where none is to be looked up',
  async (body) => {
    await using front = await UnrulyFront.before('http://127.0.0.1:1');
    front.manners = { kind: 'answer', status: 200, body };
    const { adapter } = openGeneric({ ...byAcrobits, fetchPath: '' }, { baseUrl: front.url });
    expect(await adapter.send(textOf(), deadlineMs)).toMatchObject({
      kind: 'unknown',
      failure: { kind: 'no-answer', raw: 'HTTP 200 without an answer' },
    });
  },
);

test.each([
  ['429', 'unsent', 'rate-limited'],
  ['500', 'unknown', 'carrier-trouble'],
  ['503', 'unknown', 'carrier-trouble'],
])('an error %s under 200 is %s', async (error, kind, failure) => {
  await using front = await UnrulyFront.before('http://127.0.0.1:1');
  front.manners = { kind: 'answer', status: 200, body: `{"response":{"error":${error}}}` };
  const { adapter } = openGeneric(byAcrobits, { baseUrl: front.url });
  expect(await adapter.send(textOf(), deadlineMs)).toMatchObject({
    kind,
    failure: { kind: failure },
  });
});

test('a body goes by POST, and without one everything by GET, with the headers that are set', async () => {
  await using server = await AcrobitsServer.start();
  const sendHeaders = 'X-Device: %installid%';
  for (const [credentials, method] of [
    [byAcrobits, 'GET'],
    [inDocuments, 'POST'],
  ] as const) {
    const { adapter } = openGeneric({ ...credentials, sendHeaders }, { baseUrl: server.url });
    await adapter.send(textOf(), deadlineMs);
    await adapter.testCredentials(deadlineMs);
    for (const call of server.calls.slice(-2)) {
      expect(call.method).toBe(method);
      expect(call.headers['x-device']).toBe('c1');
    }
  }
});
