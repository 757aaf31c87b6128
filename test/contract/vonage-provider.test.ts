import { expect, test } from 'vitest';

import { findProvider } from '#main/providers/registry.ts';
import { vonage } from '#main/providers/vonage/adapter.ts';
import { ours, signatureSecret, strangersKey } from '#test/carriers/vonage-account.ts';
import { signWebhook } from '#test/carriers/vonage-signing.ts';

import { testProvider } from './provider-suite.ts';
import type { CarrierUnderTest, Sample } from './provider-under-test.ts';
import { VonageDesk, byApplication, openVonage, readBody } from './vonage-desk.ts';

type Means = Sample['means'][number];

const rejected = '15550101210';
const unreached = '15550101100';
const throttled = '15550101000';

/** What is done to the carrier, and what each callback that follows must mean. */
async function sample(
  desk: VonageDesk,
  what: string,
  { deed, means }: { readonly deed: () => Promise<unknown>; readonly means: readonly Means[] },
): Promise<Sample[]> {
  const before = desk.receiver.calls.length;
  await deed();
  const calls = await desk.receiver.waitFor(before + means.length);
  return calls.slice(before).map((raw, index) => ({
    what: `${what} ${index}`,
    raw,
    means: means.slice(index, index + 1),
  }));
}

async function sampleAll(desk: VonageDesk): Promise<Sample[]> {
  const { adapter } = desk.connect();
  const media = (name: string): string => `${desk.carrier.url}/v3/media/${name}`;
  const from = { kind: 'text-received', from: '+15550100100', to: `+${ours}`, part: null } as const;
  const arrives = (what: string, message: object, means: object): Promise<Sample[]> =>
    sample(desk, what, {
      deed: () => desk.carrier.callbacks.receive(message),
      means: [{ ...from, ...means }],
    });
  const receipts = (to: string, means: readonly object[]): Promise<Sample[]> => {
    const text = desk.text({ to });
    const told = { kind: 'receipt', reference: text.uid } as const;
    return sample(desk, to, {
      deed: () => adapter.send(text, 5_000),
      means: means.map((each) => ({ ...told, ...each })),
    });
  };
  const picture = { url: media('1'), caption: 'the menu', name: 'x.jpg' };
  const paid = { segments: 1, priceMicros: 8_500, feeMicros: null, currency: 'EUR' };
  return [
    ...(await arrives('a text', { text: 'STOP' }, { text: 'STOP', media: [] })),
    ...(await arrives(
      'a picture',
      { channel: 'mms', message_type: 'image', image: picture },
      { text: 'the menu', media: [{ url: media('1'), type: null }] },
    )),
    ...(await arrives(
      'several',
      { channel: 'mms', message_type: 'content', content: [{ type: 'image', url: media('2') }] },
      { text: '', media: [{ url: media('2'), type: null }] },
    )),
    ...(await receipts('+15550100101', [
      { state: 'sent', failure: null, billing: paid },
      { state: 'delivered', failure: null, billing: paid },
    ])),
    ...(await receipts(`+${rejected}`, [
      { state: 'sent' },
      { state: 'failed', failure: { kind: 'filtered', raw: '1210: What went wrong' } },
    ])),
    ...(await receipts(`+${unreached}`, [
      { state: 'failed', failure: { kind: 'carrier-trouble', raw: '1100: What went wrong' } },
    ])),
  ];
}

const received = {
  message_uuid: 'aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab',
  channel: 'mms',
  message_type: 'image',
  from: '15550100100',
  to: ours,
  timestamp: '2026-11-21T10:00:00.000Z',
  image: { url: 'https://api-us.nexmo.com/v3/media/1b2c', caption: 'hi' },
};
const status = {
  message_uuid: received.message_uuid,
  to: '15550100100',
  from: ours,
  timestamp: received.timestamp,
  status: 'rejected',
  channel: 'sms',
  client_ref: 'r',
  error: { type: 'https://developer.nexmo.com/api-errors#1000', title: 1000, detail: 'Throttled' },
  usage: { currency: 'EUR', price: '0.0333' },
  sms: { count_total: '2' },
};
const { message_uuid: _id, ...withoutId } = received;

const hostileBodies: CarrierUnderTest['hostileBodies'] = Object.entries({
  'another channel': { ...received, channel: 'whatsapp' },
  'a type that is no text': { ...received, message_type: 'location' },
  'a type that is a number': { ...received, message_type: 7 },
  'no id': withoutId,
  'an id of 10 KB': { ...received, message_uuid: 'x'.repeat(10_240) },
  'an id with a line break': { ...received, message_uuid: 'a\nb' },
  'no sender': { ...received, from: undefined },
  'a sender that is an object': { ...received, from: { number: ours } },
  'an image without an address': { ...received, image: {} },
  'an image that is a path': { ...received, image: { url: 'file:///etc/passwd' } },
  'an image type without an image': { ...received, image: undefined },
  'content that is an object': { ...received, content: { url: 'https://a.example/' } },
  'content of 51 parts': {
    ...received,
    content: Array(51).fill({ type: 'file', ...received.image }),
  },
  'a text that is a number': { ...received, message_type: 'text', text: 7 },
  'a time that is none': { ...received, timestamp: 'yesterday' },
  'a receipt without an id': { ...status, message_uuid: undefined },
  'a state that is a number': { ...status, status: 3 },
  'a receipt at no time': { ...status, timestamp: 'soon' },
  'an error that is a word': { ...status, error: 'oops' },
  'a price that is a list': { ...status, usage: { currency: 'EUR', price: [] } },
}).map(([what, body]) => ({ what, body: JSON.stringify(body) }));

async function startVonage(): Promise<CarrierUnderTest> {
  const desk = await VonageDesk.open();
  const { fates } = desk.carrier.book;
  fates.set(rejected, { kind: 'tell', statuses: [['submitted'], ['rejected', '1210']] });
  fates.set(unreached, { kind: 'tell', statuses: [['undeliverable', '1100']] });
  fates.set(throttled, { kind: 'throttle', retryAfter: '3' });
  fates.set('15550101240', { kind: 'refuse', code: '1240' });
  const next = 'the-signature-secret-after-that';
  return {
    baseUrl: desk.carrier.url,
    credentials: byApplication,
    rotatedCredentials: {
      ...byApplication,
      signatureSecret: next,
      previousSignatureSecret: signatureSecret,
    },
    wrongCredentials: { ...byApplication, privateKey: strangersKey },
    neededCredentials: ['apiKey', 'apiSecret', 'signatureSecret'],
    secrets: { current: signatureSecret, next },
    ours: `+${ours}`,
    recipients: {
      taken: '+15550100101',
      refused: [
        { to: '+15550101240', kind: 'opted-out' },
        { to: '911', kind: 'invalid-number' },
      ],
      rateLimited: { to: `+${throttled}`, retryAfterMs: 3_000 },
    },
    refusedTexts: [
      { what: 'too long', change: { text: 'x'.repeat(1_001) }, kind: 'too-long' },
      { what: 'a picture at no address', change: { mediaUrls: ['cat.png'] }, kind: 'media' },
      { what: 'from a foreign number', change: { from: '+15550109999' }, kind: 'not-allowed' },
    ],
    unsentStatuses: [429],
    listKeeps: { reference: true, text: true },
    takenStatus: 202,
    notTaken: [
      '{"message_uuid":7}',
      '{"message_uuid":""}',
      '{"message-uuid":"aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab"}',
      '{"type":"https://developer.nexmo.com/api-errors#1000","title":"Throttled"}',
    ],
    complaint: (code) => ({
      status: 422,
      body: JSON.stringify({ type: `https://x.example/#${code}`, title: 'No', detail: 'No.' }),
    }),
    samples: () => sampleAll(desk),
    sign: (body, { at, secret }) => ({ authorization: signWebhook(body, { at, secret }) }),
    signatureHeader: 'authorization',
    toleranceMs: 86_400_000,
    aheadMs: 300_000,
    hostileBodies,
    [Symbol.asyncDispose]: () => desk[Symbol.asyncDispose](),
  };
}

testProvider({ definition: vonage, start: startVonage });

test('the hostile bodies are hostile in that one place: what they were made of is readable', () => {
  for (const body of [received, status]) {
    expect(readBody({ ...body, more: { to: 'come' } })).toHaveLength(1);
    expect(readBody({ ...body, timestamp: undefined })).toHaveLength(1);
  }
});

test('a failure to understand names the field and quotes nothing', () => {
  expect(() => readBody({ ...received, image: { url: 'javascript:alert(1)' } })).toThrow(
    /^the body is not a known callback: image.url is wrong$/,
  );
});

test('the registry offers it', () => {
  expect(findProvider('vonage')).toBe(vonage);
  expect(openVonage().adapter.capabilities).toBe(vonage.capabilities);
});
