import { createHmac } from 'node:crypto';

import { expect, test } from 'vitest';

import { findProvider, providers } from '#main/providers/registry.ts';
import { sandbox } from '#main/providers/sandbox/adapter.ts';
import { SandboxDesk, ours, webhookSecret } from '#test/fakes/sandbox-desk.ts';

import { testProvider } from './provider-suite.ts';
import type { CarrierUnderTest, Sample } from './provider-under-test.ts';

const numberEnding = (ending: string): string => `+1555010${ending}`;

/** Sends a text to a number and says what each callback that follows must mean, in its order. */
async function sample(
  desk: SandboxDesk,
  ending: string,
  means: readonly Sample['means'][number][],
): Promise<Sample[]> {
  const before = desk.receiver.calls.length;
  const sent = await desk.send(numberEnding(ending), { reference: `ref-${ending}` });
  expect(sent.status).toBe(202);
  const calls = await desk.receiver.waitFor(before + means.length);
  return calls.slice(before).map((raw, index) => ({
    what: `${ending} ${index}`,
    raw,
    means: means.slice(index, index + 1),
  }));
}

async function sampleAll(desk: SandboxDesk): Promise<Sample[]> {
  const receipts = (ending: string): Sample['means'][number][] =>
    (['sent', 'delivered'] as const).map((state) => ({
      kind: 'receipt',
      state,
      failure: null,
      reference: `ref-${ending}`,
      providerMessageId: expect.stringMatching(/^msg_/) as unknown as string,
      happenedAt: expect.any(Number) as unknown as number,
    }));
  const text = (ending: string) =>
    ({ kind: 'text-received', from: numberEnding(ending), to: ours }) as const;
  const part = (sequence: number) =>
    ({
      ...text('0111'),
      media: [],
      part: { reference: expect.any(Number) as unknown as number, width: 8, total: 3, sequence },
    }) as const;
  const picture = [
    { url: expect.stringMatching(/\.png$/) as unknown as string, type: 'image/png' },
  ];
  const sound = [{ url: expect.stringMatching(/\.wav$/) as unknown as string, type: 'audio/wav' }];
  const call = { direction: 'out', line: ours, peer: numberEnding('0112') } as const;
  const failed = (kind: 'unreachable' | 'filtered', raw: string) =>
    ({ kind: 'receipt', state: 'failed', failure: { kind, raw } }) as const;
  return [
    ...(await sample(desk, '0114', [
      ...receipts('0114'),
      { ...text('0114'), text: 'HELP', media: [], part: null },
    ])),
    ...(await sample(desk, '0109', [...receipts('0109'), { ...text('0109'), media: picture }])),
    ...(await sample(desk, '0111', [...receipts('0111'), ...[3, 1, 3, 2].map(part)])),
    ...(await sample(desk, '0112', [
      ...receipts('0112'),
      { kind: 'call', ...call, outcome: 'missed', seconds: 0 },
      { kind: 'voicemail', ...call, seconds: 3, media: sound },
    ])),
    ...(await sample(desk, '0102', [
      { kind: 'receipt', state: 'sent' },
      failed('unreachable', 'unreachable'),
    ])),
    ...(await sample(desk, '0103', [
      { kind: 'receipt', state: 'sent' },
      failed('filtered', 'spam'),
    ])),
  ];
}

const received = {
  id: 'evt_1',
  type: 'message.received',
  occurred_at: '2026-11-21T10:00:00.000Z',
  message: { id: 'msg_1', from: '+15550100100', to: ours, text: 'hi', media: [], part: null },
};
const status = {
  ...received,
  type: 'message.status',
  message: { id: 'msg_1', reference: 'r', status: 'sent', error_code: null },
};
const voicemail = {
  ...received,
  type: 'voicemail.left',
  call: { id: 'call_1', direction: 'out', from: ours, to: '+15550100112' },
  seconds: 3,
  recording: { url: 'http://127.0.0.1:1/v1/media/x.wav', type: 'audio/wav' },
};
const { id: _id, ...withoutId } = received;
const part = { reference: 1, total: 3, sequence: 1 };

const hostileBodies: CarrierUnderTest['hostileBodies'] = Object.entries({
  'an unknown type': { ...received, type: 'message.dreamt' },
  'a type that is a number': { ...received, type: 1 },
  'no id': withoutId,
  'an id of 10 KB': { ...received, id: 'x'.repeat(10_240) },
  'an id that is a number': { ...received, id: 7 },
  'an id with a line break': { ...received, id: 'evt\n1' },
  'no message': { ...received, message: undefined },
  'a message that is an array': { ...received, message: [] },
  'a message id of 10 KB': {
    ...received,
    message: { ...received.message, id: 'x'.repeat(10_240) },
  },
  'a text that is an object': { ...received, message: { ...received.message, text: {} } },
  'media that is a path': {
    ...received,
    message: { ...received.message, media: [{ url: 'file:///etc/passwd', type: null }] },
  },
  'part 4 of 3': { ...received, message: { ...received.message, part: { ...part, sequence: 4 } } },
  'part 0': { ...received, message: { ...received.message, part: { ...part, sequence: 0 } } },
  'a part of 2^53': {
    ...received,
    message: { ...received.message, part: { ...part, reference: 2 ** 53 } },
  },
  'a time that is none': { ...received, occurred_at: 'yesterday' },
  'a state nobody knows': { ...status, message: { ...status.message, status: 'evaporated' } },
  'a voicemail of -1 s': { ...voicemail, seconds: -1 },
  'a voicemail of half a second': { ...voicemail, seconds: 0.5 },
  'a voicemail longer than a week': { ...voicemail, seconds: 1e300 },
}).map(([what, body]) => ({ what, body: JSON.stringify(body) }));

async function startSandbox(): Promise<CarrierUnderTest> {
  const desk = await SandboxDesk.open({ speed: 100 });
  const credentials = { apiKey: 'key-for-the-sandbox', webhookSecret };
  const next = 'the-secret-after-that';
  return {
    baseUrl: desk.carrier.url,
    credentials,
    rotatedCredentials: {
      ...credentials,
      webhookSecret: next,
      previousWebhookSecret: webhookSecret,
    },
    neededCredentials: ['apiKey', 'webhookSecret'],
    secrets: { current: webhookSecret, next },
    ours,
    recipients: {
      taken: numberEnding('0106'),
      refused: [
        { to: numberEnding('0104'), kind: 'landline' },
        { to: numberEnding('0105'), kind: 'opted-out' },
        { to: '911', kind: 'invalid-number' },
      ],
      rateLimited: { to: numberEnding('0107'), retryAfterMs: 1_000 },
    },
    refusedTexts: [
      { what: 'too long', change: { text: 'x'.repeat(1_601) }, kind: 'too-long' },
      { what: 'a picture at no address', change: { mediaUrls: ['cat.png'] }, kind: 'media' },
      { what: 'from a foreign number', change: { from: '+15550109999' }, kind: 'not-allowed' },
    ],
    unsentStatuses: [429, 503],
    listKeeps: { reference: true, text: true },
    takenStatus: 202,
    notTaken: [
      '{"id":7,"status":"accepted","reference":"r"}',
      '{"id":"msg_1","status":"accepted","reference":"of another text"}',
      '{"id":"msg_1","status":"pondering","reference":"r"}',
      '{"error":{"code":"landline","message":"no"}}',
    ],
    complaint: (code) => ({
      status: 422,
      body: JSON.stringify({ error: { code, message: 'No.' } }),
    }),
    samples: () => sampleAll(desk),
    sign(body, { at, secret }) {
      const timestamp = String(Math.floor(at / 1_000));
      const signed = createHmac('sha256', secret).update(`${timestamp}.`).update(body);
      return { 'x-sandbox-timestamp': timestamp, 'x-sandbox-signature': signed.digest('hex') };
    },
    signatureHeader: 'x-sandbox-signature',
    toleranceMs: 300_000,
    hostileBodies,
    [Symbol.asyncDispose]: () => desk[Symbol.asyncDispose](),
  };
}

testProvider({ definition: sandbox, start: startSandbox });

test('the hostile bodies are hostile in that one place: what they were made of is readable', async () => {
  const { adapter } = sandbox.open({
    connectionId: 'c1',
    baseUrl: 'http://127.0.0.1:1',
    credentials: { apiKey: 'k', webhookSecret: 's' },
    numbers: [],
    hooks: [],
  });
  for (const body of [received, status, voicemail]) {
    const bytes = new TextEncoder().encode(JSON.stringify({ ...body, more: { to: 'come' } }));
    const raw = {
      provider: 'sandbox',
      connectionId: 'c1',
      method: 'POST',
      url: 'https://hooks.example/',
      headers: {},
      body: bytes,
      receivedAt: 0,
    };
    expect(adapter.readDelivery(raw)).toHaveLength(1);
  }
});

test.each([null, '', 'not an address', 'ftp://127.0.0.1/'])(
  'a sandbox connection to %s does not open and says what it needs',
  (baseUrl) => {
    const credentials = { apiKey: 'hush-hush', webhookSecret: 'hush' };
    expect(() =>
      sandbox.open({ connectionId: 'c1', baseUrl, credentials, numbers: [], hooks: [] }),
    ).toThrow(/^Sandbox connection: baseUrl must be the http address/);
  },
);

test('the registry finds a carrier by its id, and nothing by another', () => {
  expect(findProvider('sandbox')).toBe(sandbox);
  expect(findProvider('Sandbox')).toBeUndefined();
  expect(findProvider('__proto__')).toBeUndefined();
  expect(new Set(providers.map(({ id }) => id)).size).toBe(providers.length);
});
