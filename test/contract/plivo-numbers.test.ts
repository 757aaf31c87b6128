import { expect, test } from 'vitest';

import type { CarrierNumber, NumberOffer } from '#shared/provider/carrier-lists.ts';

import { PlivoDesk, ours } from './plivo-desk.ts';

const deadlineMs = 5_000;
const hooks = [
  { purpose: 'messages', url: 'https://hooks.example/hooks/plivo/c1' },
  { purpose: 'receipts', url: 'https://hooks.example/hooks/plivo/c1' },
] as const;

async function numbersOf(desk: PlivoDesk): Promise<readonly CarrierNumber[]> {
  const asked = await desk.adapter.listNumbers?.(null, deadlineMs);
  if (asked?.kind !== 'told') throw new Error(JSON.stringify(asked));
  return asked.answer.rows;
}

async function numberOf(desk: PlivoDesk, number: string): Promise<CarrierNumber> {
  const found = (await numbersOf(desk)).find((each) => each.number === number);
  if (found === undefined) throw new Error(`no number ${number}`);
  return found;
}

test('numbers come with registration and with where their texts go now', async () => {
  await using desk = await PlivoDesk.start();
  const hookUrl = desk.receiver.url;
  const usual = { id: null, sms: true, voice: true };
  expect(await numbersOf(desk)).toEqual([
    {
      ...usual,
      number: ours,
      label: 'Front desk',
      numberType: '10dlc',
      mms: true,
      hookUrl,
      registration: {
        state: 'registered',
        brandId: null,
        campaignId: 'C012345',
        detail: 'COMPLETED',
      },
    },
    {
      ...usual,
      number: '+18445550102',
      label: null,
      numberType: 'toll-free',
      mms: false,
      hookUrl,
      registration: { state: 'registered', brandId: null, campaignId: null, detail: 'verified' },
    },
    {
      ...usual,
      number: '+15550100003',
      label: null,
      numberType: '10dlc',
      mms: false,
      hookUrl: null,
      registration: {
        state: 'unregistered',
        brandId: null,
        campaignId: null,
        detail: 'UNREGISTERED',
      },
    },
  ]);
  const asked = (await desk.carrier.calls()).filter(({ path }) => path.includes('Application'));
  expect(asked).toHaveLength(1);
});

test.each([
  ['COMPLETED', 'registered'],
  ['REGISTERED', 'registered'],
  ['PROCESSING', 'pending'],
  ['UNREGISTERED', 'unregistered'],
  ['FAILED', 'rejected'],
])('a campaign that is %s makes a number %s', async (registration, state) => {
  await using desk = await PlivoDesk.start();
  desk.carrier.numbers.owned.push({
    number: '15550100009',
    type: 'local',
    registration,
    application: null,
  });
  expect((await numberOf(desk, '+15550100009')).registration).toMatchObject({ state });
});

test.each([
  ['VERIFIED', 'registered'],
  ['PENDING_VERIFICATION', 'pending'],
  ['UNVERIFIED', 'unregistered'],
  ['REJECTED', 'rejected'],
])('a toll-free number that is %s is %s', async (verification, state) => {
  await using desk = await PlivoDesk.start();
  desk.carrier.numbers.owned.push({
    number: '18335550109',
    type: 'tollfree',
    verification,
    application: null,
  });
  expect((await numberOf(desk, '+18335550109')).registration).toMatchObject({ state });
});

test('what is not told of a registration is not made up', async () => {
  await using desk = await PlivoDesk.start();
  desk.carrier.numbers.owned.push(
    { number: '15550100009', type: 'local', application: null },
    { number: '15550100010', type: 'local', registration: 'DREAMING', application: null },
  );
  for (const number of ['+15550100009', '+15550100010'])
    expect((await numberOf(desk, number)).registration).toBeNull();
});

test('numbers come in pages', async () => {
  await using desk = await PlivoDesk.start();
  for (let count = 0; count < 40; count += 1)
    desk.carrier.numbers.owned.push({
      number: `1555020${String(count).padStart(4, '0')}`,
      type: 'local',
      application: null,
    });
  const counts: number[] = [];
  let cursor: string | null = null;
  do {
    const asked: Awaited<ReturnType<NonNullable<typeof desk.adapter.listNumbers>>> | undefined =
      await desk.adapter.listNumbers?.(cursor, deadlineMs);
    if (asked?.kind !== 'told') throw new Error(JSON.stringify(asked));
    counts.push(asked.answer.rows.length);
    cursor = asked.answer.next;
  } while (cursor !== null);
  expect(counts).toEqual([20, 20, 3]);
});

test('a number’s application gets a new address for texts and keeps everything else, and the number its application', async () => {
  await using desk = await PlivoDesk.start();
  const number = await numberOf(desk, ours);
  const told = await desk.adapter.configureHooks?.(number, hooks, deadlineMs);
  expect(told).toEqual({ kind: 'told', answer: null });
  expect(desk.carrier.numbers.applications).toEqual([
    {
      app_id: '1001',
      app_name: 'app 1001',
      answer_url: 'https://calls.example/answer',
      message_url: hooks[0].url,
      message_method: 'POST',
    },
  ]);
  expect(desk.carrier.numbers.find('15550100001').application).toBe('1001');
  expect((await numberOf(desk, ours)).hookUrl).toBe(hooks[0].url);
});

test('a number without an application gets one of its own', async () => {
  await using desk = await PlivoDesk.start();
  const number = await numberOf(desk, '+15550100003');
  await desk.adapter.configureHooks?.(number, hooks, deadlineMs);
  const made = desk.carrier.numbers.applications.at(-1);
  expect(made).toMatchObject({ message_url: hooks[0].url, message_method: 'POST', answer_url: '' });
  expect(desk.carrier.numbers.find('15550100003').application).toBe(made?.app_id);
  expect(desk.carrier.numbers.find('15550100001').application).toBe('1001');
  expect((await numberOf(desk, '+15550100003')).hookUrl).toBe(hooks[0].url);
});

test('without an address for texts, or for a foreign number, nothing is changed', async () => {
  await using desk = await PlivoDesk.start();
  const number = await numberOf(desk, ours);
  const before = structuredClone(desk.carrier.numbers.applications);
  const configure = desk.adapter.configureHooks;
  expect(await configure?.(number, [hooks[1]], deadlineMs)).toMatchObject({
    kind: 'not-told',
    failure: { kind: 'not-allowed' },
  });
  expect(await configure?.({ ...number, number: '+15550109999' }, hooks, deadlineMs)).toMatchObject(
    {
      kind: 'not-told',
      failure: { raw: '404: not found' },
    },
  );
  expect(desk.carrier.numbers.applications).toEqual(before);
});

const offer: NumberOffer = {
  number: '+12015550110',
  numberType: '10dlc',
  place: 'ORADELL, New Jersey, UNITED STATES',
  sms: true,
  mms: true,
  setupMicros: 0,
  monthlyMicros: 800_000,
};

test('numbers for sale are found by area and kind, with their prices', async () => {
  await using desk = await PlivoDesk.start();
  const search = (areaCode: string | null, tollFree: boolean) =>
    desk.adapter.searchNumbers?.({ areaCode, tollFree, limit: 5 }, deadlineMs);
  expect(await search('201', false)).toEqual({ kind: 'told', answer: [offer] });
  expect(await search('202', false)).toEqual({ kind: 'told', answer: [] });
  expect(await search(null, true)).toMatchObject({
    kind: 'told',
    answer: [{ number: '+18665550111', numberType: 'toll-free', mms: false }],
  });
});

test('a number that is bought is ours; one that is gone is not', async () => {
  await using desk = await PlivoDesk.start();
  const buy = () => desk.adapter.buyNumber?.(offer, deadlineMs);
  expect(await buy()).toMatchObject({ kind: 'told', answer: { number: offer.number, sms: true } });
  expect(desk.carrier.numbers.find('12015550110')).toBeDefined();
  expect(await buy()).toMatchObject({
    kind: 'not-told',
    failure: { raw: '404: number not found' },
  });
});

test.each([
  ['pending', { kind: 'told', answer: { number: offer.number, sms: false, voice: false } }],
  ['Failed', { kind: 'not-told', failure: { kind: 'not-allowed', raw: 'Failed' } }],
])('a purchase that is %s is not a number yet', async (status, result) => {
  await using desk = await PlivoDesk.start();
  desk.carrier.numbers.purchase = status;
  expect(await desk.adapter.buyNumber?.(offer, deadlineMs)).toMatchObject(result);
});
