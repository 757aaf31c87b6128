import { expect, test } from 'vitest';

import { vonage } from '#main/providers/vonage/adapter.ts';
import type { FailureKind } from '#shared/provider/send-failure.ts';
import { UnrulyFront } from '#test/fakes/unruly-front.ts';

import {
  VonageDesk,
  bySms,
  byApplication,
  byKey,
  deadlineMs,
  deliveryOf,
  openVonage,
  readBody,
} from './vonage-desk.ts';

/** Every code of the Messages API that is published for SMS and MMS. */
const messageCodes: readonly (readonly [string, FailureKind])[] = [
  ['1000', 'rate-limited'],
  ['1010', 'unmapped'],
  ['1020', 'unmapped'],
  ['1022', 'unmapped'],
  ['1030', 'carrier-trouble'],
  ['1040', 'invalid-number'],
  ['1050', 'not-allowed'],
  ['1060', 'not-allowed'],
  ['1070', 'balance'],
  ['1080', 'not-allowed'],
  ['1090', 'too-long'],
  ['1100', 'carrier-trouble'],
  ['1120', 'not-allowed'],
  ['1130', 'unmapped'],
  ['1140', 'not-allowed'],
  ['1160', 'not-allowed'],
  ['1170', 'invalid-number'],
  ['1180', 'unreachable'],
  ['1190', 'unknown-number'],
  ['1200', 'carrier-trouble'],
  ['1210', 'filtered'],
  ['1220', 'unreachable'],
  ['1230', 'carrier-trouble'],
  ['1240', 'opted-out'],
  ['1241', 'rate-limited'],
  ['1250', 'unknown-number'],
  ['1260', 'unknown-number'],
  ['1270', 'filtered'],
  ['1280', 'filtered'],
  ['1290', 'unreachable'],
  ['1330', 'unmapped'],
  ['1331', 'carrier-trouble'],
  ['1360', 'expired'],
  ['1380', 'media'],
  ['1381', 'media'],
  ['1382', 'media'],
  ['98765', 'unmapped'],
];

test.each(messageCodes)('a receipt that failed with %s: %s', (code, kind) => {
  const told = { message_uuid: 'u', status: 'rejected' };
  const error = { type: `https://x.example/#${code}`, detail: 'No.', instance: 'i' };
  const failure = { kind, raw: `${code}: No.` };
  for (const title of [code, Number(code), 'In words'])
    expect(readBody({ ...told, error: { ...error, title } })).toMatchObject([
      { state: 'failed', failure },
    ]);
});

test('a receipt that failed without a code keeps the carrier’s word', () => {
  const read = (status: string, error?: object): unknown =>
    readBody({ message_uuid: 'u', status, error });
  expect(read('rejected')).toMatchObject([{ failure: { kind: 'unmapped', raw: 'rejected' } }]);
  expect(read('undeliverable')).toMatchObject([
    { failure: { kind: 'carrier-trouble', raw: 'undeliverable' } },
  ]);
  expect(read('rejected', { title: 'Odd' })).toMatchObject([
    { failure: { kind: 'unmapped', raw: 'Odd' } },
  ]);
});

function openAt(
  baseUrl: string,
  credentials: Readonly<Record<string, string>>,
): ReturnType<typeof vonage.open> {
  return vonage.open({ connectionId: 'c1', baseUrl, credentials, numbers: [], hooks: [] });
}

/** How a send ends that the carrier answers so. */
async function sendTo(
  answer: { readonly status: number; readonly body: string; readonly retryAfter?: string },
  credentials: Readonly<Record<string, string>> = byApplication,
): Promise<unknown> {
  await using desk = await VonageDesk.open();
  await using front = await UnrulyFront.before(desk.carrier.url);
  const headers = answer.retryAfter === undefined ? {} : { 'retry-after': answer.retryAfter };
  front.manners = { kind: 'answer', ...answer, headers };
  const { adapter } = openAt(front.url, credentials);
  return await adapter.send(desk.text(), deadlineMs);
}

const problem = (code: string, more: object = {}): string =>
  JSON.stringify({ type: `https://x.example/#${code}`, title: 'No', detail: 'No.', ...more });

test.each(messageCodes.filter(([code]) => code !== '1000'))(
  'a send refused with %s: %s',
  async (code, kind) => {
    const failure = { kind, raw: `${code}: No.` };
    expect(await sendTo({ status: 422, body: problem(code) })).toEqual({
      kind: 'refused',
      failure,
    });
  },
);

test.each([
  [401, problem('unauthorized'), 'credentials', 'unauthorized: No.'],
  [402, problem('low-balance'), 'balance', 'low-balance: No.'],
  [403, problem('forbidden'), 'not-allowed', 'forbidden: No.'],
  [404, '<html>', 'unmapped', 'HTTP 404'],
  [413, '', 'too-long', 'HTTP 413'],
  [
    401,
    '{"error-code":401,"error-code-label":"authentication failed"}',
    'credentials',
    '401: authentication failed',
  ],
  [
    422,
    problem('1020', { invalid_parameters: [{ name: 'to', reason: 'bad' }] }),
    'invalid-number',
    '1020: No. to: bad',
  ],
  [
    422,
    problem('1020', { invalid_parameters: [{ name: 'from' }] }),
    'not-allowed',
    '1020: No. from: invalid',
  ],
  [
    422,
    problem('1020', { invalid_parameters: [{ name: 'image.url' }] }),
    'media',
    '1020: No. image.url: invalid',
  ],
  [
    422,
    problem('1020', { invalid_parameters: [{ name: 'content[0].url' }] }),
    'media',
    '1020: No. content[0].url: invalid',
  ],
  [422, problem('1020', { invalid_parameters: 'oops' }), 'unmapped', '1020: No.'],
  [400, '{"title":1170}', 'invalid-number', '1170: 1170'],
])('HTTP %i %s: %s', async (status, body, ...[kind, raw]) => {
  expect(await sendTo({ status, body })).toEqual({ kind: 'refused', failure: { kind, raw } });
});

test('throttled is unsent by its status and by its code; a request timed out is unknown', async () => {
  const busy = { kind: 'unsent', failure: { kind: 'rate-limited' } };
  expect(await sendTo({ status: 429, body: problem('1000'), retryAfter: '4' })).toMatchObject({
    ...busy,
    retryAfterMs: 4_000,
  });
  expect(await sendTo({ status: 422, body: problem('1000') })).toMatchObject({
    ...busy,
    retryAfterMs: null,
  });
  for (const status of [408, 500, 503])
    expect(await sendTo({ status, body: problem('1000'), retryAfter: '4' })).toMatchObject({
      kind: 'unknown',
    });
});

test('a carrier that repeats a secret does not bring it into a failure', async () => {
  const basic = Buffer.from(`${byKey.apiKey}:${byKey.apiSecret}`).toString('base64');
  const body = problem('7', { detail: `You sent ${byKey.apiSecret} and ${basic}.` });
  const failure = { kind: 'unmapped', raw: '7: You sent *** and ***.' };
  expect(await sendTo({ status: 422, body }, byKey)).toEqual({ kind: 'refused', failure });
  await using desk = await VonageDesk.open();
  await using front = await UnrulyFront.before(desk.carrier.url);
  front.manners = { kind: 'answer', status: 422, body };
  const { adapter } = openAt(front.url, byKey);
  expect(await adapter.listNumbers?.(null, deadlineMs)).toEqual({ kind: 'not-told', failure });
});

/** Every status of the SMS API's answer. */
const submitCodes: readonly (readonly [string, FailureKind])[] = [
  ['2', 'unmapped'],
  ['3', 'unmapped'],
  ['4', 'credentials'],
  ['6', 'invalid-number'],
  ['7', 'not-allowed'],
  ['8', 'not-allowed'],
  ['9', 'balance'],
  ['11', 'not-allowed'],
  ['12', 'too-long'],
  ['14', 'credentials'],
  ['15', 'not-allowed'],
  ['22', 'invalid-number'],
  ['23', 'unmapped'],
  ['29', 'not-allowed'],
  ['32', 'credentials'],
  ['33', 'unknown-number'],
  ['77', 'unmapped'],
];

const parts = (...messages: object[]): string =>
  JSON.stringify({ 'message-count': String(messages.length), messages });
const refused = (status: string | number): object => ({ status, 'error-text': 'No.' });
const taken = { status: '0', 'message-id': '0A01' };

test.each(submitCodes)('the SMS API refuses with %s: %s', async (code, kind) => {
  const failure = { kind, raw: `${code}: No.` };
  const body = parts(refused(code), refused(Number(code)));
  expect(await sendTo({ status: 200, body }, bySms)).toEqual({ kind: 'refused', failure });
});

test.each([
  [
    'throttled',
    parts(refused('1')),
    { kind: 'unsent', failure: { kind: 'rate-limited', raw: '1: No.' }, retryAfterMs: null },
  ],
  ['throttled and out of binds', parts(refused('1'), refused('10')), { kind: 'unsent' }],
  ['an internal error', parts(refused('5')), { kind: 'unknown', failure: { raw: '5: No.' } }],
  ['throttled and an internal error', parts(refused('1'), refused('5')), { kind: 'unknown' }],
  [
    'one part of two',
    parts(taken, refused('1')),
    { kind: 'unknown', failure: { raw: '1 of 2 parts taken, 1: No.' } },
  ],
  [
    'all parts',
    parts(taken, { ...taken, 'message-id': '0A02' }),
    { kind: 'accepted', providerMessageId: '0A01' },
  ],
  ['a number for a status', parts({ ...taken, status: 0 }), { kind: 'accepted' }],
  ['no id', parts({ status: '0' }), { kind: 'unknown' }],
  ['no part', parts(), { kind: 'unknown' }],
])('an answer of the SMS API: %s', async (_what, body, outcome) => {
  expect(await sendTo({ status: 200, body }, bySms)).toMatchObject(outcome);
});

/** Every code of the SMS API's receipts. */
const receiptCodes: readonly (readonly [string, FailureKind])[] = [
  ['1', 'unmapped'],
  ['2', 'unreachable'],
  ['3', 'unknown-number'],
  ['4', 'opted-out'],
  ['5', 'carrier-trouble'],
  ['6', 'filtered'],
  ['7', 'unreachable'],
  ['8', 'carrier-trouble'],
  ['9', 'opted-out'],
  ['10', 'content'],
  ['11', 'unknown-number'],
  ['12', 'unknown-number'],
  ['13', 'filtered'],
  ['14', 'filtered'],
  ['15', 'unreachable'],
  ['50', 'filtered'],
  ['51', 'filtered'],
  ['52', 'filtered'],
  ['53', 'filtered'],
  ['54', 'filtered'],
  ['99', 'unmapped'],
  ['123', 'unmapped'],
];

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const readSmsReceipt = (parameters: Record<string, string>): unknown => {
  const bytes = new URLSearchParams({ messageId: '0A01', ...parameters }).toString();
  return openVonage(bySms).adapter.readDelivery(deliveryOf(bytes, form));
};

test.each(receiptCodes)('a receipt of the SMS API with %s: %s', (code, kind) => {
  const failure = { kind, raw: `${code}: failed` };
  expect(readSmsReceipt({ status: 'failed', 'err-code': code })).toMatchObject([
    { state: 'failed', failure },
  ]);
});

test.each([
  ['accepted', 'sent', null],
  ['submitted', 'sent', null],
  ['buffered', 'sent', null],
  ['unknown', 'sent', null],
  ['delivered', 'delivered', null],
  ['expired', 'failed', { kind: 'expired', raw: 'expired' }],
  ['failed', 'failed', { kind: 'unmapped', raw: 'failed' }],
  ['rejected', 'failed', { kind: 'unmapped', raw: 'rejected' }],
  ['deleted', 'failed', { kind: 'unmapped', raw: 'deleted' }],
])('the status %s of the SMS API is %s', (status, state, failure) => {
  for (const code of [{}, { 'err-code': '0' }])
    expect(readSmsReceipt({ status, ...code })).toMatchObject([{ state, failure }]);
});

test('a status of the SMS API that nobody knows says nothing', () => {
  expect(readSmsReceipt({ status: 'evaporated' })).toEqual([]);
});
