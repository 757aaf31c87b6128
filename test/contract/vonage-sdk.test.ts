import { createPublicKey } from 'node:crypto';

import { tokenGenerate, verifySignature } from '@vonage/jwt';
import { Vonage } from '@vonage/server-sdk';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { callApi } from '#main/http/call-api.ts';
import {
  apiKey,
  apiSecret,
  applicationId,
  ours,
  privateKey,
  signatureSecret,
} from '#test/carriers/vonage-account.ts';
import { type SmsMethod, signSms, signWebhook } from '#test/carriers/vonage-signing.ts';

import {
  VonageDesk,
  byApplication,
  bySms,
  deadlineMs,
  deliveryOf,
  openVonage,
} from './vonage-desk.ts';

/* Vonage's own client and checks, as judges: they were written by others from the carrier's side. */

const credentials = { apiKey, apiSecret, applicationId, privateKey };
const client = ({ carrier: { url } }: VonageDesk, given: object = credentials): Vonage =>
  new Vonage(given as typeof credentials, { apiHost: url, restHost: url });
const runs = { numRuns: 400 };

/** One way to spoil a text: a letter at a place replaced, left out, or put in. */
const spoiling = fc.record({
  at: fc.nat(),
  letter: fc.constantFrom('A', 'a', '0', '-', '_', '.', '=', ' '),
  how: fc.constantFrom('replace', 'remove', 'insert', 'keep'),
});
type Spoiling = typeof spoiling extends fc.Arbitrary<infer Value> ? Value : never;

function spoil(text: string, { at, letter, how }: Spoiling): string {
  if (how === 'keep') return text;
  const place = at % text.length;
  const put = how === 'remove' ? '' : letter;
  return text.slice(0, place) + put + text.slice(how === 'insert' ? place : place + 1);
}

test('a token of a callback is judged by the carrier’s check and by ours alike', () => {
  const { guard } = openVonage();
  const verdicts = new Set<boolean>();
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 200 }),
      fc.constantFrom(signatureSecret, 'another secret'),
      spoiling,
      (body, secret, change) => {
        const token = signWebhook(body, { at: Date.now(), secret }).replace('Bearer ', '');
        const spoiled = spoil(token, change);
        const theirs = verifySignature(spoiled, signatureSecret);
        const raw = deliveryOf(body, { authorization: `Bearer ${spoiled}` });
        expect(guard.authenticate(raw) === 'authentic').toBe(theirs);
        verdicts.add(theirs);
      },
    ),
    runs,
  );
  expect(verdicts.size).toBe(2);
});

test('claims the carrier’s check refuses, ours refuses; ours accepts none that it does not', () => {
  const { guard } = openVonage();
  const now = Math.floor(Date.now() / 1_000);
  const time = fc.option(fc.integer({ min: now - 900, max: now + 900 }), { nil: undefined });
  fc.assert(
    fc.property(
      fc.record({
        exp: time,
        nbf: time,
        iss: fc.constantFrom('Vonage', 'Nexmo'),
        api_key: fc.constantFrom(apiKey, 'abcd1235'),
      }),
      fc.constantFrom('HS256', 'HS384', 'none'),
      (claims, alg) => {
        const made = { at: Date.now(), secret: signatureSecret, claims, header: { alg } };
        const authorization = signWebhook(Buffer.from('{}'), made);
        const theirs = verifySignature(authorization.replace('Bearer ', ''), signatureSecret);
        const ofUs = claims.iss === 'Vonage' && claims.api_key === apiKey;
        const verdict = guard.authenticate(deliveryOf('{}', { authorization }));
        expect(verdict === 'authentic').toBe(theirs && ofUs);
      },
    ),
    runs,
  );
});

type SmsCheck = Parameters<Vonage['sms']['verifySignature']>;
const algorithms: Readonly<Record<SmsMethod, string>> = {
  md5hash: 'MD5HASH',
  md5: 'MD5HMAC',
  sha1: 'SHA1HMAC',
  sha256: 'SHA256HMAC',
  sha512: 'SHA512HMAC',
};

test.each(Object.keys(algorithms) as SmsMethod[])(
  'a callback signed by %s is judged by the carrier’s check and by ours alike',
  (method) => {
    const { guard } = openVonage({ ...bySms, signatureMethod: method });
    const { sms } = new Vonage(credentials);
    const verdicts = new Set<boolean>();
    const name = fc.constantFrom('text', 'to', 'msisdn', 'Text', 'message-id', 'messageId', 'ü');
    fc.assert(
      fc.property(
        fc.dictionary(name, fc.string({ unit: 'grapheme' })),
        fc.constantFrom(signatureSecret, 'another secret'),
        spoiling,
        (given, secret, change) => {
          const { sig = '', ...rest } = signSms(given, { at: Date.now(), secret, method });
          const parameters = { ...rest, sig: spoil(sig, change) };
          const algorithm = algorithms[method] as SmsCheck[3];
          const theirs = sms.verifySignature(
            parameters.sig,
            parameters,
            signatureSecret,
            algorithm,
          );
          const body = new URLSearchParams(parameters).toString();
          const raw = deliveryOf(body, { 'content-type': 'application/x-www-form-urlencoded' });
          expect(guard.authenticate(raw) === 'authentic').toBe(theirs);
          verdicts.add(theirs);
        },
      ),
      runs,
    );
    expect(verdicts.size).toBe(2);
  },
);

test('our token of the application is one the carrier’s check accepts, and only for its key', async () => {
  await using desk = await VonageDesk.open();
  const { headers } = desk.connect().adapter.mediaAccess();
  const token = headers['authorization']?.replace('Bearer ', '') ?? '';
  const publicPem = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }) as string;
  expect(verifySignature(token, publicPem)).toBe(true);
  expect(verifySignature(token.slice(0, -2), publicPem)).toBe(false);
  expect(verifySignature(token, signatureSecret)).toBe(false);
});

test('the carrier’s client gets in where ours does: its token opens the same media', async () => {
  await using desk = await VonageDesk.open();
  desk.carrier.book.media.set('/v3/media/1', Buffer.from('picture'));
  const ask = async (token: string): Promise<unknown> =>
    await callApi({
      method: 'GET',
      url: `${desk.carrier.url}/v3/media/1`,
      headers: { authorization: `Bearer ${token}` },
      body: null,
      deadlineMs,
    });
  expect(await ask(tokenGenerate(applicationId, privateKey))).toMatchObject({ status: 200 });
  expect(await ask(tokenGenerate(applicationId.replace('7', '8'), privateKey))).toMatchObject({
    status: 401,
  });
});

test('the carrier’s client sends by the Messages API, and its text stands in our list', async () => {
  await using desk = await VonageDesk.open();
  for (const given of [credentials, { apiKey, apiSecret }]) {
    const { messages } = client(desk, given);
    const common = { from: ours, to: '15550100101', clientRef: 'from-the-sdk' };
    const { messageUUID } = await messages.send({
      ...common,
      channel: 'sms',
      messageType: 'text',
      text: 'hello from the client',
    });
    const image = { url: 'https://m.example/a.png', caption: 'look' };
    await messages.send({ ...common, channel: 'mms', messageType: 'image', image });
    const query = {
      since: Date.now() - 60_000,
      until: Date.now() + 60_000,
      between: null,
      cursor: null,
    };
    const listed = await desk.connect().adapter.listTexts?.(query, deadlineMs);
    const rows = listed?.kind === 'told' ? listed.answer.rows : [];
    expect(rows.find((row) => row.providerMessageId === messageUUID)).toMatchObject({
      reference: 'from-the-sdk',
      text: 'hello from the client',
    });
  }
  await expect(
    client(desk).messages.send({
      channel: 'sms',
      messageType: 'text',
      from: ours,
      to: '911',
      text: 'x',
    }),
  ).rejects.toThrow(/422/);
});

test('the carrier’s client sends by the SMS API, whole or refused', async () => {
  await using desk = await VonageDesk.open();
  const { sms } = client(desk);
  const sent = await sms.send({
    from: ours,
    to: '15550100101',
    text: 'x'.repeat(200),
    clientRef: 'r',
  });
  expect(sent.messages).toHaveLength(2);
  expect(sent.messages[0]).toMatchObject({ status: '0', clientRef: 'r' });
  await expect(sms.send({ from: ours, to: '911', text: 'x' })).rejects.toThrow(
    /SMS messages failed to send/,
  );
});

test('the carrier’s client reads the reports, the numbers, the application and the balance', async () => {
  await using desk = await VonageDesk.open();
  const text = desk.text();
  await desk.connect().adapter.send(text, deadlineMs);
  const { reports, numbers, applications, accounts } = client(desk);
  const { records } = await reports.getRecords({
    product: 'MESSAGES',
    accountId: apiKey,
    direction: 'outbound',
    includeMessage: true,
    dateStart: new Date(Date.now() - 60_000).toISOString(),
    dateEnd: new Date(Date.now() + 60_000).toISOString(),
  } as Parameters<typeof reports.getRecords>[0]);
  expect(records).toMatchObject([{ clientRef: text.uid, messageBody: text.text, from: ours }]);
  expect(await numbers.getOwnedNumbers({ index: 1, size: 10 })).toMatchObject({
    count: 2,
    numbers: [{ msisdn: ours, features: ['VOICE', 'SMS', 'MMS'] }, {}],
  });
  expect(await accounts.getBalance()).toEqual({ value: 10.28, autoReload: false });
  const application = await applications.getApplication(applicationId);
  expect(application).toMatchObject({ id: applicationId, name: 'Trunkline' });
});

test('the carrier’s client searches, buys and points numbers as ours does', async () => {
  await using desk = await VonageDesk.open();
  const { numbers } = client(desk);
  type Filter = Parameters<typeof numbers.getAvailableNumbers>[0];
  const filter = { country: 'US', startsWith: '1206', features: ['SMS'] } as unknown as Filter;
  expect(await numbers.getAvailableNumbers(filter)).toMatchObject({
    numbers: [{ msisdn: '12065550123', cost: '0.90' }],
  });
  expect(await numbers.buyNumber({ country: 'US', msisdn: '12065550123' })).toMatchObject({
    errorCode: '200',
  });
  await numbers.updateNumber({ country: 'US', msisdn: '12065550123', applicationId });
  const listed = await desk.connect().adapter.listNumbers?.(null, deadlineMs);
  const rows = listed?.kind === 'told' ? listed.answer.rows : [];
  expect(rows.find((row) => row.number === '+12065550123')?.hookUrl).toBe(desk.receiver.url);
});

test('without good credentials the carrier’s client is refused as ours is', async () => {
  await using desk = await VonageDesk.open();
  const { accounts, messages } = client(desk, {
    ...byApplication,
    apiSecret: 'x',
    applicationId: 'y',
  });
  await expect(accounts.getBalance()).rejects.toThrow(/401/);
  await expect(
    messages.send({
      channel: 'sms',
      messageType: 'text',
      from: ours,
      to: '15550100101',
      text: 'x',
    }),
  ).rejects.toThrow(/401/);
});
