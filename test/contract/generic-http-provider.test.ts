import { expect, test } from 'vitest';

import { genericHttp } from '#main/providers/generic-http/adapter.ts';
import { findProvider } from '#main/providers/registry.ts';
import type { Capabilities } from '#shared/provider/capabilities.ts';
import { ours } from '#test/carriers/generic-account.ts';
import { GenericCarrier } from '#test/carriers/generic-carrier.ts';
import { type HookSigning, signHook } from '#test/carriers/generic-hooks.ts';
import { WebhookReceiver } from '#test/fakes/webhook-receiver.ts';

import {
  callOf,
  type Credentials,
  inJson,
  openGeneric,
  plainNames,
  readCall,
  textOf,
  webhookSecret,
} from './generic-desk.ts';
import { testProvider } from './provider-suite.ts';
import type { CarrierUnderTest, Sample } from './provider-under-test.ts';

const signing: HookSigning = {
  secret: webhookSecret,
  header: 'x-signature',
  algorithm: 'sha256',
  encoding: 'hex',
  timestampHeader: 'x-timestamp',
};

const text = {
  type: 'text.received',
  at: '2026-11-21T10:00:00Z',
  text: { id: 41, sender: '15550100100', recipient: '+1 (555) 010-0001', words: 'hi' },
};
const receipt = {
  type: 'text.status',
  at: 1_763_719_200,
  id: '9007199254740994',
  status: 'delivered',
  reference: '01890000-0000-7000-8000-000000000001',
};

const hostileBodies = Object.entries({
  'a text without a sender': { ...text, text: { ...text.text, sender: undefined } },
  'a sender that is a list': { ...text, text: { ...text.text, sender: ['1', '2'] } },
  'a sender with a line break': { ...text, text: { ...text.text, sender: '1555\n0100' } },
  'a sender of 1 KB': { ...text, text: { ...text.text, sender: '1'.repeat(1_024) } },
  'a recipient that is an object': { ...text, text: { ...text.text, recipient: {} } },
  'a text without an id': { ...text, text: { ...text.text, id: null } },
  'an id of 10 KB': { ...text, text: { ...text.text, id: 'x'.repeat(10_240) } },
  'an id with a line break': { ...text, text: { ...text.text, id: 'a\nb' } },
  'an id that is an object': { ...text, text: { ...text.text, id: {} } },
  'no words and no pictures': { ...text, text: { ...text.text, words: undefined } },
  'words that are an object': { ...text, text: { ...text.text, words: {} } },
  'pictures at a path': { ...text, text: { ...text.text, files: [{ url: 'file:///etc/passwd' }] } },
  'pictures that are objects': { ...text, text: { ...text.text, files: [{ url: {} }] } },
  'pictures by the hundred': {
    ...text,
    text: { ...text.text, files: Array(100).fill({ url: 'https://a.example/' }) },
  },
  'a text that is a list': { ...text, text: [] },
  'a receipt of nothing': { ...receipt, id: undefined, reference: undefined },
  'a receipt without a status': { ...receipt, status: undefined },
  'a status that is an object': { ...receipt, status: {} },
}).map(([what, body]) => ({ what, body: JSON.stringify(body) }));

async function sampleAll(carrier: GenericCarrier, receiver: WebhookReceiver): Promise<Sample[]> {
  const picture = `${carrier.url}/files/1.jpg`;
  const happenedAt = 1_763_719_200_000;
  const told: readonly (readonly [string, object, Sample['means'][number]])[] = [
    [
      'a text',
      text,
      {
        kind: 'text-received',
        providerMessageId: '41',
        from: '+15550100100',
        to: ours,
        text: 'hi',
      },
    ],
    [
      'a picture',
      {
        ...text,
        text: { ...text.text, id: 42, words: '', files: [{ url: picture, type: 'image/jpeg' }] },
      },
      { kind: 'text-received', text: '', media: [{ url: picture, type: 'image/jpeg' }] },
    ],
    [
      'a short code',
      { ...text, text: { ...text.text, id: 43, sender: 24_273 } },
      { kind: 'text-received', from: '24273', media: [], part: null },
    ],
    ...(['queued', 'Sent', 'delivered'] as const).map(
      (status): readonly [string, object, Sample['means'][number]] => [
        status,
        { ...receipt, status },
        {
          kind: 'receipt',
          providerMessageId: receipt.id,
          reference: receipt.reference,
          state: status === 'queued' ? 'accepted' : status === 'Sent' ? 'sent' : 'delivered',
          failure: null,
          happenedAt,
        },
      ],
    ),
    [
      'failed',
      { ...receipt, status: 'failed', error: { code: 4_001, words: 'a landline' } },
      { kind: 'receipt', state: 'failed', failure: { kind: 'landline', raw: '4001: a landline' } },
    ],
  ];
  const samples: Sample[] = [];
  for (const [what, body, means] of told) {
    const before = receiver.calls.length;
    await carrier.tell(body, receiver.url);
    const calls = receiver.calls.slice(before);
    samples.push(...calls.map((raw) => ({ what, raw, means: [means] })));
  }
  expect(samples).toHaveLength(told.length);
  return samples;
}

async function startGeneric(): Promise<CarrierUnderTest> {
  const carrier = await GenericCarrier.start();
  const receiver = await WebhookReceiver.start('generic-http');
  carrier.signing = signing;
  const next = 'the secret after that';
  return {
    baseUrl: carrier.url,
    credentials: inJson,
    rotatedCredentials: { ...inJson, webhookSecret: next, previousWebhookSecret: webhookSecret },
    wrongCredentials: { ...inJson, token: 'of somebody else' },
    neededCredentials: ['sendPath', 'token', 'messageId', 'webhookSecret', 'timestampHeader'],
    plainCredentials: plainNames,
    secrets: { current: webhookSecret, next },
    ours,
    recipients: {
      taken: '+15550100101',
      refused: [
        { to: '+15550100104', kind: 'landline' },
        { to: '+15550100105', kind: 'opted-out' },
        { to: '911', kind: 'invalid-number' },
      ],
      rateLimited: { to: '+15550100107', retryAfterMs: 1_000 },
    },
    refusedTexts: [
      { what: 'too long', change: { text: 'x'.repeat(1_601) }, kind: 'too-long' },
      { what: 'a picture at no address', change: { mediaUrls: ['cat.png'] }, kind: 'media' },
      { what: 'from a foreign number', change: { from: '+15550109999' }, kind: 'not-allowed' },
    ],
    unsentStatuses: [429],
    listKeeps: { reference: false, text: false },
    takenStatus: 202,
    notTaken: [
      '{"data":[{"id":null}]}',
      '{"data":[{"id":{}}]}',
      '{"data":[{"id":""}]}',
      '{"date":{"id":7}}',
      `{"data":[{"id":"${'x'.repeat(400)}"}]}`,
      '{"errors":[{"code":"98765","detail":"no"}]}',
    ],
    complaint: (code) => ({
      status: 422,
      body: JSON.stringify({ errors: [{ code, detail: 'No.' }] }),
    }),
    samples: () => sampleAll(carrier, receiver),
    sign: (body, { at, secret }) => signHook({ ...signing, secret }, body, at),
    signatureHeader: 'x-signature',
    toleranceMs: 300_000,
    hostileBodies,
    async [Symbol.asyncDispose]() {
      await carrier[Symbol.asyncDispose]();
      await receiver[Symbol.asyncDispose]();
    },
  };
}

/** What one connection can do, its adapter says; this one is signed on top of the secret in its path. */
const asConnected = (credentials: Credentials): Capabilities => ({
  ...openGeneric(credentials).adapter.capabilities,
  signedWebhooks: true,
});

testProvider({
  definition: { ...genericHttp, capabilities: asConnected(inJson) },
  start: startGeneric,
});

test('the registry knows it', () => {
  expect(findProvider('generic-http')).toBe(genericHttp);
});

test('the hostile bodies are hostile in that one place: what they were made of is readable', () => {
  for (const body of [text, { ...text, text: { ...text.text, words: '' } }, receipt])
    expect(readCall(inJson, { ...body, more: { to: 'come' } })).toHaveLength(1);
  expect(readCall(inJson, { ...receipt, status: 'pondering' })).toEqual([]);
});

test('a connection’s capabilities say what its settings make of it', () => {
  const caps = (change: Credentials): Capabilities =>
    openGeneric({ ...inJson, ...change }).adapter.capabilities;
  expect(caps({})).toMatchObject({ mms: true, hooks: ['messages', 'receipts'] });
  expect(caps({}).media).toMatchObject({ maxCount: 10 });
  expect(caps({ receipts: '' })).toMatchObject({ deliveryReceipts: false, hooks: ['messages'] });
  const bare = { receipts: '', inbound: '', sendBody: '{"to":"{{to}}","text":"{{text}}"}' };
  expect(caps(bare)).toMatchObject({ mms: false, media: null, hooks: [] });
  expect(caps({ ...bare, sendBody: '{"to":"{{to}}","one":"{{media1}}"}' }).media).toMatchObject({
    maxCount: 1,
  });
  expect(genericHttp.capabilities.needsAddress).toBe(true);
});

test('a text without pictures in a hook of its own names itself', async () => {
  await using carrier = await GenericCarrier.start();
  const hooks = [{ purpose: 'receipts', url: 'https://hooks.example/h?a=b' } as const];
  const { adapter } = openGeneric(inJson, { baseUrl: carrier.url, hooks });
  const sent = textOf({ mediaUrls: ['https://a.example/1.png', 'https://a.example/2.png'] });
  expect((await adapter.send(sent, 5_000)).kind).toBe('accepted');
  expect(carrier.last).toMatchObject({
    media: sent.mediaUrls,
    receiptUrl: `https://hooks.example/h?a=b&ref=${sent.uid}`,
    reference: sent.uid,
  });
  const url = `https://hooks.example/h?a=b&ref=${sent.uid}`;
  const raw = callOf({ ...receipt, reference: undefined }, { url });
  expect(adapter.readDelivery(raw)).toMatchObject([{ kind: 'receipt', reference: sent.uid }]);
});
