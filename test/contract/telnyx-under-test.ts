import { telnyx } from '#main/providers/telnyx/adapter.ts';
import type { RawDelivery } from '#shared/provider/delivery.ts';
import type { OpenConnection } from '#shared/provider/provider.ts';
import { keyFrom, ours, profileId, publicHalf } from '#test/carriers/telnyx-account.ts';
import { complain } from '#test/carriers/telnyx-answer.ts';
import { TelnyxCarrier } from '#test/carriers/telnyx-carrier.ts';
import type { Inbound } from '#test/carriers/telnyx-messages.ts';
import { signAsTelnyx } from '#test/carriers/telnyx-webhooks.ts';
import { WebhookReceiver } from '#test/fakes/webhook-receiver.ts';

import type { CarrierUnderTest, Sample } from './provider-under-test.ts';

export const apiKey = 'KEY0123456789ABCDEF_secret';
export const currentSecret = 'the first key';
const nextSecret = 'the key after that';
export const customer = '+15550100102';
const tooFast = '+15550100107';

const refusals = {
  '+15550100104': '40001',
  '+15550100105': '40300',
  '+15550100106': '40010',
} as const;

export const credentials = { apiKey, publicKey: publicHalf(keyFrom(currentSecret)) };

/** A connection to a carrier at this address; `more` replaces parts of what it is opened with. */
export function openTelnyx(baseUrl: string | null, more: Partial<OpenConnection> = {}) {
  const usual = { connectionId: 'c1', credentials, numbers: [ours], hooks: [] };
  return telnyx.open({ ...usual, baseUrl, ...more });
}

/** A carrier with a webhook receiver of ours behind its profile. */
export class TelnyxDesk implements AsyncDisposable {
  readonly carrier: TelnyxCarrier;
  readonly receiver: WebhookReceiver;

  private constructor(carrier: TelnyxCarrier, receiver: WebhookReceiver) {
    this.carrier = carrier;
    this.receiver = receiver;
  }

  static async open(): Promise<TelnyxDesk> {
    const receiver = await WebhookReceiver.start('telnyx');
    const carrier = await TelnyxCarrier.start({ apiKey, secret: currentSecret });
    const profile = carrier.account.profiles.get(profileId);
    if (profile !== undefined) profile.webhook_url = receiver.url;
    for (const [to, code] of Object.entries(refusals)) carrier.account.refusals.set(to, code);
    carrier.account.rateLimited.set(tooFast, 17);
    return new TelnyxDesk(carrier, receiver);
  }

  /** Sends a text with the carrier's own API and gives its id. */
  async send(more: Record<string, unknown> = {}): Promise<string> {
    const response = await fetch(`${this.carrier.url}/v2/messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ from: ours, to: customer, text: 'Hello', ...more }),
    });
    const { data } = (await response.json()) as { readonly data: { readonly id: string } };
    return data.id;
  }

  /** What the carrier posts next, once this was done. */
  async next(deed: () => void | Promise<unknown>): Promise<RawDelivery> {
    const before = this.receiver.calls.length;
    await deed();
    const calls = await this.receiver.waitFor(before + 1);
    const raw = calls[before];
    if (raw === undefined) throw new Error('nothing came');
    return raw;
  }

  receive(arrived: Partial<Inbound>): Promise<RawDelivery> {
    return this.next(
      () => void this.carrier.receive({ from: customer, to: ours, text: 'Hi', ...arrived }),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.carrier[Symbol.asyncDispose]();
    await this.receiver[Symbol.asyncDispose]();
  }
}

const reference = '01890000-0000-7000-8000-0000000000aa';
const billing = { segments: 1, priceMicros: 4_000, feeMicros: 3_000, currency: 'USD' };

/** Every way a text of ours may end, as the carrier says it and as we understand it. */
async function receiptSamples(desk: TelnyxDesk): Promise<Sample[]> {
  const { carrier, receiver } = desk;
  const id = await desk.send({ webhook_url: `${receiver.url}?ref=${reference}` });
  const about = { kind: 'receipt', providerMessageId: id, reference } as const;
  const sent = await desk.next(() => void carrier.advance(id, 'sent'));
  const delivered = await desk.next(() => void carrier.advance(id, 'delivered'));
  const failing = await desk.send();
  const failed = await desk.next(
    () =>
      void carrier.advance(failing, 'delivery_failed', {
        errors: [{ code: '40008', title: 'Undeliverable', detail: 'The carrier said no.' }],
      }),
  );
  const unconfirmed = await desk.send();
  const silent = await desk.next(() => void carrier.advance(unconfirmed, 'delivery_unconfirmed'));
  const raw = '40008: Undeliverable: The carrier said no.';
  return [
    {
      what: 'sent',
      raw: sent,
      means: [{ ...about, state: 'sent', failure: null, billing: null }],
    },
    {
      what: 'delivered',
      raw: delivered,
      means: [{ ...about, state: 'delivered', failure: null, billing }],
    },
    {
      what: 'failed, by the profile’s address',
      raw: failed,
      means: [
        {
          kind: 'receipt',
          providerMessageId: failing,
          reference: null,
          state: 'failed',
          failure: { kind: 'unreachable', raw },
        },
      ],
    },
    {
      what: 'no receipt will come',
      raw: silent,
      means: [
        { kind: 'receipt', providerMessageId: unconfirmed, state: 'sent', failure: null, billing },
      ],
    },
  ];
}

async function textSamples(desk: TelnyxDesk): Promise<Sample[]> {
  const url = `${desk.carrier.url}/media/cat.jpg`;
  const text = { kind: 'text-received', from: customer, to: ours, part: null } as const;
  return [
    {
      what: 'a text',
      raw: await desk.receive({ text: 'Grüße 👋', receivedAt: 1_767_225_600_000 }),
      means: [{ ...text, text: 'Grüße 👋', media: [], sentAt: 1_767_225_600_000 }],
    },
    {
      what: 'a picture without words',
      raw: await desk.receive({ text: null, media: [{ url, content_type: 'image/jpeg' }] }),
      means: [{ ...text, text: '', media: [{ url, type: 'image/jpeg' }] }],
    },
    {
      what: 'a text from a short code',
      raw: await desk.receive({ from: '72345', text: 'Your code is 1' }),
      means: [{ ...text, from: '72345' }],
    },
    {
      what: 'a text from a name',
      raw: await desk.receive({ from: 'MyBank', text: 'Beware' }),
      means: [{ ...text, from: 'MyBank' }],
    },
  ];
}

const payload = {
  record_type: 'message',
  id: '33333333-0000-4000-8000-000000000001',
  direction: 'inbound',
  type: 'SMS',
  from: { phone_number: customer },
  to: [{ phone_number: ours, status: 'webhook_delivered' }],
  cc: [],
  text: 'hi',
  media: [],
  errors: [],
  received_at: '2026-01-06T15:00:59.000+00:00',
};

/** An event of the carrier's own form; `more` replaces parts of what it tells of, `outer` parts of itself. */
export function eventWith(
  more: Record<string, unknown> = {},
  outer: Record<string, unknown> = {},
): string {
  const data = {
    record_type: 'event',
    event_type: 'message.received',
    id: '22222222-0000-4000-8000-000000000001',
    occurred_at: '2026-01-06T15:01:00.000+00:00',
    payload: { ...payload, ...more },
    ...outer,
  };
  return JSON.stringify({ data, meta: { attempt: 1, delivered_to: 'https://h.example/' } });
}

const file = { url: 'file:///etc/passwd', content_type: null };
const many = Array.from({ length: 51 }, () => ({ url: 'https://h.example/x' }));
const finalized = { event_type: 'message.finalized' };

const hostileBodies: CarrierUnderTest['hostileBodies'] = Object.entries({
  'no event': JSON.stringify({ meta: { attempt: 1 } }),
  'an event of version 1': '{"sms_id":"1","direction":"inbound","from":"+1","to":"+1","body":"x"}',
  'no id': eventWith({}, { id: undefined }),
  'an id of 10 KB': eventWith({}, { id: 'x'.repeat(10_240) }),
  'an id that is a number': eventWith({}, { id: 7 }),
  'an id with a line break': eventWith({}, { id: 'evt\n1' }),
  'a type that is a number': eventWith({}, { event_type: 1 }),
  'a time that is none': eventWith({}, { occurred_at: 'yesterday' }),
  'no payload': eventWith({}, { payload: undefined }),
  'a payload that is an array': eventWith({}, { payload: [] }),
  'a text without an id': eventWith({ id: undefined }),
  'a text that is an object': eventWith({ text: {} }),
  'a text from nobody': eventWith({ from: null }),
  'a text from an empty number': eventWith({ from: { phone_number: '' } }),
  'a text to nobody': eventWith({ to: [] }),
  'a text to one line': eventWith({ to: ours }),
  'a text that is ours': eventWith({ direction: 'outbound' }),
  'a text over another road': eventWith({ type: 'WHATSAPP' }),
  'media that is a path': eventWith({ media: [file] }),
  'media that is no list': eventWith({ media: 'https://h.example/x' }),
  '51 attachments': eventWith({ media: many }),
  'a receipt for a text to us': eventWith({}, finalized),
  'a receipt with half a part': eventWith({ direction: 'outbound', parts: 0.5 }, finalized),
  'a receipt with errors of another shape': eventWith(
    { direction: 'outbound', errors: [{ words: 'no code' }] },
    finalized,
  ),
}).map(([what, body]) => ({ what, body }));

/** A carrier for the suite that every carrier's adapter is held to. */
export async function startTelnyx(): Promise<CarrierUnderTest> {
  const desk = await TelnyxDesk.open();
  return {
    baseUrl: desk.carrier.url,
    credentials,
    rotatedCredentials: {
      apiKey,
      publicKey: publicHalf(keyFrom(nextSecret)),
      previousPublicKey: credentials.publicKey,
    },
    wrongCredentials: { ...credentials, apiKey: 'KEY0123456789ABCDEF_wrong' },
    neededCredentials: ['apiKey', 'publicKey'],
    secrets: { current: currentSecret, next: nextSecret },
    ours,
    recipients: {
      taken: customer,
      refused: [
        { to: '+15550100104', kind: 'landline' },
        { to: '+15550100105', kind: 'opted-out' },
        { to: '+15550100106', kind: 'not-registered' },
        { to: '911', kind: 'invalid-number' },
      ],
      rateLimited: { to: tooFast, retryAfterMs: 17_000 },
    },
    refusedTexts: [
      { what: 'too long', change: { text: 'x'.repeat(1_531) }, kind: 'too-long' },
      { what: 'nothing to say', change: { text: '' }, kind: 'content' },
      { what: 'a picture at no address', change: { mediaUrls: ['cat.png'] }, kind: 'media' },
      {
        what: 'eleven pictures',
        change: { mediaUrls: Array.from({ length: 11 }, () => 'https://h.example/x.png') },
        kind: 'media',
      },
      { what: 'from a foreign number', change: { from: '+15550109999' }, kind: 'not-allowed' },
    ],
    unsentStatuses: [429],
    listKeeps: { reference: false, text: true },
    takenStatus: 200,
    notTaken: [
      '{"data":{"id":7,"direction":"outbound"}}',
      '{"data":{"record_type":"message"}}',
      `{"data":${JSON.stringify(payload)}}`,
      '{"errors":[{"code":"40310","title":"no"}]}',
    ],
    complaint: (code) => {
      const { status, body } = complain(code);
      return { status, body: JSON.stringify(body) };
    },
    samples: async () => [...(await textSamples(desk)), ...(await receiptSamples(desk))],
    sign: (body, { at, secret }) => signAsTelnyx(keyFrom(secret), { body, at }),
    signatureHeader: 'telnyx-signature-ed25519',
    toleranceMs: 300_000,
    hostileBodies,
    [Symbol.asyncDispose]: () => desk[Symbol.asyncDispose](),
  };
}
