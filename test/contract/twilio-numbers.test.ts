import { expect, test } from 'vitest';

import type { Asked, CarrierNumber, ListPage } from '#shared/provider/carrier-lists.ts';
import type { ServiceRow } from '#test/carriers/twilio-account.ts';
import { TwilioDesk, line } from '#test/carriers/twilio-desk.ts';

const deadlineMs = 5_000;
const tollFree = '+18335550100';

type Numbers = Asked<ListPage<CarrierNumber>> | undefined;

/** Every page of the numbers. */
async function readAll(desk: TwilioDesk, adapter = desk.adapter): Promise<CarrierNumber[]> {
  const rows: CarrierNumber[] = [];
  let cursor: string | null = null;
  for (let pages = 0; pages < 10; pages += 1) {
    const asked: Numbers = await adapter.listNumbers?.(cursor, deadlineMs);
    if (asked?.kind !== 'told') throw new Error(`not told: ${JSON.stringify(asked)}`);
    rows.push(...asked.answer.rows);
    if (asked.answer.next === null) return rows;
    cursor = asked.answer.next;
  }
  throw new Error('the list does not end');
}

function addService(desk: TwilioDesk, change: Partial<ServiceRow>): ServiceRow {
  const { account } = desk.carrier;
  const sid = account.nextSid('MG');
  const service = { sid, numbers: [], inboundUrl: null, defers: false, campaigns: [], ...change };
  account.services.push(service);
  return service;
}

function addCampaign(desk: TwilioDesk, status: string, numbers: readonly string[]): void {
  const { account } = desk.carrier;
  const brand = account.nextSid('BN');
  account.brands.set(brand, 'BTCR123');
  const campaign = { sid: account.nextSid('QE'), status, campaign: 'CTCR456', brand };
  addService(desk, { numbers, campaigns: [campaign] });
}

const unregistered = { state: 'unregistered', brandId: null, campaignId: null, detail: null };

test('numbers and short codes are listed with what they can and where their texts go', async () => {
  await using desk = await TwilioDesk.open();
  const { account } = desk.carrier;
  const voiceOnly = { sms: false, mms: false, voice: true };
  account.addNumber(tollFree, { name: 'Support', capabilities: voiceOnly });
  account.addNumber('+447700900123');
  account.shortCodes.push({ sid: 'SC1', code: '72345', smsUrl: '' });
  const common = { registration: unregistered, hookUrl: null };
  expect(await readAll(desk)).toEqual([
    {
      ...common,
      number: line,
      id: desk.number.sid,
      label: line,
      numberType: '10dlc',
      sms: true,
      mms: true,
      voice: true,
      hookUrl: desk.receiver.url,
    },
    {
      ...common,
      ...voiceOnly,
      number: tollFree,
      id: account.numbers[1]?.sid,
      label: 'Support',
      numberType: 'toll-free',
    },
    expect.objectContaining({ number: '+447700900123', numberType: 'other', registration: null }),
    {
      number: '72345',
      id: 'SC1',
      label: '72345',
      numberType: 'short-code',
      sms: true,
      mms: false,
      voice: false,
      hookUrl: null,
      registration: null,
    },
  ]);
});

test.each([
  ['answers itself', { inboundUrl: 'https://other.example/' }, 'https://other.example/'],
  ['answers nothing', { inboundUrl: null }, null],
  ['leaves it to its numbers', { inboundUrl: 'https://other.example/', defers: true }, 'own'],
])('texts to a number in a service that %s go there', async (_what, change, url) => {
  await using desk = await TwilioDesk.open();
  addService(desk, { ...change, numbers: [desk.number.sid] });
  const [number] = await readAll(desk);
  expect(number?.hookUrl).toBe(url === 'own' ? desk.receiver.url : url);
});

test('where texts to a number of an application go, the number does not tell', async () => {
  await using desk = await TwilioDesk.open();
  desk.number.smsApplication = 'AP1';
  expect((await readAll(desk))[0]?.hookUrl).toBeNull();
});

test('more numbers than a page holds are all listed', async () => {
  await using desk = await TwilioDesk.open();
  for (let serial = 0; serial < 1_200; serial += 1)
    desk.carrier.account.addNumber(`+1555${1_000_000 + serial}`);
  expect(await readAll(desk)).toHaveLength(1_201);
});

test.each([
  ['VERIFIED', 'registered'],
  ['IN_PROGRESS', 'pending'],
  ['PENDING', 'pending'],
  ['FAILED', 'rejected'],
])('a number under a campaign that is %s is %s', async (status, state) => {
  await using desk = await TwilioDesk.open();
  addService(desk, {});
  addCampaign(desk, status, [desk.number.sid]);
  const [number] = await readAll(desk);
  expect(number?.registration).toEqual({
    state,
    brandId: 'BTCR123',
    campaignId: 'CTCR456',
    detail: status,
  });
});

test('a campaign in a word that is not known says nothing sure', async () => {
  await using desk = await TwilioDesk.open();
  addCampaign(desk, 'BEWITCHED', [desk.number.sid]);
  expect((await readAll(desk))[0]?.registration).toBeNull();
});

test('a brand the registry has not named yet leaves the campaign as it is', async () => {
  await using desk = await TwilioDesk.open();
  addCampaign(desk, 'VERIFIED', [desk.number.sid]);
  desk.carrier.account.brands.clear();
  expect((await readAll(desk))[0]?.registration).toMatchObject({
    state: 'registered',
    brandId: null,
  });
});

test('services of several pages are all asked', async () => {
  await using desk = await TwilioDesk.open();
  for (let serial = 0; serial < 120; serial += 1) addService(desk, {});
  addCampaign(desk, 'VERIFIED', [desk.number.sid]);
  expect((await readAll(desk))[0]?.registration?.state).toBe('registered');
});

test.each([
  ['TWILIO_APPROVED', 'registered'],
  ['PENDING_REVIEW', 'pending'],
  ['IN_REVIEW', 'pending'],
  ['TWILIO_REJECTED', 'rejected'],
])('a toll-free number whose verification is %s is %s', async (status, state) => {
  await using desk = await TwilioDesk.open();
  const { account } = desk.carrier;
  const { sid: number } = account.addNumber(tollFree);
  account.verifications.push(
    { sid: 'HH1', number, status: 'TWILIO_REJECTED' },
    { sid: 'HH2', number, status },
  );
  expect((await readAll(desk))[1]?.registration).toMatchObject({ state, detail: status });
});

test('a key that may read numbers alone tells of them, and of nothing it is not sure of', async () => {
  await using desk = await TwilioDesk.open();
  const { account } = desk.carrier;
  account.keyIsRestricted = true;
  account.shortCodes.push({ sid: 'SC1', code: '72345', smsUrl: '' });
  const { sid: apiKeySid, secret: apiKeySecret } = account.key;
  const credentials = { ...desk.credentials, apiKeySid, apiKeySecret };
  const { adapter } = desk.connect({ credentials });
  expect(await readAll(desk, adapter)).toMatchObject([{ number: line, registration: null }]);
});

test('numbers on offer are told with place and price; where there is none there, Canada’s', async () => {
  await using desk = await TwilioDesk.open();
  desk.carrier.account.offers.push(
    { number: '+14155550100', locality: 'San Francisco', region: 'CA', country: 'US' },
    { number: '+14155560101', locality: null, region: null, country: 'US' },
    { number: '+14165550100', locality: 'Toronto', region: 'ON', country: 'CA' },
    { number: tollFree, locality: null, region: null, country: 'US' },
  );
  const offers = async (areaCode: string | null, isTollFree = false) => {
    const search = { areaCode, tollFree: isTollFree, limit: 5 };
    const asked = await desk.adapter.searchNumbers?.(search, deadlineMs);
    return asked?.kind === 'told' ? asked.answer : asked;
  };
  const local = { numberType: '10dlc', sms: true, mms: true, setupMicros: null };
  expect(await offers('415')).toEqual([
    { ...local, number: '+14155550100', place: 'San Francisco, CA', monthlyMicros: 1_150_000 },
    { ...local, number: '+14155560101', place: null, monthlyMicros: 1_150_000 },
  ]);
  expect(await offers('415556')).toMatchObject([{ number: '+14155560101' }]);
  expect(await offers('416')).toMatchObject([{ number: '+14165550100', place: 'Toronto, ON' }]);
  expect(await offers(null, true)).toMatchObject([
    { number: tollFree, numberType: 'toll-free', mms: false, monthlyMicros: 2_150_000 },
  ]);
  expect(await offers('999')).toEqual([]);
  expect(await offers('41')).toHaveLength(2);
});

test('a number is bought once, its texts and calls pointed at us', async () => {
  await using desk = await TwilioDesk.open();
  desk.carrier.account.offers.push({
    number: '+14155550100',
    locality: null,
    region: null,
    country: 'US',
  });
  const search = { areaCode: '415', tollFree: false, limit: 1 };
  const found = await desk.adapter.searchNumbers?.(search, deadlineMs);
  const offer = found?.kind === 'told' ? found.answer[0] : undefined;
  expect(await desk.adapter.buyNumber?.(offer!, deadlineMs)).toMatchObject({
    kind: 'told',
    answer: { number: '+14155550100', numberType: '10dlc', hookUrl: desk.receiver.url },
  });
  expect(desk.carrier.account.numbers.at(-1)?.statusCallback).toBe(desk.receiver.url);
  expect(await desk.adapter.buyNumber?.(offer!, deadlineMs)).toMatchObject({
    kind: 'not-told',
    failure: { kind: 'unmapped', raw: '21422: +14155550100 is not available.' },
  });
});

const hooks = ['messages', 'receipts', 'calls'] as const;
const at = (url: string) => hooks.map((purpose) => ({ purpose, url }));

test('hooks are configured: texts come to us and to no application, calls where nobody hears of them', async () => {
  await using desk = await TwilioDesk.open();
  const other = 'https://other.example/calls';
  const { account } = desk.carrier;
  account.addNumber('+15550100002', { smsUrl: 'https://other.example/', smsApplication: 'AP1' });
  account.addNumber('+15550100003', { statusCallback: other });
  const numbers = (await readAll(desk)).slice(1);
  const url = 'https://hooks.example/hooks/twilio/c1';
  for (const number of numbers)
    expect(await desk.adapter.configureHooks?.(number, at(url), deadlineMs)).toEqual({
      kind: 'told',
      answer: null,
    });
  expect(account.numbers.slice(1)).toMatchObject([
    { smsUrl: url, smsApplication: '', statusCallback: url },
    { smsUrl: url, smsApplication: '', statusCallback: other },
  ]);
});

test('a short code is configured where short codes are', async () => {
  await using desk = await TwilioDesk.open();
  desk.carrier.account.shortCodes.push({ sid: 'SC1', code: '72345', smsUrl: '' });
  const number = (await readAll(desk)).at(-1);
  const url = 'https://hooks.example/hooks/twilio/c1';
  expect(await desk.adapter.configureHooks?.(number!, at(url), deadlineMs)).toMatchObject({
    kind: 'told',
  });
  expect(desk.carrier.account.shortCodes).toEqual([{ sid: 'SC1', code: '72345', smsUrl: url }]);
});

test.each([
  ['answers itself', { inboundUrl: 'https://other.example/' }, false],
  ['answers nothing', { inboundUrl: null }, false],
  ['leaves it to its numbers', { inboundUrl: null, defers: true }, true],
  ['calls the same address', { inboundUrl: 'https://hooks.example/c1' }, true],
])('a number in a service that %s', async (_what, change, helps) => {
  await using desk = await TwilioDesk.open();
  const service = addService(desk, { ...change, numbers: [desk.number.sid] });
  const [number] = await readAll(desk);
  const url = 'https://hooks.example/c1';
  const before = desk.number.smsUrl;
  const asked = await desk.adapter.configureHooks?.(number!, at(url), deadlineMs);
  if (helps) expect(asked).toEqual({ kind: 'told', answer: null });
  else
    expect(asked).toEqual({
      kind: 'not-told',
      failure: {
        kind: 'not-allowed',
        raw: `messaging service ${service.sid} answers for this number`,
      },
    });
  expect(desk.number.smsUrl).toBe(helps ? url : before);
});

test('without an address there is nothing to configure, and nobody is asked', async () => {
  await using desk = await TwilioDesk.open();
  const [number] = await readAll(desk);
  const { length } = desk.carrier.calls;
  expect(await desk.adapter.configureHooks?.(number!, [], deadlineMs)).toMatchObject({
    kind: 'not-told',
  });
  expect(desk.carrier.calls).toHaveLength(length);
});
