import { expect, test } from 'vitest';

import { failureOf } from '#main/providers/plivo/failure-of.ts';
import type { DeliveryEvent } from '#shared/provider/delivery.ts';

import { PlivoDesk, callback, ours, theirs } from './plivo-desk.ts';

await using desk = await PlivoDesk.start();
const { adapter } = desk;
const common = { MessageUUID: 'u1', From: '15550100001', To: '15550100199' };

function read(form: Record<string, string>, url?: string): readonly DeliveryEvent[] {
  const more = url === undefined ? {} : { url };
  return adapter.readDelivery(callback({ ...common, ...form }, more));
}

test.each([
  ['queued', 'accepted'],
  ['sent', 'sent'],
  ['delivered', 'delivered'],
  ['read', 'delivered'],
  ['undelivered', 'failed'],
  ['failed', 'failed'],
  ['rejected', 'failed'],
  ['Delivered', 'delivered'],
])('the standing "%s" is %s', (Status, state) => {
  const [event] = read({ Status, ErrorCode: state === 'failed' ? '30' : '000' });
  const failure = state === 'failed' ? { kind: 'filtered', raw: '30' } : null;
  expect(event).toMatchObject({ kind: 'receipt', providerMessageId: 'u1', state, failure });
});

test.each(['pondering', 'received', '0'])('the standing "%s" moves nothing', (Status) => {
  expect(read({ Status })).toEqual([]);
});

test.each([
  ['10', 'content'],
  ['20', 'carrier-trouble'],
  ['30', 'filtered'],
  ['40', 'not-allowed'],
  ['50', 'unknown-number'],
  ['60', 'filtered'],
  ['70', 'unknown-number'],
  ['80', 'unreachable'],
  ['90', 'carrier-trouble'],
  ['100', 'not-allowed'],
  ['110', 'too-long'],
  ['120', 'media'],
  ['200', 'opted-out'],
  ['201', 'not-allowed'],
  ['300', 'carrier-trouble'],
  ['420', 'expired'],
  ['450', 'not-allowed'],
  ['900', 'balance'],
  ['910', 'unmapped'],
  ['950', 'unmapped'],
  ['1000', 'unmapped'],
  ['98765', 'unmapped'],
])('the code %s is %s', (ErrorCode, kind) => {
  const failure = { kind, raw: ErrorCode };
  expect(read({ Status: 'undelivered', ErrorCode })).toMatchObject([{ state: 'failed', failure }]);
  expect(failureOf(Number(ErrorCode))).toEqual(failure);
});

test('a failure without a code has no reason, and one with words goes by them', () => {
  expect(read({ Status: 'failed' })).toMatchObject([{ failure: { kind: 'unmapped', raw: null } }]);
  expect(failureOf('', null)).toEqual({ kind: 'unmapped', raw: null });
  expect(failureOf('950', 'Unregistered 10DLC traffic')).toEqual({
    kind: 'not-registered',
    raw: '950: Unregistered 10DLC traffic',
  });
});

test('a receipt tells its time, price and our reference', () => {
  const uid = '01890000-0000-7000-8000-000000000001';
  const times = {
    QueuedTime: '2026-01-06 20:30:57.000000+05:30',
    SentTime: '2026-01-06 20:30:58+05:30',
    DeliveryReportTime: '2026-01-06 15:00:59.5+00:00',
  };
  const cost = { Units: '3', TotalRate: '0.0055', TotalAmount: '0.01650' };
  const url = `https://hooks.example/hooks/plivo/c1?ref=${uid}`;
  const receipt = { Status: 'delivered', ErrorCode: '000', ...times, ...cost };
  expect(read(receipt, url)).toEqual([
    {
      kind: 'receipt',
      providerMessageId: 'u1',
      reference: uid,
      state: 'delivered',
      failure: null,
      happenedAt: Date.parse('2026-01-06T15:00:59.500Z'),
      billing: { segments: 3, priceMicros: 16_500, feeMicros: null, currency: 'USD' },
    },
  ]);
  const { DeliveryReportTime: _gone, ...sent } = receipt;
  expect(read({ ...sent, Status: 'sent' })).toMatchObject([
    { reference: null, happenedAt: Date.parse('2026-01-06T15:00:58Z') },
  ]);
  expect(
    read({ Status: 'sent', SentTime: 'soon', Units: '-1', TotalAmount: 'free' }),
  ).toMatchObject([{ happenedAt: null, billing: null }]);
});

test('a text in keeps its words, wherever they stand, and its pictures in their order', () => {
  const sides = { From: '15550100199', To: '15550100001' };
  const text = { kind: 'text-received', from: theirs, to: ours };
  expect(read({ ...sides, Text: 'Hi', MessageIntent: 'optout' })).toMatchObject([
    { ...text, text: 'Hi', media: [] },
  ]);
  const media = (at: number): string => `https://media.plivo.com/account/x/${at}`;
  const many = Object.fromEntries([10, 2, 1, 0].map((at) => [`Media${at}`, media(at)]));
  expect(read({ ...sides, Body: 'Look', Type: 'mms', ...many })).toMatchObject([
    { ...text, text: 'Look', media: [0, 1, 2, 10].map((at) => ({ url: media(at), type: null })) },
  ]);
  expect(read({ ...sides, MediaX: 'no', Media: 'no', Text: 'Hi' })).toMatchObject([{ media: [] }]);
  expect(read({ ...sides, From: 'HARBOUR', Text: 'x' })).toMatchObject([{ from: 'HARBOUR' }]);
});
