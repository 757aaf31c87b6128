import { expect, test } from 'vitest';

import { telnyx } from '#main/providers/telnyx/adapter.ts';
import type { RawDelivery } from '#shared/provider/delivery.ts';
import { makeNumber, ours, profileId } from '#test/carriers/telnyx-account.ts';
import { complain } from '#test/carriers/telnyx-answer.ts';
import { UnrulyFront } from '#test/fakes/unruly-front.ts';

import { TelnyxDesk, credentials, customer, eventWith, openTelnyx } from './telnyx-under-test.ts';

const deadlineMs = 5_000;
const uid = '01890000-0000-7000-8000-0000000000bb';
const text = { uid, from: ours, to: customer, text: 'Hello', mediaUrls: [] };

const { adapter: reader } = openTelnyx(null);

function delivery(body: string, url = 'https://hooks.example/hooks/telnyx/c1'): RawDelivery {
  return {
    provider: 'telnyx',
    connectionId: 'c1',
    method: 'POST',
    url,
    headers: {},
    body: new TextEncoder().encode(body),
    receivedAt: Date.now(),
  };
}

const finalized = { event_type: 'message.finalized' };

function receiptWith(status: string, errors: unknown[] = []) {
  const to = [{ phone_number: customer, status }];
  return reader.readDelivery(delivery(eventWith({ direction: 'outbound', to, errors }, finalized)));
}

test.each([
  ['scheduled', 'accepted'],
  ['queued', 'accepted'],
  ['sending', 'accepted'],
  ['sent', 'sent'],
  ['delivered', 'delivered'],
  ['delivery_unconfirmed', 'sent'],
])('the status "%s" is %s, and no failure', (status, state) => {
  expect(receiptWith(status)).toMatchObject([{ kind: 'receipt', state, failure: null }]);
});

test.each([
  ['delivery_failed', 'unmapped'],
  ['sending_failed', 'unmapped'],
  ['cancelled', 'unmapped'],
  ['expired', 'expired'],
])('the status "%s" without an error is a failure that keeps the word', (status, kind) => {
  expect(receiptWith(status)).toMatchObject([{ state: 'failed', failure: { kind, raw: status } }]);
});

test('a status nobody knows, and events about other things, say nothing', () => {
  expect(receiptWith('evaporated')).toEqual([]);
  expect(receiptWith('')).toEqual([]);
  for (const type of ['number_order.complete', 'call.hangup', 'message.read', 'x'])
    expect(
      reader.readDelivery(delivery(eventWith({ a: 1 }, { event_type: type, payload: { a: 1 } }))),
    ).toEqual([]);
});

const kinds = {
  'invalid-number': ['10002', '10016', '40012', '40310'],
  credentials: ['10009', '20002', '20006', '40311', '40313'],
  balance: ['20012', '20100', '40333'],
  landline: ['40001'],
  filtered: ['40002', '40003', '40015', '40017', '40020', '40315'],
  'carrier-trouble': ['10007', '10008', '40004', '40006', '40007'],
  expired: ['40005', '40014'],
  unreachable: ['40008'],
  content: ['40009', '40304', '40316', '40322'],
  'not-registered': ['40010', '40019', '40150', '40151', '40155', '40329', '40330'],
  'rate-limited': ['10011', '40011', '40016', '40018', '40318'],
  'opted-out': ['40300'],
  'too-long': ['40302', '40328'],
  media: ['40317'],
  'not-allowed':
    '10001 10005 10006 10010 20013 20014 20015 20016 20017 40013 40100 40301 40305 40306 40307 40308 40309 40312 40314 40319 40320 40321 40323 40325 40331'.split(
      ' ',
    ),
  unmapped: ['10003', '10004', '10015', '40999', '1', 'words'],
};
const codes = Object.entries(kinds).flatMap(([kind, list]) => list.map((code) => [code, kind]));

test.each(codes)('a receipt with the code %s fails as %s and keeps it', (code, kind) => {
  const [event] = receiptWith('delivery_failed', [{ code, title: 'Why', detail: 'In words.' }]);
  expect(event).toMatchObject({ failure: { kind, raw: `${code}: Why: In words.` } });
});

test('a code that is a number is as good as its digits, and words said twice are kept once', () => {
  const [event] = receiptWith('delivery_failed', [{ code: 40001, title: 'No', detail: 'No' }]);
  expect(event).toMatchObject({ failure: { kind: 'landline', raw: '40001: No' } });
});

test('the code of STOP with words of something else is no opting out', () => {
  const [event] = receiptWith('delivery_failed', [{ code: '40300', title: 'Rejected by carrier' }]);
  expect(event).toMatchObject({ failure: { kind: 'filtered', raw: '40300: Rejected by carrier' } });
});

test.each([
  ['/to', 'invalid-number'],
  ['/from', 'not-allowed'],
  ['/media_urls/0', 'media'],
  ['/text', 'content'],
  ['/webhook_url', 'unmapped'],
])('a complaint about the field %s is %s', async (pointer, kind) => {
  await using desk = await TelnyxDesk.open();
  await using front = await UnrulyFront.before(desk.carrier.url);
  const { status, body } = complain('10015', { pointer });
  front.manners = { kind: 'answer', status, body: JSON.stringify(body) };
  const outcome = await openTelnyx(front.url).adapter.send(text, deadlineMs);
  expect(outcome).toMatchObject({ kind: 'refused', failure: { kind } });
});

test.each([
  { what: 'a full queue', status: 400, code: '40318', kind: 'unsent', failure: 'rate-limited' },
  { what: 'an odd error', status: 400, code: '10007', kind: 'unknown', failure: 'no-answer' },
  { what: 'its timeout', status: 422, code: '10008', kind: 'unknown', failure: 'no-answer' },
  { what: 'a bad request', status: 400, code: '10011', kind: 'refused', failure: 'unmapped' },
  { what: 'a status of time', status: 408, code: '40310', kind: 'unknown', failure: 'no-answer' },
  { what: 'a fault', status: 503, code: '40310', kind: 'unknown', failure: 'no-answer' },
])('$what ($status, $code) leaves the text $kind', async ({ status, code, kind, failure }) => {
  await using desk = await TelnyxDesk.open();
  await using front = await UnrulyFront.before(desk.carrier.url);
  front.manners = { kind: 'answer', status, body: JSON.stringify(complain(code).body) };
  const outcome = await openTelnyx(front.url).adapter.send(text, deadlineMs);
  expect(outcome).toMatchObject({ kind, failure: { kind: failure } });
});

test('a text that has failed by the time it is answered for is refused with the reason', async () => {
  await using desk = await TelnyxDesk.open();
  await using front = await UnrulyFront.before(desk.carrier.url);
  const failed = {
    id: 'm1',
    direction: 'outbound',
    from: { phone_number: ours },
    to: [{ phone_number: customer, status: 'sending_failed' }],
    errors: [{ code: '40100', title: 'Not messaging enabled' }],
  };
  front.manners = { kind: 'answer', status: 200, body: JSON.stringify({ data: failed }) };
  expect(await openTelnyx(front.url).adapter.send(text, deadlineMs)).toMatchObject({
    kind: 'refused',
    failure: { kind: 'not-allowed', raw: '40100: Not messaging enabled' },
  });
});

test('a text asks for its receipts at an address that names it, and for nothing else', async () => {
  await using desk = await TelnyxDesk.open();
  const hooks = [
    { purpose: 'messages', url: 'https://hooks.example/hooks/telnyx/c1' },
    { purpose: 'receipts', url: 'https://hooks.example/hooks/telnyx/c1' },
  ] as const;
  const { adapter } = openTelnyx(desk.carrier.url, { hooks });
  expect((await adapter.send(text, deadlineMs)).kind).toBe('accepted');
  const webhook_url = `https://hooks.example/hooks/telnyx/c1?ref=${uid}`;
  const [call] = desk.carrier.calls;
  expect(call).toMatchObject({ method: 'POST', path: '/v2/messages', status: 200 });
  expect(call?.body).toEqual({ from: ours, to: customer, text: 'Hello', webhook_url });
  expect(call?.headers).not.toHaveProperty('idempotency-key');
  expect(telnyx.capabilities).toMatchObject({ idempotencyKey: false, echoesReference: true });
});

test('pictures go by their addresses, and a name is sent with the profile it belongs to', async () => {
  await using desk = await TelnyxDesk.open();
  const named = { ...credentials, messagingProfileId: profileId };
  const { adapter } = openTelnyx(desk.carrier.url, { credentials: named });
  const mediaUrls = ['https://relay.example/m/1', 'https://relay.example/m/2'];
  for (const change of [{ text: '', mediaUrls }, { from: 'CallCentre' }, { to: '72345' }])
    expect(await adapter.send({ ...text, ...change }, deadlineMs)).toMatchObject({
      kind: 'accepted',
    });
  expect(desk.carrier.calls.map(({ body }) => body)).toEqual([
    { from: ours, to: customer, media_urls: mediaUrls },
    { from: 'CallCentre', to: customer, text: 'Hello', messaging_profile_id: profileId },
    { from: ours, to: '72345', text: 'Hello' },
  ]);
});

test('a picture from a number without MMS is refused as not allowed', async () => {
  await using desk = await TelnyxDesk.open();
  const from = '+15550100003';
  desk.carrier.account.numbers.push(
    makeNumber(from, { mms: false, messaging_profile_id: profileId }),
  );
  const { adapter } = openTelnyx(desk.carrier.url);
  const picture = { ...text, from, mediaUrls: ['https://relay.example/m/1'] };
  expect(await adapter.send(picture, deadlineMs)).toMatchObject({
    kind: 'refused',
    failure: { kind: 'not-allowed', raw: expect.stringContaining('40308') },
  });
});

test('where the answer is lost, the receipt itself says which text it is of', async () => {
  await using desk = await TelnyxDesk.open();
  await using front = await UnrulyFront.before(desk.carrier.url);
  front.manners = { kind: 'reset', taken: true };
  const hooks = [{ purpose: 'receipts', url: desk.receiver.url }] as const;
  const { adapter, guard } = openTelnyx(front.url, { hooks });
  expect((await adapter.send(text, deadlineMs)).kind).toBe('unknown');
  const [taken] = [...desk.carrier.account.messages.values()];
  const raw = await desk.next(() => void desk.carrier.advance(taken?.id ?? '', 'delivered'));
  expect(guard.authenticate(raw)).toBe('authentic');
  expect(adapter.readDelivery(raw)).toMatchObject([
    { reference: uid, providerMessageId: taken?.id, state: 'delivered' },
  ]);
});

test('a receipt that came to the profile’s address still names its text', () => {
  const about = { direction: 'outbound', to: [{ phone_number: customer, status: 'sent' }] };
  const webhook_url = `https://hooks.example/x?ref=${uid}`;
  const told = reader.readDelivery(delivery(eventWith({ ...about, webhook_url }, finalized)));
  expect(told).toMatchObject([{ reference: uid }]);
});

test('a delivery that is answered badly comes again, then at the second address, always as the same', async () => {
  await using desk = await TelnyxDesk.open();
  const { guard } = openTelnyx(desk.carrier.url);
  const profile = desk.carrier.account.profiles.get(profileId);
  if (profile !== undefined) profile.webhook_failover_url = `${desk.receiver.url}?second`;
  desk.receiver.answerNext(500, 404, 302);
  desk.carrier.receive({ from: customer, to: ours, text: 'again' });
  const calls = await desk.receiver.waitFor(4);
  expect(calls[3]?.url).toMatch(/\?second$/);
  expect(new Set(calls.map((raw) => guard.dedupeKey(raw))).size).toBe(1);
  expect(calls.map((raw) => guard.authenticate(raw))).toEqual(Array(4).fill('authentic'));
});

test('what comes doubled has one key; what comes in reverse says what it would have said', async () => {
  await using desk = await TelnyxDesk.open();
  const { carrier, receiver } = desk;
  const { adapter, guard } = openTelnyx(carrier.url);
  const id = await desk.send();
  carrier.webhooks.held = true;
  carrier.webhooks.doubled = true;
  carrier.advance(id, 'sent');
  carrier.advance(id, 'delivered');
  carrier.webhooks.releaseReversed();
  const calls = await receiver.waitFor(4);
  expect(new Set(calls.map((raw) => guard.dedupeKey(raw))).size).toBe(2);
  const states = calls
    .flatMap((raw) => adapter.readDelivery(raw))
    .map((event) => event.kind === 'receipt' && event.state);
  expect(states).toEqual(['delivered', 'delivered', 'sent', 'sent']);
});

test('a text to a group is for the one of its numbers that is ours', () => {
  const to = [{ phone_number: '+15550100150' }, { phone_number: ours }];
  expect(reader.readDelivery(delivery(eventWith({ to })))).toMatchObject([{ to: ours }]);
  const cc = [{ phone_number: ours }];
  const alone = [{ phone_number: '+15550100150' }];
  expect(reader.readDelivery(delivery(eventWith({ to: alone, cc })))).toMatchObject([{ to: ours }]);
  expect(reader.readDelivery(delivery(eventWith({ to: alone })))).toMatchObject([
    { to: '+15550100150' },
  ]);
});

test.each([
  { amount: '0.0070', fee: '0.0030', currency: 'USD', priceMicros: 4_000, feeMicros: 3_000 },
  { amount: '0.0051', fee: '0.00305', currency: 'USD', priceMicros: 2_050, feeMicros: 3_050 },
  { amount: '1.666E-4', fee: null, currency: 'USD', priceMicros: 167, feeMicros: null },
  { amount: '0.0040', fee: '0.0', currency: 'EUR', priceMicros: 4_000, feeMicros: 0 },
])('of a cost of $amount, $fee is the network’s fee', ({ amount, fee, currency, ...micros }) => {
  const cost = { amount, currency };
  const carrier_fee = { amount: fee, currency };
  const to = [{ phone_number: customer, status: 'delivered' }];
  const told = { direction: 'outbound', to, parts: 3, cost, cost_breakdown: { carrier_fee } };
  expect(reader.readDelivery(delivery(eventWith(told, finalized)))).toMatchObject([
    { billing: { segments: 3, currency, ...micros } },
  ]);
});

test('attachments may be fetched from where the carrier says they lie, by name and over HTTPS alone', () => {
  const { adapter } = openTelnyx(null);
  const media = [
    'https://files-7.carrier-cdn.example/a.jpg',
    'https://10.0.0.7/a.jpg',
    'https://[fd00::1]/a.jpg',
    'https://localhost/a.jpg',
    'https://odd.example:8443/a.jpg',
    'http://plain.example/a.jpg',
  ].map((url) => ({ url, content_type: 'image/jpeg' }));
  const before = adapter.mediaAccess();
  expect(before.headers).toEqual({});
  expect(before.origins).toContain('https://api.telnyx.com');
  adapter.readDelivery(delivery(eventWith({ media })));
  const more = adapter.mediaAccess().origins.filter((each) => !before.origins.includes(each));
  expect(more).toEqual(['https://files-7.carrier-cdn.example']);
});
