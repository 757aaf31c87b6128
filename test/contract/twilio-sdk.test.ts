import { createHmac } from 'node:crypto';
import { parse } from 'node:querystring';

import * as fc from 'fast-check';
import twilioSdk from 'twilio';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { expect, test } from 'vitest';

import { twilio } from '#main/providers/twilio/adapter.ts';
import type { RawDelivery } from '#shared/provider/delivery.ts';
import { TwilioDesk, customer, line } from '#test/carriers/twilio-desk.ts';

const token = '0123456789abcdef0123456789abcdef';
const credentials = { accountSid: `AC${'0'.repeat(32)}`, authToken: token };
const connection = { connectionId: 'c1', baseUrl: null, credentials, numbers: [], hooks: [] };
const { guard } = twilio.open(connection);

/** What the official validator says of a call. */
function sdkSays({ url, headers, body }: RawDelivery): boolean {
  const signature = headers['x-twilio-signature'] ?? '';
  const text = Buffer.from(body).toString();
  try {
    if (url.includes('bodySHA256'))
      return twilioSdk.validateRequestWithBody(token, signature, url, text);
    const form = parse(text, undefined, undefined, { maxKeys: 0 });
    return twilioSdk.validateRequest(token, signature, url, { ...form });
  } catch {
    return false;
  }
}

function sign(data: string, secret = token): string {
  return createHmac('sha1', secret).update(data).digest('base64');
}

function call(url: string, body: string, signature: string): RawDelivery {
  return {
    provider: 'twilio',
    connectionId: 'c1',
    method: 'POST',
    url,
    headers: { 'x-twilio-signature': signature },
    body: Buffer.from(body),
    receivedAt: 0,
  };
}

const character = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...'abcXYZ019-._~!$\'()*+,;=:@/?& %"<>[]{}|\\^`') },
  { weight: 1, arbitrary: fc.constantFrom('ü', '€', '👍', '\u{feff}', '\n', '\0', '\u{e000}') },
);
const word = fc.string({ unit: character, maxLength: 12 });
const plain = fc.stringMatching(/^[a-z0-9]{1,8}$/);
const fields = fc.array(fc.tuple(fc.oneof(plain, word), word), { maxLength: 8 });
const urls = fc
  .record({
    scheme: fc.constantFrom('https://', 'http://', 'HTTPS://'),
    user: fc.constantFrom('', '', '', 'u:p@', 'u@'),
    host: fc.constantFrom('hooks.example', 'HOOKS.example', '[::1]', '127.0.0.1'),
    port: fc.constantFrom('', '', ':443', ':80', ':8443'),
    path: fc.constantFrom('', '/', '/hooks/twilio/c1', "/it's", '/a%20b', '/a/../b', '/ü'),
    query: fc.oneof(
      fc.constantFrom('', '?', '?ref=1', "?a='b'", '?a=b+c&a=%20', '?bar=2&foo=1', '?a=%zz'),
      fc.string({ unit: character, maxLength: 12 }).map((each) => `?${each.replaceAll('#', '')}`),
    ),
  })
  .map(({ scheme, user, host, port, path, query }) => scheme + user + host + port + path + query);

/** The data the carrier signs: the address, then every field by name. Written apart from the code under test. */
function signedData(url: string, pairs: readonly (readonly [string, string])[]): string {
  const names = [...new Set(pairs.map(([name]) => name))].toSorted();
  const named = (name: string): string[] =>
    [...new Set(pairs.filter(([each]) => each === name).map(([, value]) => value))].toSorted();
  return (
    url +
    names
      .map((name) =>
        named(name)
          .map((value) => name + value)
          .join(''),
      )
      .join('')
  );
}

test('the guard says of a form what the official validator says, good or not', () => {
  const seen = { authentic: 0, forged: 0 };
  const spoils = ['none', 'none', 'none', 'url', 'token', 'body', 'signature'] as const;
  fc.assert(
    fc.property(fc.tuple(urls, urls), fields, fc.constantFrom(...spoils), (both, pairs, spoil) => {
      const [url, other] = both;
      const body = new URLSearchParams(pairs.map(([name, value]) => [name, value])).toString();
      const data = signedData(spoil === 'url' ? other : url, pairs);
      const signature = sign(data, spoil === 'token' ? 'another' : token);
      const raw = call(
        url,
        spoil === 'body' ? `${body}&x=1` : body,
        spoil === 'signature' ? signature.slice(0, -2) : signature,
      );
      const said = guard.authenticate(raw);
      seen[said] += 1;
      expect(said).toBe(sdkSays(raw) ? 'authentic' : 'forged');
    }),
    { numRuns: 3_000 },
  );
  expect(seen.authentic).toBeGreaterThan(800);
  expect(seen.forged).toBeGreaterThan(800);
});

test('an address with another port, or written otherwise, is good exactly where the official validator says so', () => {
  const seen = { authentic: 0, forged: 0 };
  const change = fc.constantFrom<(url: string) => string>(
    (url) => url.replace(/^(https?:\/\/[^/?]*?)(:\d+)?([/?]|$)/i, '$1$3'),
    (url) => url.replace(/^(https:\/\/[^/?]*?)(:\d+)?([/?]|$)/i, '$1:443$3'),
    (url) => url.replace(/^(http:\/\/[^/?]*?)(:\d+)?([/?]|$)/i, '$1:80$3'),
    (url) => (URL.canParse(url) ? new URL(url).href : url),
    (url) => url.replaceAll("'", '%27'),
    (url) => url.toLowerCase(),
    (url) => url.replace(/\?.*$/, ''),
    (url) => url.replace(/\/\/[^/@]*@/, '//'),
  );
  fc.assert(
    fc.property(urls, change, fields, (url, rewrite, pairs) => {
      const body = new URLSearchParams(pairs.map(([name, value]) => [name, value])).toString();
      const raw = call(url, body, sign(signedData(rewrite(url), pairs)));
      const said = guard.authenticate(raw);
      seen[said] += 1;
      expect(said).toBe(sdkSays(raw) ? 'authentic' : 'forged');
    }),
    { numRuns: 3_000 },
  );
  expect(seen.authentic).toBeGreaterThan(800);
  expect(seen.forged).toBeGreaterThan(100);
});

test('the guard says of JSON what the official validator says', () => {
  const seen = { authentic: 0, forged: 0 };
  const spoils = ['none', 'none', 'body', 'url'] as const;
  fc.assert(
    fc.property(urls, fc.json(), fc.constantFrom(...spoils), (url, body, spoil) => {
      const hash = twilioSdk.getExpectedBodyHash(body);
      const hashed = `${url}${url.includes('?') ? '&' : '?'}bodySHA256=${hash}`;
      const signature = sign(spoil === 'url' ? url : hashed);
      const raw = call(hashed, spoil === 'body' ? `${body} ` : body, signature);
      const said = guard.authenticate(raw);
      seen[said] += 1;
      expect(said).toBe(sdkSays(raw) ? 'authentic' : 'forged');
    }),
    { numRuns: 500 },
  );
  expect(seen.authentic).toBeGreaterThan(150);
  expect(seen.forged).toBeGreaterThan(150);
});

test('a body that is hardly a form is read as the official validator’s own reader reads it', () => {
  const rough = fc.string({ unit: fc.constantFrom(...'aB=&%+?;0f \u0000'), maxLength: 20 });
  fc.assert(
    fc.property(rough, rough, (body, other) => {
      const url = 'https://hooks.example/hooks/twilio/c1';
      const form = { ...parse(body, undefined, undefined, { maxKeys: 0 }) };
      const signature = getExpectedTwilioSignature(token, url, form);
      expect(guard.authenticate(call(url, body, signature))).toBe('authentic');
      const raw = call(url, other, signature);
      expect(guard.authenticate(raw)).toBe(sdkSays(raw) ? 'authentic' : 'forged');
    }),
    { numRuns: 2_000 },
  );
});

/** The official client, all its hosts moved to the local carrier. */
function officialClient(desk: TwilioDesk): twilioSdk.Twilio {
  const httpClient = new twilioSdk.RequestClient();
  const request = httpClient.request.bind(httpClient);
  httpClient.request = async (options) => {
    options.uri = options.uri.replace(/^https:\/\/[^/]+/, desk.carrier.url);
    return await request(options);
  };
  const { accountSid, authToken } = desk.credentials;
  return twilioSdk(accountSid, authToken, { httpClient });
}

test('the official client sends and lists at the local carrier, which refuses it as it refuses us', async () => {
  await using desk = await TwilioDesk.open();
  const client = officialClient(desk);
  const created = await client.messages.create({
    to: customer,
    from: line,
    body: 'Grüße 👋',
    mediaUrl: ['https://pictures.example/a.jpg', 'https://pictures.example/b.jpg'],
    statusCallback: desk.receiver.url,
  });
  expect(created).toMatchObject({ status: 'queued', body: 'Grüße 👋', numMedia: '2' });
  expect(created.dateCreated.getTime()).toBeGreaterThan(Date.now() - 5_000);
  await desk.carrier.tell(created.sid, [{ status: 'delivered' }]);
  const [raw] = desk.receiver.calls;
  expect(
    raw &&
      twilioSdk.validateRequest(
        desk.credentials['authToken'] ?? '',
        raw.headers['x-twilio-signature'] ?? '',
        raw.url,
        { ...parse(Buffer.from(raw.body).toString()) },
      ),
  ).toBe(true);
  expect(await client.messages(created.sid).fetch()).toMatchObject({ status: 'delivered' });
  const refused = client.messages.create({ to: '+15005550004', from: line, body: 'x' });
  await expect(refused).rejects.toMatchObject({ status: 400, code: 21610 });
});

test('the official client pages through what we sent, and we through what it sent', async () => {
  await using desk = await TwilioDesk.open();
  const client = officialClient(desk);
  const sids: string[] = [];
  for (let at = 0; at < 30; at += 1)
    sids.push(
      at % 2 === 0
        ? await desk.send()
        : (await client.messages.create({ to: customer, from: line, body: 'x' })).sid,
    );
  const after = { dateSentAfter: new Date(Date.now() - 60_000), from: line, to: customer };
  const listed = await client.messages.list({ ...after, pageSize: 7 });
  expect(listed.map(({ sid }) => sid)).toEqual(sids.toReversed());
  const query = { since: Date.now() - 60_000, until: Date.now() + 60_000, cursor: null };
  const ours = await desk.adapter.listTexts?.(
    { ...query, between: { line, peer: customer } },
    5_000,
  );
  expect(ours?.kind === 'told' && ours.answer.rows.map((row) => row.providerMessageId)).toEqual(
    sids.toReversed(),
  );
});

test('the official client reads the numbers, services and campaigns we read', async () => {
  await using desk = await TwilioDesk.open();
  const { account } = desk.carrier;
  const campaign = { sid: 'QE1', status: 'VERIFIED', campaign: 'C1', brand: 'BN1' };
  const numbers = [desk.number.sid];
  for (let serial = 0; serial < 60; serial += 1)
    account.services.push({
      sid: account.nextSid('MG'),
      numbers: serial === 59 ? numbers : [],
      inboundUrl: null,
      defers: true,
      campaigns: serial === 59 ? [campaign] : [],
    });
  const client = officialClient(desk);
  const [number] = await client.incomingPhoneNumbers.list();
  expect(number).toMatchObject({ phoneNumber: line, smsUrl: desk.receiver.url });
  const services = await client.messaging.v1.services.list({ pageSize: 20 });
  expect(services).toHaveLength(60);
  const last = client.messaging.v1.services(services.at(-1)?.sid ?? '');
  expect((await last.phoneNumbers.list()).map(({ sid }) => sid)).toEqual(numbers);
  expect((await last.usAppToPerson.list())[0]).toMatchObject({ campaignStatus: 'VERIFIED' });
  expect(await client.balance.fetch()).toMatchObject({ balance: '12.34', currency: 'USD' });
  await client.incomingPhoneNumbers(desk.number.sid).update({ smsUrl: 'https://x.example/' });
  const ours = await desk.adapter.listNumbers?.(null, 5_000);
  expect(ours).toMatchObject({
    answer: { rows: [{ hookUrl: 'https://x.example/', registration: { campaignId: 'C1' } }] },
  });
});
