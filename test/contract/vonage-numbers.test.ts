import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { expect, test } from 'vitest';

import type { CarrierNumber, HookAddress } from '#shared/provider/carrier-lists.ts';
import { applicationId, ours } from '#test/carriers/vonage-account.ts';

import { VonageDesk, byKey, bySms, deadlineMs } from './vonage-desk.ts';

const number = (change: Partial<CarrierNumber> = {}): CarrierNumber => ({
  number: `+${ours}`,
  id: null,
  label: null,
  numberType: '10dlc',
  sms: true,
  mms: true,
  voice: true,
  hookUrl: null,
  registration: null,
  ...change,
});

test('the numbers of the account are listed with where their texts go', async () => {
  await using desk = await VonageDesk.open();
  const { book } = desk.carrier;
  const settings = { moHttpUrl: 'https://old.example/mo' };
  const [, tollFree] = book.numbers;
  if (tollFree !== undefined) book.numbers[1] = { ...tollFree, settings, features: ['SMS'] };
  book.numbers.push({
    country: 'US',
    msisdn: '72345',
    type: 'mobile-shortcode',
    features: ['SMS'],
    settings: {},
  });
  book.numbers.push({
    country: 'GB',
    msisdn: '447700900000',
    type: 'mobile-lvn',
    features: ['VOICE'],
    settings: {},
  });
  const { adapter } = desk.connect();
  expect(await adapter.listNumbers?.(null, deadlineMs)).toEqual({
    kind: 'told',
    answer: {
      next: null,
      rows: [
        number({ hookUrl: desk.receiver.url }),
        number({
          number: '+18005550199',
          numberType: 'toll-free',
          mms: false,
          voice: false,
          hookUrl: settings.moHttpUrl,
        }),
        number({ number: '72345', numberType: 'short-code', mms: false, voice: false }),
        number({ number: '+447700900000', numberType: 'other', sms: false, mms: false }),
      ],
    },
  });
});

test('more numbers than a page are listed page by page, and none where there are none', async () => {
  await using desk = await VonageDesk.open();
  const { adapter } = desk.connect(byKey);
  const [one] = desk.carrier.book.numbers;
  if (one === undefined) throw new Error('there is a number');
  const many = Array.from({ length: 230 }, (_, at) => ({ ...one, msisdn: `1555020${1_000 + at}` }));
  desk.carrier.book.numbers = many;
  const seen: string[] = [];
  for (const cursor of [null, '2', '3']) {
    const asked = await adapter.listNumbers?.(cursor, deadlineMs);
    if (asked?.kind !== 'told') throw new Error('the numbers were not told');
    seen.push(...asked.answer.rows.map((row) => row.number));
    expect(asked.answer.next).toBe({ 1: '2', 2: '3' }[cursor ?? '1'] ?? null);
  }
  expect(seen).toEqual(many.map(({ msisdn }) => `+${msisdn}`));
  desk.carrier.book.numbers = [];
  expect(await adapter.listNumbers?.(null, deadlineMs)).toMatchObject({
    answer: { rows: [], next: null },
  });
});

test('numbers are looked for by area code and kind, bought, and gone afterwards', async () => {
  await using desk = await VonageDesk.open();
  const { adapter } = desk.connect();
  const local = { areaCode: '206', tollFree: false, limit: 5 };
  const found = await adapter.searchNumbers?.(local, deadlineMs);
  expect(found).toMatchObject({
    kind: 'told',
    answer: [
      { number: '+12065550123', numberType: '10dlc', sms: true, mms: true, monthlyMicros: null },
    ],
  });
  expect(
    await adapter.searchNumbers?.({ ...local, areaCode: null, tollFree: true }, deadlineMs),
  ).toMatchObject({
    answer: [{ number: '+18005550125', numberType: 'toll-free' }],
  });
  const [offer] = found?.kind === 'told' ? found.answer : [];
  if (offer === undefined) throw new Error('there was an offer');
  expect(await adapter.buyNumber?.(offer, deadlineMs)).toMatchObject({
    kind: 'told',
    answer: { number: '+12065550123', hookUrl: null },
  });
  expect(desk.carrier.book.owns('12065550123')).toBe(true);
  expect(await adapter.searchNumbers?.(local, deadlineMs)).toEqual({ kind: 'told', answer: [] });
  expect(await adapter.buyNumber?.(offer, deadlineMs)).toEqual({
    kind: 'not-told',
    failure: {
      kind: 'not-allowed',
      raw: '420: method failed: the number is not to be had any more',
    },
  });
});

const hooks: readonly HookAddress[] = [
  { purpose: 'messages', url: 'https://hooks.example/in' },
  { purpose: 'receipts', url: 'https://hooks.example/status' },
];

test('hooks are set on the application, all else of it and of the number being kept', async () => {
  await using desk = await VonageDesk.open();
  const { book } = desk.carrier;
  const { voice } = book.application.capabilities;
  const settings = { voiceCallbackType: 'sip', voiceCallbackValue: 'sip:a@pbx.example' };
  const [first] = book.numbers;
  if (first !== undefined) book.numbers[0] = { ...first, settings };
  book.application.capabilities.messages = { version: 'v0.1' };
  const { keys, privacy } = structuredClone(book.application);
  const { adapter } = desk.connect();
  expect(await adapter.configureHooks?.(number(), hooks, deadlineMs)).toEqual({
    kind: 'told',
    answer: null,
  });
  expect(book.application).toMatchObject({ name: 'Trunkline', keys, privacy, id: applicationId });
  expect(book.application.capabilities).toEqual({
    voice,
    messages: {
      webhooks: {
        inbound_url: { address: 'https://hooks.example/in', http_method: 'POST' },
        status_url: { address: 'https://hooks.example/status', http_method: 'POST' },
      },
      version: 'v1',
      authenticate_inbound_media: true,
    },
  });
  expect(book.numbers[0]?.settings).toEqual({ ...settings, app_id: applicationId });
  const updates = (): number =>
    desk.carrier.calls.filter(({ path }) => path === '/number/update').length;
  expect(updates()).toBe(1);
  await adapter.configureHooks?.(number(), hooks, deadlineMs);
  expect(updates()).toBe(1);
});

test('a number that is not of the account gets no hooks', async () => {
  await using desk = await VonageDesk.open();
  const { adapter } = desk.connect();
  const foreign = number({ number: '+15550999999' });
  expect(await adapter.configureHooks?.(foreign, hooks, deadlineMs)).toEqual({
    kind: 'not-told',
    failure: { kind: 'not-allowed', raw: 'not a number of this account' },
  });
});

/** A webhook address that answers a GET so. */
async function probed(status: number): Promise<AsyncDisposable & { readonly url: string }> {
  const server = createServer((_request, response) => response.writeHead(status).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/mo`;
  return {
    url,
    [Symbol.asyncDispose]: async () => void (await new Promise((done) => server.close(done))),
  };
}

test('by the SMS API the hook is the number’s own, and must answer the carrier’s probe', async () => {
  await using desk = await VonageDesk.open();
  await using good = await probed(200);
  await using bad = await probed(405);
  const { adapter } = desk.connect(bySms);
  const to = (url: string): Promise<unknown> | undefined =>
    adapter.configureHooks?.(number(), [{ purpose: 'messages', url }], deadlineMs);
  expect(await to(good.url)).toEqual({ kind: 'told', answer: null });
  const kept = { app_id: applicationId, moHttpUrl: good.url };
  expect(desk.carrier.book.numbers[0]?.settings).toEqual(kept);
  expect(await to(bad.url)).toEqual({
    kind: 'not-told',
    failure: { kind: 'not-allowed', raw: '420: Invalid callback url: no 200 OK to a GET request' },
  });
  expect(desk.carrier.book.numbers[0]?.settings).toEqual(kept);
});
