import { expect, test } from 'vitest';

import { plivo } from '#main/providers/plivo/adapter.ts';
import { findProvider } from '#main/providers/registry.ts';
import { plivoV3 } from '#test/carriers/plivo-signing.ts';

import { PlivoDesk, callback, ours, theirs, uid } from './plivo-desk.ts';
import { testProvider } from './provider-suite.ts';
import type { CarrierUnderTest, Sample } from './provider-under-test.ts';

const text = {
  MessageUUID: '7d5e0000-0000-4000-8000-000000000001',
  From: '15550100199',
  To: '15550100001',
  Type: 'sms',
  Text: 'Hi',
};
const receipt = {
  MessageUUID: '7d5e0000-0000-4000-8000-000000000002',
  From: '15550100001',
  To: '15550100199',
  Status: 'sent',
  ErrorCode: '000',
};
const without = (form: Record<string, string>, name: string): Record<string, string> =>
  Object.fromEntries(Object.entries(form).filter(([each]) => each !== name));

const hostileBodies = Object.entries({
  'no id': without(text, 'MessageUUID'),
  'an empty id': { ...text, MessageUUID: '' },
  'an id of 10 KB': { ...text, MessageUUID: 'f'.repeat(10_240) },
  'an id with a line break': { ...text, MessageUUID: 'a\nb' },
  'an id that is a path': { ...text, MessageUUID: '../Number/1' },
  'no sender': without(text, 'From'),
  'an empty sender': { ...text, From: '' },
  'a sender of 1 KB': { ...text, From: '1'.repeat(1_024) },
  'no recipient': without(text, 'To'),
  'neither words nor pictures nor a standing': without(text, 'Text'),
  'a picture that is a path': { ...text, Media0: 'file:///etc/passwd' },
  'a picture that is a script': { ...text, Media0: 'javascript:alert(1)' },
  'a picture at an empty address': { ...text, Media1: '' },
  'a picture at an address of 10 KB': {
    ...text,
    Media0: `https://x.example/${'a'.repeat(10_240)}`,
  },
  'an empty standing': { ...receipt, Status: '' },
  'a standing of 1 KB': { ...receipt, Status: 's'.repeat(1_024) },
  'a receipt of nothing': without(receipt, 'MessageUUID'),
}).map(([what, form]) => ({ what, body: new URLSearchParams(form).toString() }));

async function sampleAll(desk: PlivoDesk): Promise<Sample[]> {
  const { carrier } = desk;
  const id = await desk.send('Hi Sam');
  const of = { kind: 'receipt', providerMessageId: id, reference: uid } as const;
  const happenedAt = expect.any(Number) as unknown as number;
  const billing = { segments: 1, priceMicros: 5_500, feeMicros: null, currency: 'USD' };
  const receive = (words: string, media: string[] = []) =>
    carrier.receive({ from: '15550100199', to: '15550100001', text: words, media });
  const pictures = ['a.jpg', 'b.jpg'].map((name) => ({
    url: `${carrier.url}/media/${name}`,
    type: null,
  }));
  const deeds: readonly [string, () => Promise<unknown>, Sample['means'][number]][] = [
    [
      'a text',
      () => receive('Grüße 👋 = & + %'),
      {
        kind: 'text-received',
        from: theirs,
        to: ours,
        text: 'Grüße 👋 = & + %',
        media: [],
        part: null,
      },
    ],
    ['an empty text', () => receive(''), { kind: 'text-received', text: '', media: [] }],
    [
      'pictures, counted from 0',
      () => receive('Look', ['a.jpg', 'b.jpg']),
      { kind: 'text-received', text: 'Look', media: pictures },
    ],
    [
      'pictures, counted from 1',
      () => {
        carrier.firstMedium = 1;
        return receive('', ['a.jpg', 'b.jpg']);
      },
      { kind: 'text-received', text: '', media: pictures },
    ],
    [
      'a text of a short code',
      () => carrier.receive({ from: '24273', to: '15550100001', text: 'code 1' }),
      { kind: 'text-received', from: '24273', to: ours },
    ],
    ['queued', () => carrier.tell(id, 'queued'), { ...of, state: 'accepted', happenedAt, billing }],
    ['sent', () => carrier.tell(id, 'sent'), { ...of, state: 'sent', failure: null, happenedAt }],
    [
      'delivered',
      () => carrier.tell(id, 'delivered'),
      { ...of, state: 'delivered', failure: null },
    ],
    [
      'undelivered',
      () => carrier.tell(id, 'undelivered', '30'),
      { ...of, state: 'failed', failure: { kind: 'filtered', raw: '30' } },
    ],
    [
      'failed',
      () => carrier.tell(id, 'failed', '900'),
      { ...of, state: 'failed', failure: { kind: 'balance', raw: '900' } },
    ],
  ];
  const samples: Sample[] = [];
  for (const [what, deed, means] of deeds)
    for (const raw of await desk.during(deed)) samples.push({ what, raw, means: [means] });
  expect(samples).toHaveLength(deeds.length);
  return samples;
}

async function startPlivo(): Promise<CarrierUnderTest> {
  const desk = await PlivoDesk.start();
  const { carrier, credentials } = desk;
  const next = 'the-token-after-that';
  return {
    baseUrl: carrier.url,
    credentials,
    rotatedCredentials: {
      ...credentials,
      authToken: next,
      previousAuthToken: carrier.authToken,
    },
    wrongCredentials: { ...credentials, authToken: 'not-the-token' },
    neededCredentials: ['authId', 'authToken'],
    secrets: { current: carrier.authToken, next },
    ours,
    recipients: {
      taken: theirs,
      refused: [
        { to: '911x', kind: 'invalid-number' },
        { to: '+15550100104', kind: 'invalid-number' },
        { to: '+442079460958', kind: 'not-allowed' },
      ],
      rateLimited: { to: '+15550100107', retryAfterMs: 1_000 },
    },
    refusedTexts: [
      { what: 'too long', change: { text: 'x'.repeat(1_601) }, kind: 'too-long' },
      {
        what: 'too long beyond the basic letters',
        change: { text: 'ж'.repeat(738) },
        kind: 'too-long',
      },
      { what: 'a picture at no address', change: { mediaUrls: ['cat.png'] }, kind: 'media' },
      {
        what: 'eleven pictures',
        change: { mediaUrls: Array.from({ length: 11 }, (_, at) => `https://x.example/${at}.png`) },
        kind: 'media',
      },
      { what: 'from a foreign number', change: { from: '+15550109999' }, kind: 'not-allowed' },
    ],
    unsentStatuses: [429],
    listKeeps: { reference: false, text: false },
    takenStatus: 202,
    notTaken: [
      '{"message":"message(s) queued","message_uuid":[],"api_id":"x"}',
      '{"message":"message(s) queued","message_uuid":"7d5e"}',
      '{"message":"message(s) queued","message_uuid":[7]}',
      '{"error":"no"}',
    ],
    complaint: (code) => ({
      status: 400,
      body: JSON.stringify({ api_id: 'x', error: `${code} happened` }),
    }),
    samples: () => sampleAll(desk),
    sign(body, { url, secret }) {
      const form = new TextDecoder('utf-8', { ignoreBOM: true }).decode(body);
      const nonce = 'f4b1c2d3e5';
      const signature = plivoV3({ url, form, nonce, token: secret });
      return { 'x-plivo-signature-v3': signature, 'x-plivo-signature-v3-nonce': nonce };
    },
    signatureHeader: 'x-plivo-signature-v3',
    severalSignatures: true,
    toleranceMs: null,
    hostileBodies,
    [Symbol.asyncDispose]: () => desk[Symbol.asyncDispose](),
  };
}

testProvider({ definition: plivo, start: startPlivo });

test('the registry knows it', () => {
  expect(findProvider('plivo')).toBe(plivo);
});

test('the hostile bodies are hostile in that one place: what they were made of is readable', async () => {
  await using desk = await PlivoDesk.start();
  for (const form of [text, receipt, { ...text, Media0: 'https://x.example/a.jpg' }])
    expect(desk.adapter.readDelivery(callback(form))).toHaveLength(1);
});
