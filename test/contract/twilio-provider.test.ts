import { expect, test } from 'vitest';

import { twilio } from '#main/providers/twilio/adapter.ts';
import { TwilioDesk, customer, line } from '#test/carriers/twilio-desk.ts';
import { signHook } from '#test/carriers/twilio-hooks.ts';
import { tooFast } from '#test/carriers/twilio-messages.ts';

import { testProvider } from './provider-suite.ts';
import type { CarrierUnderTest, Sample } from './provider-under-test.ts';

const text = { kind: 'text-received', from: customer, to: line, part: null, sentAt: null } as const;
const receipt = { kind: 'receipt', happenedAt: null, failure: null } as const;
const call = { kind: 'call', direction: 'in', line, peer: customer } as const;

/** Does something that ends in hooks, and says what each of them must mean. */
async function sample(
  desk: TwilioDesk,
  deed: () => Promise<unknown>,
  means: readonly Sample['means'][number][],
): Promise<Sample[]> {
  const before = desk.receiver.calls.length;
  await deed();
  const calls = await desk.receiver.waitFor(before + means.length);
  expect(calls).toHaveLength(before + means.length);
  return calls.slice(before).map((raw, index) => ({
    what: JSON.stringify(means[index]),
    raw,
    means: means.slice(index, index + 1),
  }));
}

async function sampleReceipts(desk: TwilioDesk): Promise<Sample[]> {
  const words = ['queued', 'sending', 'sent', 'delivered', 'read', 'partially_delivered'] as const;
  const states = ['accepted', 'accepted', 'sent', 'delivered', 'delivered', 'sent'] as const;
  const failed = { status: 'undelivered', error: [30003, 'Unreachable'] } as const;
  const message = desk.text();
  const outcome = await desk.adapter.send(message, 5_000);
  const providerMessageId = outcome.kind === 'accepted' ? outcome.providerMessageId : '';
  const common = { ...receipt, providerMessageId, reference: message.uid };
  const failure = { kind: 'unreachable', raw: '30003: Unreachable' } as const;
  const means = states.map((state) => ({ ...common, state }));
  const news = [...words.map((status) => ({ status })), failed];
  return await sample(desk, () => desk.carrier.tell(providerMessageId, news), [
    ...means,
    { ...common, state: 'failed', failure },
  ]);
}

async function sampleAll(desk: TwilioDesk): Promise<Sample[]> {
  const picture = { type: 'image/png', bytes: Uint8Array.of(1, 2, 3) };
  const media = [expect.objectContaining({ type: 'image/png' })] as never;
  const ended = { CallSid: 'CA1', From: customer, To: line, Direction: 'inbound' };
  const incoming = { from: customer, to: line };
  const hello = 'Grüße & 100% + "more" 👍\nnew line';
  return [
    ...(await sample(desk, () => desk.carrier.receive({ ...incoming, body: hello }), [
      { ...text, text: hello, media: [] },
    ])),
    ...(await sample(desk, () => desk.carrier.receive({ ...incoming, media: [picture] }), [
      { ...text, text: '', media },
    ])),
    ...(await sampleReceipts(desk)),
    ...(await sample(
      desk,
      () => desk.carrier.endCall({ ...ended, CallStatus: 'completed', CallDuration: '65' }, line),
      [{ ...call, outcome: 'answered', seconds: 65 }],
    )),
    ...(await sample(
      desk,
      () => desk.carrier.endCall({ ...ended, CallSid: 'CA2', CallStatus: 'no-answer' }, line),
      [{ ...call, outcome: 'missed', seconds: 0 }],
    )),
  ];
}

const inbound = { MessageSid: 'SM1', From: customer, To: line, Body: 'hi', NumMedia: '0' };
const news = { MessageSid: 'SM1', MessageStatus: 'sent', From: line, To: customer };
const rang = {
  CallSid: 'CA1',
  From: customer,
  To: line,
  Direction: 'inbound',
  CallStatus: 'completed',
};
const form = (fields: Readonly<Record<string, string>>): string =>
  new URLSearchParams(fields).toString();
const without = (fields: Readonly<Record<string, string>>, name: string): string =>
  form(Object.fromEntries(Object.entries(fields).filter(([each]) => each !== name)));

const hostileBodies = [
  ...['MessageSid', 'From', 'To'].map((name) => [`no ${name}`, without(inbound, name)]),
  ['no id of a receipt', without(news, 'MessageSid')],
  ...['From', 'To', 'CallStatus', 'Direction'].map((name) => [
    `a call without ${name}`,
    without(rang, name),
  ]),
  ['an id that leads elsewhere', form({ ...inbound, MessageSid: '../../Accounts' })],
  ['an id of 10 KB', form({ ...inbound, MessageSid: 'S'.repeat(10_240) })],
  ['an id with a line break', form({ ...inbound, MessageSid: 'SM1\n' })],
  ['a sender of another channel', form({ ...inbound, From: `whatsapp:${customer}` })],
  ['a sender of 100 letters', form({ ...inbound, From: 'x'.repeat(100) })],
  ['no sender', form({ ...inbound, From: '' })],
  ['-1 pictures', form({ ...inbound, NumMedia: '-1' })],
  ['half a picture', form({ ...inbound, NumMedia: '0.5' })],
  ['a million pictures', form({ ...inbound, NumMedia: '1000000' })],
  ['a picture that is not there', form({ ...inbound, NumMedia: '1' })],
  ['a picture on this disk', form({ ...inbound, NumMedia: '1', MediaUrl0: 'file:///etc/passwd' })],
  ['a status of 1 KB', form({ ...news, MessageStatus: 's'.repeat(1_024) })],
  ['a call of -1 s', form({ ...rang, CallDuration: '-1' })],
  ['a call of a month', form({ ...rang, CallDuration: '2592000' })],
].map(([what = '', body = '']) => ({ what, body }));

async function startTwilio(): Promise<CarrierUnderTest> {
  const desk = await TwilioDesk.open();
  const { credentials } = desk;
  const next = 'fedcba9876543210fedcba9876543210';
  return {
    baseUrl: desk.carrier.url,
    credentials,
    rotatedCredentials: {
      ...credentials,
      authToken: next,
      previousAuthToken: credentials['authToken'] ?? '',
    },
    wrongCredentials: { ...credentials, authToken: next },
    neededCredentials: ['accountSid', 'authToken'],
    secrets: { current: credentials['authToken'] ?? '', next },
    ours: line,
    recipients: {
      taken: customer,
      refused: [
        { to: '+15005550001', kind: 'invalid-number' },
        { to: '+15005550002', kind: 'not-allowed' },
        { to: '+15005550003', kind: 'not-allowed' },
        { to: '+15005550004', kind: 'opted-out' },
        { to: '+15005550009', kind: 'landline' },
        { to: '911', kind: 'invalid-number' },
      ],
      rateLimited: { to: tooFast, retryAfterMs: 1_000 },
    },
    refusedTexts: [
      { what: 'too long', change: { text: 'x'.repeat(1_601) }, kind: 'too-long' },
      { what: 'nothing', change: { text: '' }, kind: 'content' },
      { what: 'a picture at no address', change: { mediaUrls: ['cat.png'] }, kind: 'media' },
      {
        what: 'eleven pictures',
        change: { mediaUrls: Array.from({ length: 11 }, () => 'https://pictures.example/a.jpg') },
        kind: 'media',
      },
      { what: 'from a foreign number', change: { from: '+15550109999' }, kind: 'not-allowed' },
    ],
    unsentStatuses: [429],
    listKeeps: { reference: false, text: true },
    takenStatus: 201,
    notTaken: [
      '{"sid":7,"status":"queued"}',
      '{"sid":"","status":"queued"}',
      '{"sid":"../Messages","status":"queued"}',
      '{"sid":"SM1"}',
      '{"code":21211,"message":"no","status":400}',
    ],
    complaint: (code) => ({
      status: 400,
      body: JSON.stringify({ code: Number(code), message: 'No.', more_info: '', status: 400 }),
    }),
    samples: () => sampleAll(desk),
    sign: (body, { secret, url }) => signHook(secret, { url, body }),
    signatureHeader: 'x-twilio-signature',
    toleranceMs: null,
    hostileBodies,
    [Symbol.asyncDispose]: () => desk[Symbol.asyncDispose](),
  };
}

testProvider({ definition: twilio, start: startTwilio });

test('the hostile bodies are hostile in that one place: what they were made of is readable', async () => {
  await using desk = await TwilioDesk.open();
  for (const fields of [inbound, news, rang]) {
    const body = Buffer.from(form({ ...fields, More: 'to come', Body: '' }));
    const raw = {
      provider: 'twilio',
      connectionId: 'c1',
      method: 'POST',
      url: 'https://hooks.example/',
      headers: {},
      body,
      receivedAt: 0,
    };
    expect(desk.adapter.readDelivery(raw)).toHaveLength(1);
  }
});
