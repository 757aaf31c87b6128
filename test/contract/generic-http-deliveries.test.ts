import { expect, test } from 'vitest';

import { type ReceiptState, UnreadableDelivery } from '#shared/provider/delivery.ts';
import { ours } from '#test/carriers/generic-account.ts';

import { type Credentials, callOf, inForm, inJson, openGeneric, readCall } from './generic-desk.ts';

/** Texts and receipts by a form of flat names that both have in common. */
const flat: Credentials = {
  ...inForm,
  inbound: JSON.stringify({
    from: 'From',
    to: 'To',
    text: 'Body',
    id: 'Sid',
    time: 'Time',
    media: ['MediaUrl0', 'MediaUrl1', 'MediaUrl2'],
    mediaTypes: ['Type0', 'Type1', 'Type2'],
  }),
  receipts: JSON.stringify({ status: 'Status', id: 'Sid', errorCode: 'Code', time: 'Time' }),
};
const text = 'From=15550100100&To=15550100001&Body=Hi+%F0%9F%91%8B%26&Sid=a1';

test('a form is a text, or where it holds a status a receipt', () => {
  expect(readCall(flat, text)).toEqual([
    {
      kind: 'text-received',
      providerMessageId: 'a1',
      from: '+15550100100',
      to: ours,
      text: 'Hi 👋&',
      media: [],
      part: null,
      sentAt: null,
    },
  ]);
  expect(readCall(flat, `${text}&Status=undelivered&Code=4002&Time=1763719200`)).toEqual([
    {
      kind: 'receipt',
      providerMessageId: 'a1',
      reference: null,
      state: 'failed',
      failure: { kind: 'opted-out', raw: '4002' },
      happenedAt: 1_763_719_200_000,
    },
  ]);
});

test('pictures at numbered names come with their types; a plus sign that a form lost is no loss', () => {
  const pictures =
    'MediaUrl0=https%3A%2F%2Fa.example%2F1&MediaUrl1=https%3A%2F%2Fa.example%2F2&Type0=image%2Fpng&Type1=video%2Fmp4';
  expect(readCall(flat, `From=+15550100100&To=+15550100001&Sid=a&${pictures}`)).toMatchObject([
    {
      from: '+15550100100',
      to: ours,
      text: '',
      media: [
        { url: 'https://a.example/1', type: 'image/png' },
        { url: 'https://a.example/2', type: 'video/mp4' },
      ],
    },
  ]);
});

test('a call on the address that a text was sent with is a receipt of that text, whatever it holds', () => {
  const uid = '01890000-0000-7000-8000-00000000f10e';
  const url = `https://hooks.example/hooks/generic-http/c1/secret?ref=${uid}`;
  const byAddress = { ...flat, receipts: JSON.stringify({ status: 'Status' }) };
  expect(readCall(byAddress, `${text}&Status=delivered`, { url })).toMatchObject([
    { kind: 'receipt', providerMessageId: uid, reference: uid, state: 'delivered' },
  ]);
  const inbound = JSON.stringify({ from: 'From', to: 'To', id: 'Sid', when: 'Status' });
  expect(readCall({ ...byAddress, inbound }, `${text}&Status=sent`, { url })).toMatchObject([
    { kind: 'receipt', providerMessageId: uid },
  ]);
  expect(() => readCall(byAddress, text, { url })).toThrow(UnreadableDelivery);
  expect(() => readCall({ ...flat, receipts: '' }, text, { url })).toThrow(UnreadableDelivery);
});

test('with `when` only what it holds for is a text, so that our own texts told back are none', () => {
  const inbound = { ...JSON.parse(flat['inbound'] ?? ''), when: 'Direction=in' } as object;
  const rules = { ...flat, inbound: JSON.stringify(inbound) };
  expect(readCall(rules, `${text}&Direction=in&Status=received`)).toMatchObject([
    { kind: 'text-received' },
  ]);
  expect(readCall(rules, `${text}&Direction=out&Status=sent`)).toMatchObject([{ kind: 'receipt' }]);
  expect(() => readCall(rules, `${text}&Direction=out`)).toThrow(/receipts.status is wrong/);
  expect(() => readCall({ ...rules, receipts: '' }, `${text}&Direction=out`)).toThrow(
    /inbound.when is wrong/,
  );
});

test.each<readonly [string, ReceiptState]>([
  ['queued', 'accepted'],
  ['ACCEPTED', 'accepted'],
  ['Sending', 'accepted'],
  ['sent', 'sent'],
  ['submitted', 'sent'],
  ['delivered', 'delivered'],
  ['failed', 'failed'],
  ['UNDELIVERABLE', 'failed'],
  ['rejected', 'failed'],
  ['expired', 'failed'],
  ['DELIVRD', 'delivered'],
  ['6', 'failed'],
])('the status %s means %s', (status, state) => {
  const receiptStates = '{"delivrd":"delivered","6":"failed"}';
  const [event] = readCall({ ...flat, receiptStates }, `Sid=a&Status=${status}`);
  const failure =
    state === 'failed'
      ? { kind: status === 'expired' ? 'expired' : 'unmapped', raw: status }
      : null;
  expect(event).toMatchObject({ kind: 'receipt', state, failure });
});

test('a status whose meaning nobody has said says nothing', () => {
  expect(readCall(flat, 'Sid=a&Status=pondering')).toEqual([]);
});

test('one call may bring several, and without ids each is known by its place in the call', () => {
  const rules = {
    ...inJson,
    receipts: '',
    inbound: '{"list":"events","from":"f","to":"t","text":"m","time":"at"}',
  };
  const event = { f: '15550100100', t: '15550100001', m: 'yes', at: '2026-11-21 10:00:00' };
  const read = readCall(rules, { events: [event, event] });
  expect(read).toMatchObject([{ text: 'yes', sentAt: 1_795_255_200_000 }, { text: 'yes' }]);
  const ids = read.map((each) => ('providerMessageId' in each ? each.providerMessageId : ''));
  expect(new Set(ids).size).toBe(2);
  expect(readCall(rules, { events: [event, event] })).toEqual(read);
  expect(readCall(rules, { events: [{ ...event, m: 'no' }] })).not.toMatchObject([
    { providerMessageId: ids[0] },
  ]);
  for (const body of [{ events: [] }, { events: Array(1_001).fill(event) }, { more: [event] }, {}])
    expect(() => readCall(rules, body)).toThrow(UnreadableDelivery);
  expect(() => readCall(rules, { events: [event, { ...event, f: null }] })).toThrow(/inbound.from/);
});

test('XML is read like the rest', () => {
  const rules = {
    ...inJson,
    receipts: '',
    inbound:
      '{"from":"sms.@from","to":"sms.@to","text":"sms.body","id":"sms.@id","media":"sms.file[*].@url"}',
  };
  const body =
    '<sms from="+15550100100" to="+15550100001" id="7"><body>a &lt; b</body><file url="https://a.example/1"/><file url="https://a.example/2"/></sms>';
  const raw = { ...callOf({}), headers: { 'content-type': 'text/xml' }, body: Buffer.from(body) };
  expect(openGeneric(rules).adapter.readDelivery(raw)).toMatchObject([
    {
      providerMessageId: '7',
      text: 'a < b',
      media: [{ url: 'https://a.example/1' }, { url: 'https://a.example/2' }],
    },
  ]);
  const bomb = `<!DOCTYPE sms [<!ENTITY a "${'x'.repeat(100)}">]><sms id="&a;"/>`;
  const deep = '<a>'.repeat(10_000) + '</a>'.repeat(10_000);
  for (const hostile of [
    bomb,
    deep,
    '<sms',
    '<sms>&a;</sms>',
    '<sms></smt>',
    '<sms a="<"/>',
    '</sms>',
  ])
    expect(() =>
      openGeneric(rules).adapter.readDelivery({ ...raw, body: Buffer.from(hostile) }),
    ).toThrow(UnreadableDelivery);
});

test.each<readonly [string, string]>([
  ['+15550100100', '+15550100100'],
  ['15550100100', '+15550100100'],
  ['5550100100', '+15550100100'],
  ['(555) 010-0100', '+15550100100'],
  ['+1-555-010-0100', '+15550100100'],
  ['0015550100100', '+15550100100'],
  ['tel:+15550100100', '+15550100100'],
  ['sip:15550100100@sms.example.net;user=phone', '+15550100100'],
  ['442079460958', '+442079460958'],
  ['24273', '24273'],
  ['911911', '911911'],
  ['ACME', 'ACME'],
  ['AT&T Free Msg', 'AT&T Free Msg'],
])('the sender %s is %s', (written, from) => {
  const body = `From=${encodeURIComponent(written)}&To=15550100001&Body=x&Sid=a`;
  expect(readCall({ ...flat, numberFormat: 'nanp10' }, body)).toMatchObject([{ from }]);
});

test('ten digits are a number from abroad where the carrier always writes the country', () => {
  const body = 'From=4712345678&To=15550100001&Body=x&Sid=a';
  expect(readCall({ ...flat, numberFormat: 'e164' }, body)).toMatchObject([
    { from: '+4712345678' },
  ]);
  expect(readCall({ ...flat, numberFormat: 'e164plus' }, body)).toMatchObject([
    { from: '+14712345678' },
  ]);
});

test.each<readonly [string, number | null]>([
  ['1763719200', 1_763_719_200_000],
  ['1763719200123', 1_763_719_200_123],
  ['1763719200.5', 1_763_719_200_500],
  ['2025-11-21T10:00:00Z', 1_763_719_200_000],
  ['2025-11-21 10:00:00', 1_763_719_200_000],
  ['2025-11-21T04:00:00-06:00', 1_763_719_200_000],
  ['yesterday', null],
  ['', null],
])('the time "%s"', (written, sentAt) => {
  const time = encodeURIComponent(written);
  expect(readCall(flat, `${text}&Time=${time}`)).toMatchObject([{ sentAt }]);
});

test('settings that expect no calls understand none', () => {
  const { adapter } = openGeneric({ ...flat, inbound: '', receipts: '' });
  expect(() => adapter.readDelivery(callOf(text))).toThrow(UnreadableDelivery);
  const inboundOnly = openGeneric({ ...flat, receipts: '' }).adapter;
  expect(inboundOnly.readDelivery(callOf(text))).toMatchObject([{ kind: 'text-received' }]);
  const receiptsOnly = openGeneric({ ...flat, inbound: '' }).adapter;
  expect(() => receiptsOnly.readDelivery(callOf(text))).toThrow(UnreadableDelivery);
});

test('pictures may be fetched from the API and from where the settings say', () => {
  const mediaOrigins = 'https://cdn.carrier.example/a/b, https://x.example:8443';
  expect(openGeneric({ ...flat, mediaOrigins }).adapter.mediaAccess()).toEqual({
    origins: [
      'https://api.carrier.example',
      'https://cdn.carrier.example',
      'https://x.example:8443',
    ],
    headers: {},
  });
});
