import { expect, test } from 'vitest';

import { flowroute } from '#main/providers/flowroute/adapter.ts';
import { findProvider } from '#main/providers/registry.ts';

import { FlowrouteDesk, callback, ours, theirs, uid } from './flowroute-desk.ts';
import { testProvider } from './provider-suite.ts';
import type { CarrierUnderTest, Sample } from './provider-under-test.ts';

const text = {
  data: {
    id: 'mdr2-00000000000011eeaaaa000000000002',
    type: 'message',
    attributes: { from: '15550100199', to: '15550100001', body: 'hi', direction: 'inbound' },
  },
};
const receipt = {
  data: {
    id: 'mdr2-00000000000011eeaaaa000000000001',
    type: 'delivery_receipt',
    attributes: { level: 2, status: 'message buffered', status_code: 1_003 },
  },
};
const picture = { id: 'm1.jpg', type: 'media', attributes: { url: 'https://x.example/m1.jpg' } };
const withAttributes = (change: object) => ({
  data: { ...text.data, attributes: { ...text.data.attributes, ...change } },
});

const hostileBodies = Object.entries({
  'an unknown type': { data: { ...text.data, type: 'event' } },
  'no type': { data: { ...text.data, type: undefined } },
  'no id': { data: { ...text.data, id: undefined } },
  'an id that is a path': { data: { ...text.data, id: 'mdr2-../../numbers' } },
  'an id of 10 KB': { data: { ...text.data, id: `mdr2-${'f'.repeat(10_240)}` } },
  'an id of another carrier': { data: { ...text.data, id: 'SM0123456789' } },
  'no attributes': { data: { ...text.data, attributes: undefined } },
  'attributes that are a list': { data: { ...text.data, attributes: [] } },
  'no direction': withAttributes({ direction: undefined }),
  'a direction nobody knows': withAttributes({ direction: 'sideways' }),
  'no sender': withAttributes({ from: undefined }),
  'an empty sender': withAttributes({ from: '' }),
  'a sender of 1 KB': withAttributes({ from: '1'.repeat(1_024) }),
  'a recipient that is an object': withAttributes({ to: {} }),
  'a negative recipient': withAttributes({ to: -1 }),
  'words that are a list': withAttributes({ body: [] }),
  'a picture that is a path': {
    ...text,
    included: [{ ...picture, attributes: { url: 'file:///etc/passwd' } }],
  },
  'a picture without an address': { ...text, included: [{ ...picture, attributes: {} }] },
  'a receipt without attributes': { data: { ...receipt.data, attributes: undefined } },
  'a receipt of nothing': { data: { ...receipt.data, id: null } },
  'data twice too deep': { data: { data: text } },
}).map(([what, body]) => ({ what, body: JSON.stringify(body) }));

async function sampleAll(desk: FlowrouteDesk): Promise<Sample[]> {
  const { carrier } = desk;
  const id = await desk.send('Hi Sam');
  const of = { kind: 'receipt', providerMessageId: id, reference: uid } as const;
  const [buffered, submitted] = [
    { status: 'message buffered', status_code_description: 'Message accepted by Carrier' },
    { status: 'smsc submit', status_code_description: 'Message has been sent' },
  ];
  const deeds: readonly [string, () => Promise<unknown>, Sample['means'][number]][] = [
    [
      'a text',
      () => carrier.receive({ from: '+15550100199', to: '15550100001', body: 'Grüße 👋' }),
      { kind: 'text-received', from: theirs, to: ours, text: 'Grüße 👋', media: [], part: null },
    ],
    [
      'a text of a short code',
      () => carrier.receive({ from: '24273', to: '15550100001', body: 'code 1' }),
      { kind: 'text-received', from: '24273', to: ours, text: 'code 1' },
    ],
    [
      'pictures without words',
      () => carrier.receive({ from: theirs, to: '15550100001', body: null, media: ['a', 'b'] }),
      {
        kind: 'text-received',
        text: '',
        media: ['a', 'b'].map((name) => ({
          url: `${carrier.url}/media-store/${name}?Signature=good`,
          type: 'image/jpeg',
        })),
      },
    ],
    [
      'handed on',
      () => carrier.tell(id, { level: 1, status_code: null, ...submitted }),
      { ...of, state: 'sent', failure: null },
    ],
    [
      'taken by the network',
      () => carrier.tell(id, { level: 2, status_code: 1_003, ...buffered }),
      { ...of, state: 'sent', failure: null },
    ],
    [
      'delivered',
      () => {
        const words = {
          status: 'delivered',
          status_code_description: 'Message delivered to handset',
        };
        return carrier.tell(id, { level: 2, status_code: '1004', ...words });
      },
      { ...of, state: 'delivered', failure: null },
    ],
    [
      'blocked',
      () => {
        const words = { status: 'failed', status_code_description: 'User Opted Out (STOP)' };
        return carrier.tell(id, { level: 2, status_code: 1_110, ...words });
      },
      {
        ...of,
        state: 'failed',
        failure: { kind: 'opted-out', raw: '1110: User Opted Out (STOP)' },
      },
    ],
  ];
  const samples: Sample[] = [];
  for (const [what, deed, means] of deeds)
    for (const raw of await desk.during(deed)) samples.push({ what, raw, means: [means] });
  expect(samples).toHaveLength(deeds.length);
  return samples;
}

async function startFlowroute(): Promise<CarrierUnderTest> {
  const desk = await FlowrouteDesk.start();
  const { carrier } = desk;
  const credentials = { ...carrier.keys };
  return {
    baseUrl: carrier.url,
    credentials,
    rotatedCredentials: credentials,
    neededCredentials: ['accessKey', 'secretKey'],
    secrets: { current: '', next: '' },
    ours,
    recipients: {
      taken: theirs,
      refused: [
        { to: '+15550100105', kind: 'opted-out' },
        { to: '911', kind: 'invalid-number' },
      ],
      rateLimited: { to: '+15550100107', retryAfterMs: 1_000 },
    },
    refusedTexts: [
      { what: 'a picture at no address', change: { mediaUrls: ['cat.png'] }, kind: 'media' },
      {
        what: 'a picture that is too big',
        change: { mediaUrls: ['https://x.example/huge.jpg'] },
        kind: 'media',
      },
      { what: 'from a foreign number', change: { from: '+15550109999' }, kind: 'not-allowed' },
      {
        what: 'from a number that does not text',
        change: { from: '+15550100003' },
        kind: 'not-allowed',
      },
    ],
    unsentStatuses: [429],
    listKeeps: { reference: false, text: true },
    takenStatus: 202,
    notTaken: [
      '{"data":{"id":7}}',
      '{"data":{"id":"SM1","type":"message"}}',
      '{"data":[]}',
      '{"errors":[{"status":422,"detail":"no"}]}',
    ],
    complaint: (code) => ({
      status: 400,
      body: JSON.stringify({
        errors: [{ id: 'x', status: 400, title: 'No', detail: 'No.', code }],
      }),
    }),
    samples: () => sampleAll(desk),
    sign: () => ({}),
    signatureHeader: '',
    toleranceMs: null,
    hostileBodies,
    [Symbol.asyncDispose]: () => desk[Symbol.asyncDispose](),
  };
}

testProvider({ definition: flowroute, start: startFlowroute });

test('the registry knows it', () => {
  expect(findProvider('flowroute')).toBe(flowroute);
});

test('the hostile bodies are hostile in that one place: what they were made of is readable', async () => {
  await using desk = await FlowrouteDesk.start();
  for (const body of [text, { ...text, included: [picture] }, receipt, { data: text }])
    expect(desk.adapter.readDelivery(callback(body))).toHaveLength(1);
});
