import { expect, test } from 'vitest';

import type { SendOutcome } from '#shared/provider/provider.ts';
import { failureKindSchema } from '#shared/provider/send-failure.ts';
import { account } from '#test/carriers/generic-account.ts';
import { GenericCarrier } from '#test/carriers/generic-carrier.ts';
import { UnrulyFront } from '#test/fakes/unruly-front.ts';

import {
  type Credentials,
  deadlineMs,
  inForm,
  inJson,
  inQuery,
  inXml,
  openGeneric,
  textOf,
} from './generic-desk.ts';

type Answer = {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
};

/** How a send ends that is answered so. */
async function outcomeOf(
  change: Credentials,
  { status = 200, headers = {}, body }: Answer,
): Promise<SendOutcome> {
  await using front = await UnrulyFront.before('http://127.0.0.1:1');
  front.manners = { kind: 'answer', status, headers, body };
  const { adapter } = openGeneric({ ...inJson, ...change }, { baseUrl: front.url });
  return await adapter.send(textOf(), deadlineMs);
}

const accepted = (providerMessageId: string) => ({ kind: 'accepted', providerMessageId });
const unknown = { kind: 'unknown', failure: { kind: 'no-answer' } };

test.each<readonly [string, string, string]>([
  ['id', '{"id":"a"}', 'a'],
  ['$.id', '{"id":7}', '7'],
  ['data.0.id', '{"data":[{"id":"a"},{"id":"b"}]}', 'a'],
  ['data[1].id', '{"data":[{"id":"a"},{"id":"b"}]}', 'b'],
  ['[0].id', '[{"id":"a"}]', 'a'],
  ['data[*].id', '{"data":[{"id":"a"},{"id":"b"}]}', 'a'],
  ['id', '{"id":12345678901234567890}', '12345678901234567890'],
  ['message-id', '{"message-id":" a "}', 'a'],
  ['reply.message.@id', '<reply><message id="a&amp;b">x</message></reply>', 'a&b'],
  ['reply.id', '<?xml version="1.0"?><!-- --><reply><id><![CDATA[a]]></id></reply>', 'a'],
  ['reply.item[1]', '<reply><item>a</item><item>b</item></reply>', 'b'],
  ['OK: 0; ID:{{value}}', 'OK: 0; ID:4711\r\n', '4711'],
  ['{{value}}', '4711', '4711'],
  ['id="{{value}}"', '<sms id="a b"/>', 'a b'],
])('the id %s in %s is found', async (messageId, body, id) => {
  expect(await outcomeOf({ messageId }, { body })).toEqual(accepted(id));
});

test.each<readonly [string, string]>([
  ['constructor.name', '{"id":"a"}'],
  ['__proto__.toString', '{"id":"a"}'],
  ['length', '[1,2]'.replace('[1,2]', '"ab"')],
  ['id', '{"id":null}'],
  ['id', '{"id":["a"]}'],
  ['id', '{"id":"   "}'],
  ['OK ID: {{value}}', 'NOK'],
  ['<id>{{value}}</id>', '<id>never closed'],
  ['{{value}}', '<html>'],
  ['reply.id', '<!DOCTYPE r [<!ENTITY e "a">]><reply><id>&e;</id></reply>'],
  ['reply.id', '<reply><id>a</id>'],
])('the id %s is not in %s, so the outcome is open', async (messageId, body) => {
  expect(await outcomeOf({ messageId }, { body })).toMatchObject(unknown);
});

test.each<readonly [string, string, boolean]>([
  ['ok', '{"id":"a","ok":true}', true],
  ['ok', '{"id":"a","ok":false}', false],
  ['ok', '{"id":"a","ok":0}', false],
  ['ok', '{"id":"a","ok":"0"}', false],
  ['ok', '{"id":"a","ok":[]}', false],
  ['ok', '{"id":"a"}', false],
  ['constructor', '{"id":"a"}', false],
  ['__proto__', '{"id":"a"}', false],
  ['status=success', '{"id":"a","status":"success"}', true],
  ['status=success|queued', '{"id":"a","status":" queued "}', true],
  ['status=success', '{"id":"a","status":"successor"}', false],
  ['code=0', '{"id":"a","code":0}', true],
  ['"Accepted"', '{"id":"a","words":"Accepted."}', true],
  ['"Accepted"', '{"id":"a","words":"accepted"}', false],
])('with the sign of success %s, %s is success: %s', async (successField, body, holds) => {
  const outcome = await outcomeOf({ messageId: 'id', errorCode: '', successField }, { body });
  expect(outcome).toMatchObject(holds ? accepted('a') : unknown);
});

test('without the sign of success a code makes a refusal, by its meaning', async () => {
  const rules = {
    messageId: 'id',
    successField: 'status=success',
    errorCode: 'status',
    errorWords: 'note',
    errorKinds: '{"stop":"opted-out","slow":"rate-limited","busy":"carrier-trouble"}',
  };
  const outcome = (status: string, more: Answer['headers'] = {}) =>
    outcomeOf(rules, { headers: more, body: JSON.stringify({ status, note: 'No.' }) });
  expect(await outcome('stop')).toEqual({
    kind: 'refused',
    failure: { kind: 'opted-out', raw: 'stop: No.' },
  });
  expect(await outcome('new')).toEqual({
    kind: 'refused',
    failure: { kind: 'unmapped', raw: 'new: No.' },
  });
  expect(await outcome('slow', { 'retry-after': '9' })).toEqual({
    kind: 'unsent',
    failure: { kind: 'rate-limited', raw: 'slow: No.' },
    retryAfterMs: 9_000,
  });
  expect(await outcome('busy')).toMatchObject({
    kind: 'unknown',
    failure: { kind: 'carrier-trouble' },
  });
});

test('a sign of failure refuses, whatever else is there; a sign of no failure does not', async () => {
  const rules = { messageId: 'id', failureField: 'error', errorCode: 'error', errorKinds: '' };
  expect(await outcomeOf(rules, { body: '{"id":"a","error":17}' })).toEqual({
    kind: 'refused',
    failure: { kind: 'unmapped', raw: '17' },
  });
  for (const error of ['0', '""', 'null', '"none"', 'false', '[]', '{}'])
    expect(await outcomeOf(rules, { body: `{"id":"a","error":${error}}` }), error).toEqual(
      accepted('a'),
    );
});

test.each(failureKindSchema.options.filter((kind) => kind !== 'network' && kind !== 'no-answer'))(
  'a code may mean %s',
  async (kind) => {
    const errorKinds = JSON.stringify({ '31': kind });
    const answer = { status: 422, body: '{"errors":[{"code":31}]}' };
    const ends = { 'rate-limited': 'unsent', 'carrier-trouble': 'unknown' } as const;
    expect(await outcomeOf({ errorKinds }, answer)).toMatchObject({
      kind: kind in ends ? ends[kind as keyof typeof ends] : 'refused',
      failure: { kind, raw: '31' },
    });
  },
);

test.each<readonly [number, string]>([
  [400, 'unmapped'],
  [401, 'credentials'],
  [402, 'balance'],
  [403, 'credentials'],
  [404, 'unmapped'],
  [413, 'too-long'],
])('a refusal with %i and no code is %s', async (status, kind) => {
  expect(await outcomeOf({}, { status, body: '<html>no</html>' })).toEqual({
    kind: 'refused',
    failure: { kind, raw: `HTTP ${status}` },
  });
});

test.each([100 + 308, 300, 304, 500, 503, 520])('a status of %i leaves it open', async (status) => {
  expect(await outcomeOf({}, { status, body: '' })).toMatchObject(unknown);
});

test('which statuses are success, and which mean that nothing was taken, can be said', async () => {
  const rules = { successStatuses: '201, 3xx', unsentStatuses: '429,503', messageId: '' };
  expect(await outcomeOf(rules, { status: 201, body: '' })).toMatchObject({ kind: 'accepted' });
  expect(await outcomeOf(rules, { status: 302, body: '' })).toMatchObject({ kind: 'accepted' });
  expect(await outcomeOf(rules, { status: 200, body: '' })).toMatchObject(unknown);
  const headers = { 'retry-after': '2' };
  for (const [status, kind] of [
    [503, 'carrier-trouble'],
    [429, 'rate-limited'],
  ] as const)
    expect(await outcomeOf(rules, { status, headers, body: '' })).toMatchObject({
      kind: 'unsent',
      failure: { kind },
      retryAfterMs: 2_000,
    });
});

test('without ids our own reference is the id; so it is where receipts know no other', async () => {
  await using carrier = await GenericCarrier.start();
  const byReference = JSON.stringify({ status: 'status', reference: 'reference' });
  for (const change of [{ messageId: '', successField: 'data' }, { receipts: byReference }]) {
    const { adapter } = openGeneric({ ...inJson, ...change }, { baseUrl: carrier.url });
    const text = textOf();
    expect(await adapter.send(text, deadlineMs)).toEqual(accepted(text.uid));
  }
});

test('an answer without end is given up, and leaves it open', async () => {
  expect(await outcomeOf({}, { status: 202, body: `{"data":"${'x'.repeat(300_000)}"}` })).toEqual({
    kind: 'unknown',
    failure: { kind: 'no-answer', raw: 'oversize' },
  });
});

test.each([
  ['JSON', inJson],
  ['a form', inForm],
  ['a query', inQuery],
  ['XML', inXml],
])('through %s every refusal has its kind', async (_what, how) => {
  await using carrier = await GenericCarrier.start();
  const { adapter } = openGeneric(how, { baseUrl: carrier.url });
  const ending = (digits: string) => adapter.send(textOf({ to: `+1555010${digits}` }), deadlineMs);
  expect(await ending('0104')).toMatchObject({ kind: 'refused', failure: { kind: 'landline' } });
  expect(await ending('0105')).toMatchObject({ kind: 'refused', failure: { kind: 'opted-out' } });
  expect(await ending('0107')).toMatchObject({ kind: 'unsent', failure: { kind: 'rate-limited' } });
  const wrong = openGeneric({ ...how, password: 'no', token: 'no' }, { baseUrl: carrier.url });
  expect(await wrong.adapter.send(textOf(), deadlineMs)).toMatchObject({
    kind: 'refused',
    failure: { kind: 'credentials' },
  });
  expect(carrier.book.taken).toEqual([]);
});

test('no secret comes back in words, however the other side writes it', async () => {
  const { password, token } = account;
  const basic = Buffer.from(`${account.username}:${password}`).toString('base64');
  const written = [password, token, encodeURIComponent(password), basic];
  for (const said of written)
    for (const [how, body] of [
      [{ ...inForm, token }, `ERR: ${said.slice(0, 250)} end`],
      [{ ...inForm, token, errorCode: 'error' }, JSON.stringify({ error: said })],
      [{ ...inForm, token, errorCode: 'e{{value}}d' }, `e${JSON.stringify(said)}d`],
    ] as const) {
      const outcome = await outcomeOf(how, { status: 400, body });
      const shown = 'failure' in outcome ? (outcome.failure.raw ?? '') : '';
      for (const secret of [...written, JSON.stringify(said).slice(1, -1)])
        expect(shown, body).not.toContain(secret);
    }
});

test('the account is checked where that costs nothing, and nowhere else', async () => {
  await using carrier = await GenericCarrier.start();
  const check = (change: Credentials) =>
    openGeneric({ ...inJson, ...change }, { baseUrl: carrier.url }).adapter.testCredentials(
      deadlineMs,
    );
  expect(await check({})).toEqual({ kind: 'told', answer: { account: null } });
  expect(await check({ token: 'no' })).toEqual({
    kind: 'not-told',
    failure: { kind: 'credentials', raw: 'HTTP 401' },
  });
  expect(await check({ checkPath: '/nowhere' })).toMatchObject({ kind: 'not-told' });
  const before = carrier.calls.length;
  expect(await check({ checkPath: '' })).toMatchObject({
    kind: 'not-told',
    failure: { kind: 'unmapped', raw: expect.stringMatching(/^No checkPath is given/) },
  });
  expect(carrier.calls).toHaveLength(before);
  expect(carrier.book.taken).toEqual([]);
});

test('a template alone lists nothing and is not asked to', () => {
  const { adapter } = openGeneric(inJson);
  expect(adapter.listTexts).toBeUndefined();
  expect(adapter.capabilities.listsMessages).toBe(false);
});
