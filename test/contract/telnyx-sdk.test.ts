import { createHash } from 'node:crypto';

import fc from 'fast-check';
import { Telnyx } from 'telnyx';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { telnyx } from '#main/providers/telnyx/adapter.ts';
import type { RawDelivery } from '#shared/provider/delivery.ts';
import { keyFromSeed, ours, profileId, publicHalf } from '#test/carriers/telnyx-account.ts';
import { signAsTelnyx } from '#test/carriers/telnyx-webhooks.ts';

import { TelnyxDesk, apiKey, credentials, customer, openTelnyx } from './telnyx-under-test.ts';

/*
 * The carrier's own SDK as a judge from outside: of our guard, and of whether the local carrier speaks as the real one does,
 * which the SDK's readers and the shapes of its requests are made from.
 */

const now = Date.UTC(2026, 10, 21, 12);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now });
});

afterEach(() => {
  vi.useRealTimers();
});

type Signed = {
  readonly body: string;
  readonly timestamp: string;
  readonly signature: string;
  readonly publicKey: string;
};

/** Ways to spoil a signed body; two of them do no harm. */
const spoilings: Readonly<Record<string, (signed: Signed, at: number) => Partial<Signed>>> = {
  body: ({ body }) => ({ body: `${body} ` }),
  time: ({ timestamp }) => ({ timestamp: String(Number(timestamp) + 1) }),
  zero: ({ timestamp }) => ({ timestamp: `0${timestamp}` }),
  bit: ({ signature }, at) => ({ signature: flipBit(signature, at) }),
  // The last letter before the padding carries four bits that stand for nothing.
  bits: ({ signature }) => ({ signature: signature.replace(/.==$/, nextLetter) }),
  cut: ({ signature }, at) => ({ signature: signature.slice(0, at) }),
  web: ({ signature }) => ({
    signature: signature.replaceAll('+', '-').replaceAll('/', '_'),
  }),
  space: ({ signature }) => ({ signature: ` ${signature}` }),
  padding: ({ signature }) => ({ signature: signature.replace('==', '') }),
  key: ({ publicKey }) => ({
    publicKey: createHash('sha256').update(publicKey).digest('base64'),
  }),
  noTime: () => ({ timestamp: '' }),
  noSignature: () => ({ signature: '' }),
};

function flipBit(signature: string, at: number): string {
  const octets = Buffer.from(signature, 'base64');
  octets[at % 64] = (octets[at % 64] ?? 0) ^ (1 << (at % 8));
  return octets.toString('base64');
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function nextLetter(end: string): string {
  return `${letters[(letters.indexOf(end.slice(0, 1)) + 1) % 64]}==`;
}

/** A signed body, some of them spoilt in one place. */
const deliveries = fc
  .record({
    seed: fc.uint8Array({ minLength: 32, maxLength: 32 }),
    words: fc.oneof(fc.json(), fc.string({ unit: 'grapheme', maxLength: 200 })),
    seconds: fc.oneof(fc.integer({ min: -310, max: 310 }), fc.integer({ min: -1e6, max: 1e6 })),
    spoil: fc.option(fc.constantFrom(...Object.values(spoilings)), { freq: 2 }),
    at: fc.nat(85),
  })
  .map(({ seed, words, seconds, spoil, at }): Signed => {
    const key = keyFromSeed(seed);
    const headers = signAsTelnyx(key, { body: Buffer.from(words), at: now + seconds * 1_000 });
    const signed: Signed = {
      body: words,
      timestamp: headers['telnyx-timestamp'] ?? '',
      signature: headers['telnyx-signature-ed25519'] ?? '',
      publicKey: publicHalf(key),
    };
    return { ...signed, ...spoil?.(signed, at) };
  });

async function judgeOfSdk({ body, timestamp, signature, publicKey }: Signed): Promise<string> {
  const client = new Telnyx({ apiKey, publicKey });
  const headers = { 'Telnyx-Timestamp': timestamp, 'Telnyx-Signature-Ed25519': signature };
  try {
    await client.webhooks.unwrap(body, { headers });
    return 'authentic';
  } catch (error) {
    // It reads the body only once it has found it authentic.
    return error instanceof SyntaxError ? 'authentic' : 'forged';
  }
}

function judgeOfGuard({ body, timestamp, signature, publicKey }: Signed): string {
  const { guard } = openTelnyx(null, { credentials: { apiKey, publicKey } });
  const raw: RawDelivery = {
    provider: 'telnyx',
    connectionId: 'c1',
    method: 'POST',
    url: 'https://hooks.example/hooks/telnyx/c1',
    headers: { 'telnyx-timestamp': timestamp, 'telnyx-signature-ed25519': signature },
    body: new TextEncoder().encode(body),
    receivedAt: Date.now(),
  };
  return guard.authenticate(raw);
}

test('the guard accepts what the SDK accepts, and refuses what it refuses', async () => {
  const verdicts = { authentic: 0, forged: 0 };
  await fc.assert(
    fc.asyncProperty(deliveries, async (signed) => {
      const verdict = judgeOfGuard(signed);
      expect(verdict, JSON.stringify(signed)).toBe(await judgeOfSdk(signed));
      verdicts[verdict === 'authentic' ? 'authentic' : 'forged'] += 1;
    }),
    { numRuns: 1_000 },
  );
  expect(verdicts.authentic).toBeGreaterThan(50);
  expect(verdicts.forged).toBeGreaterThan(300);
});

function clientOf(desk: TelnyxDesk, key = apiKey): Telnyx {
  const { publicKey } = credentials;
  return new Telnyx({ apiKey: key, publicKey, baseURL: `${desk.carrier.url}/v2`, maxRetries: 0 });
}

test('what the carrier posts, the SDK unwraps', async () => {
  vi.useRealTimers();
  await using desk = await TelnyxDesk.open();
  const { headers, body } = await desk.receive({ text: 'Grüße 👋' });
  const event = await clientOf(desk).webhooks.unwrap(Buffer.from(body).toString(), {
    headers: { ...headers },
  });
  expect(event).toMatchObject({ data: { payload: { text: 'Grüße 👋' } } });
});

test('whatever is sent, our adapter and the SDK tell the carrier the same', async () => {
  vi.useRealTimers();
  await using desk = await TelnyxDesk.open();
  const client = clientOf(desk);
  const named = { ...credentials, messagingProfileId: profileId };
  const { adapter } = openTelnyx(desk.carrier.url, { credentials: named });
  const texts = fc.record({
    text: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }),
    from: fc.constantFrom(ours, 'CallCentre'),
    to: fc.constantFrom(customer, '72345', '+447700900123'),
    mediaUrls: fc.array(fc.webUrl(), { maxLength: 3 }),
  });
  const uid = '01890000-0000-7000-8000-0000000000dd';
  await fc.assert(
    fc.asyncProperty(texts, async ({ text, from, to, mediaUrls }) => {
      const outcome = await adapter.send({ uid, text, from, to, mediaUrls }, 5_000);
      const theirs = await client.messages
        .send({
          text,
          from,
          to,
          ...(mediaUrls.length === 0 ? {} : { media_urls: mediaUrls }),
          ...(from === ours ? {} : { messaging_profile_id: profileId }),
        })
        .then(
          (answer) => answer.data?.id ?? '',
          (error: unknown) => error,
        );
      const [mine, sdk] = desk.carrier.calls.splice(0);
      expect(mine?.body).toEqual(sdk?.body);
      expect(mine?.status).toBe(sdk?.status);
      expect(outcome.kind === 'accepted').toBe(typeof theirs === 'string');
    }),
    { numRuns: 200 },
  );
});

test('the SDK reads the carrier’s texts and numbers, and the carrier knows all that it asks', async () => {
  vi.useRealTimers();
  await using desk = await TelnyxDesk.open();
  const client = clientOf(desk);
  const { data } = await client.messages.send({ from: ours, to: customer, text: 'Hello' });
  expect(data?.to?.[0]?.status).toBe('queued');
  const found = await client.messages.retrieve(data?.id ?? '');
  expect(found.data).toMatchObject({ id: data?.id, text: 'Hello', direction: 'outbound' });
  const records = await client.detailRecords.list({
    filter: { record_type: 'messaging', direction: 'outbound', created_at: { gte: '2026-01-01' } },
    sort: ['-created_at'],
    'page[number]': 1,
    'page[size]': 50,
  });
  expect(records.data).toMatchObject([{ uuid: data?.id, record_type: 'message_detail_record' }]);
  const [settings] = (await client.phoneNumbers.messaging.list()).data;
  expect(settings).toMatchObject({ phone_number: ours, messaging_profile_id: profileId });
  const numbers = await client.phoneNumbers.list({ filter: { status: 'active' } });
  expect(numbers.data).toMatchObject([{ phone_number: ours, status: 'active' }]);
  expect((await client.messaging10dlc.phoneNumberCampaigns.list()).records).toEqual([]);
  const { requests } = client.messagingTollfree.verification;
  expect((await requests.list({ page: 1, page_size: 10 })).records).toEqual([]);
  expect((await client.shortCodes.list()).data).toEqual([]);
  expect((await client.balance.retrieve()).data).toMatchObject({ currency: 'USD' });
  const webhook_url = 'https://hooks.example/';
  const changed = await client.messagingProfiles.update(profileId, { webhook_url });
  expect(changed.data).toMatchObject({ webhook_url, webhook_api_version: '2' });
  const moved = await client.phoneNumbers.messaging.update(settings?.id ?? '', {
    messaging_profile_id: '',
  });
  expect(moved.data?.messaging_profile_id).toBeNull();
  expect(desk.carrier.calls.every(({ status }) => status === 200)).toBe(true);
});

test('the SDK finds and orders a number of the carrier’s', async () => {
  vi.useRealTimers();
  await using desk = await TelnyxDesk.open();
  desk.carrier.account.available.push({
    record_type: 'available_phone_number',
    phone_number: '+15125550123',
    features: [{ name: 'sms' }],
  });
  const client = clientOf(desk);
  const offers = await client.availablePhoneNumbers.list({
    filter: { country_code: 'US', phone_number_type: 'local', features: ['sms'], limit: 5 },
  });
  expect(offers.data).toHaveLength(1);
  const order = await client.numberOrders.create({
    phone_numbers: [{ phone_number: '+15125550123' }],
    messaging_profile_id: profileId,
  });
  await client.numberOrders.retrieve(order.data?.id ?? '');
  const bought = await client.numberOrders.retrieve(order.data?.id ?? '');
  expect(bought.data?.status).toBe('success');
});

test('the SDK takes the carrier’s refusals for what they are', async () => {
  vi.useRealTimers();
  await using desk = await TelnyxDesk.open();
  const text = { from: ours, to: customer, text: 'Hello' };
  const wrong = clientOf(desk, 'KEYwrong').messages.send(text);
  await expect(wrong).rejects.toBeInstanceOf(Telnyx.AuthenticationError);
  const client = clientOf(desk);
  const opted = client.messages.send({ ...text, to: '+15550100105' });
  await expect(opted).rejects.toBeInstanceOf(Telnyx.PermissionDeniedError);
  const fast = client.messages.send({ ...text, to: '+15550100107' });
  await expect(fast).rejects.toBeInstanceOf(Telnyx.RateLimitError);
  const nobody = client.messages.retrieve('no-such-text');
  await expect(nobody).rejects.toBeInstanceOf(Telnyx.NotFoundError);
  const typo = client.messages.send({ ...text, txt: 'Hello' } as typeof text);
  await expect(typo).rejects.toBeInstanceOf(Telnyx.BadRequestError);
});

test('the SDK declares no key of idempotency for texts, and so neither do we', async () => {
  vi.useRealTimers();
  await using desk = await TelnyxDesk.open();
  await clientOf(desk).messages.send({ from: ours, to: customer, text: 'Hello' });
  const [call] = desk.carrier.calls;
  expect(Object.keys(call?.headers ?? {})).not.toContain('idempotency-key');
  expect(telnyx.capabilities.idempotencyKey).toBe(false);
});
