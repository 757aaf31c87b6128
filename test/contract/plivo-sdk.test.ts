import * as fc from 'fast-check';
import { Client, validateSignature, validateV3Signature } from 'plivo';
import { expect, test } from 'vitest';

import { openGuard } from '#main/providers/plivo/webhook.ts';
import type { RawDelivery } from '#shared/provider/delivery.ts';
import { plivoV2, plivoV3 } from '#test/carriers/plivo-signing.ts';

import { PlivoDesk, callback, ours, theirs } from './plivo-desk.ts';

const token = fc.string({ minLength: 1, maxLength: 40 }).filter((text) => /^[!-~]+$/.test(text));
const nonce = fc.stringMatching(/^[0-9A-Za-z-]{1,36}$/);
const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,12}$/);
const words = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.string({ maxLength: 30 }),
);
const pairs = fc.array(
  fc.tuple(
    name,
    words.filter((text) => text.isWellFormed()),
  ),
  { maxLength: 8 },
);
const address = fc
  .tuple(
    fc.constantFrom('https', 'http'),
    fc.stringMatching(/^[a-z][a-z0-9-]{0,10}(\.[a-z]{2,6})?$/),
    fc.option(fc.integer({ min: 1, max: 65_535 })),
    fc.stringMatching(/^(\/[A-Za-z0-9_-]{1,8}){1,4}$/),
  )
  .map(
    ([scheme, host, port, path]) => `${scheme}://${host}${port === null ? '' : `:${port}`}${path}`,
  );
const signed = fc.record({ token, nonce, address, query: pairs, form: pairs });

type Change = 'none' | 'token' | 'nonce' | 'path' | 'query' | 'form' | 'signature';
const change = fc.constantFrom<Change[]>(
  ...(['none', 'none', 'token', 'nonce', 'path', 'query', 'form', 'signature'] as const),
);

const asForm = (fields: [string, string][]): string => new URLSearchParams(fields).toString();

/** A form as the SDK wants it: several values of one name in an array. */
function asObject(form: string): Record<string, string | string[]> {
  const read = new URLSearchParams(form);
  return Object.fromEntries(
    [...new Set(read.keys())].map((key) => {
      const values = read.getAll(key);
      return [key, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
}

/** What is called and said, after one thing of it was changed on the way. */
function tamper(
  call: { url: string; form: string; nonce: string; signature: string },
  what: Change,
): typeof call {
  const { url, form, signature } = call;
  const [path = '', query] = url.split('?', 2);
  if (what === 'nonce') return { ...call, nonce: `${call.nonce}x` };
  if (what === 'path')
    return { ...call, url: query === undefined ? `${path}x` : `${path}x?${query}` };
  if (what === 'query') return { ...call, url: `${url}${query === undefined ? '?' : '&'}extra=1` };
  if (what === 'form') return { ...call, form: form === '' ? 'extra=1' : `${form}&extra=1` };
  if (what === 'signature') return { ...call, signature: `A${signature.slice(1)}` };
  return call;
}

function isTaken(tokens: string, raw: Partial<RawDelivery>, form: string): boolean {
  return openGuard([tokens]).authenticate(callback(form, raw)) === 'authentic';
}

test('what the SDK’s validator of the third version takes our guard takes, and nothing else', () => {
  let taken = 0;
  fc.assert(
    fc.property(signed, change, (given, what) => {
      const query = asForm(given.query);
      const url = query === '' ? given.address : `${given.address}?${query}`;
      const form = asForm(given.form);
      const signature = plivoV3({ url, form, nonce: given.nonce, token: given.token });
      const call = tamper({ url, form, nonce: given.nonce, signature }, what);
      const used = what === 'token' ? `${given.token}x` : given.token;
      const theirs = validateV3Signature(
        'POST',
        call.url,
        call.nonce,
        used,
        call.signature,
        asObject(call.form),
      );
      const headers = {
        'x-plivo-signature-v3': call.signature,
        'x-plivo-signature-v3-nonce': call.nonce,
      };
      if (theirs === true) taken += 1;
      expect(isTaken(used, { url: call.url, headers }, call.form)).toBe(theirs);
      if (what === 'none') expect(theirs).toBe(true);
    }),
    { numRuns: 1_000 },
  );
  expect(taken).toBeGreaterThan(100);
  expect(taken).toBeLessThan(900);
});

test('what the SDK’s validator of the second version takes our guard takes, and nothing else', () => {
  let taken = 0;
  fc.assert(
    fc.property(signed, change, (given, what) => {
      const query = asForm(given.query);
      const url = query === '' ? given.address : `${given.address}?${query}`;
      const form = asForm(given.form);
      const signature = plivoV2({ url, nonce: given.nonce, token: given.token });
      const call = tamper({ url, form, nonce: given.nonce, signature }, what);
      const used = what === 'token' ? `${given.token}x` : given.token;
      const theirs = validateSignature(call.url, call.nonce, call.signature, used);
      const headers = {
        'x-plivo-signature-v2': call.signature,
        'x-plivo-signature-v2-nonce': call.nonce,
      };
      if (theirs === true) taken += 1;
      expect(isTaken(used, { url: call.url, headers }, call.form)).toBe(theirs);
    }),
    { numRuns: 500 },
  );
  expect(taken).toBeGreaterThan(50);
  expect(taken).toBeLessThan(500);
});

function clientOf(desk: PlivoDesk, authToken = desk.carrier.authToken): Client {
  const { authId, url } = desk.carrier;
  return new Client(authId, authToken, { url: `${url}/v1/Account/${authId}` });
}

test('the SDK texts over the local carrier, and its callbacks are good to the SDK', async () => {
  await using desk = await PlivoDesk.start();
  const client = clientOf(desk);
  const sent = await client.messages.create(ours, theirs, 'Hi Sam 👋', {
    url: `${desk.receiver.url}?ref=x`,
    method: 'POST',
  });
  const [id = ''] = sent.messageUuid;
  const [raw] = await desk.during(() => desk.carrier.tell(id, 'delivered'));
  const { url = '', headers = {}, body = new Uint8Array() } = raw ?? {};
  const form = asObject(Buffer.from(body).toString());
  expect(form['Status']).toBe('delivered');
  const [signature = '', used = ''] = ['', '-nonce'].map(
    (part) => headers[`x-plivo-signature-v3${part}`],
  );
  const { authToken } = desk.carrier;
  expect(validateV3Signature('POST', url, used, authToken, signature, form)).toBe(true);
});

test('the SDK lists what our adapter sent, and our adapter what the SDK sent', async () => {
  await using desk = await PlivoDesk.start();
  const client = clientOf(desk);
  const ids = [await desk.send('one')];
  const media_urls = ['https://x.example/a.jpg'];
  const sent = await client.messages.create(ours, theirs, 'two', { type: 'mms', media_urls });
  ids.unshift(...sent.messageUuid);
  const listed = (await client.messages.list({ limit: 20 } as never)) as unknown as {
    messageUuid: string;
  }[];
  expect(listed.map(({ messageUuid }) => messageUuid)).toEqual(ids);
  const span = { since: Date.now() - 60_000, until: Date.now() + 60_000 };
  const asked = await desk.adapter.listTexts?.({ ...span, between: null, cursor: null }, 5_000);
  expect(asked?.kind === 'told' && asked.answer.rows.map((row) => row.providerMessageId)).toEqual(
    ids,
  );
});

test('the SDK finds and buys numbers at the local carrier, and is refused by it', async () => {
  await using desk = await PlivoDesk.start();
  const client = clientOf(desk);
  const found = (await client.numbers.search('US', {
    type: 'local',
    pattern: '201',
  } as never)) as unknown as { number: string }[];
  expect(found.map(({ number }) => number)).toEqual(['12015550110']);
  await client.numbers.buy('12015550110', '1001', undefined as never, undefined as never);
  expect(desk.carrier.numbers.find('12015550110')).toBeDefined();
  const owned = (await client.numbers.list({} as never)) as unknown as { number: string }[];
  expect(owned.map(({ number }) => number)).toContain('12015550110');
  const stranger = clientOf(desk, 'not-the-token');
  await expect(stranger.messages.list({} as never)).rejects.toThrow();
});
