import { expect, test } from 'vitest';

import type { NumberOffer } from '#shared/provider/carrier-lists.ts';
import { makeNumber, makeShortCode, ours, profileId } from '#test/carriers/telnyx-account.ts';

import { connect, deadlineMs, findNumber, numbersOf } from './telnyx-number-desk.ts';
import { TelnyxDesk } from './telnyx-under-test.ts';

const second = '+15550100002';
const tollFree = '+18335550100';

test('numbers are listed with what they can do, where their texts go and how they are registered', async () => {
  await using desk = await TelnyxDesk.open();
  const { account } = desk.carrier;
  account.numbers.push(
    makeNumber(second, { mms: false, connection_id: '12', customer_reference: 'Sales' }),
    makeNumber(tollFree, { sms: true, messaging_profile_id: profileId }),
    makeNumber('+15550100009', { status: 'purchase-pending' }),
  );
  account.shortCodes.push(makeShortCode('72345', null));
  account.assignments.push({
    phoneNumber: ours,
    assignmentStatus: 'ASSIGNED',
    campaignId: 'telnyx-campaign',
    tcrCampaignId: 'CABC123',
    brandId: 'telnyx-brand',
    tcrBrandId: 'BXYZ789',
    failureReasons: '',
    createdAt: '2026-01-01',
    updatedAt: '2026-01-01',
  });
  account.verifications.push({
    id: 'v1',
    verificationStatus: 'Waiting For Customer',
    reason: 'Say more.',
    phoneNumbers: [{ phoneNumber: tollFree }],
  });
  const id = (number: string): unknown =>
    account.numbers.find((each) => each.phone_number === number)?.id;
  const hookUrl = desk.receiver.url;
  expect(await numbersOf(connect(desk.carrier.url))).toEqual([
    {
      number: ours,
      id: id(ours),
      label: null,
      numberType: '10dlc',
      hookUrl,
      sms: true,
      mms: true,
      voice: false,
      registration: {
        state: 'registered',
        brandId: 'BXYZ789',
        campaignId: 'CABC123',
        detail: 'ASSIGNED',
      },
    },
    {
      number: second,
      id: id(second),
      label: 'Sales',
      numberType: '10dlc',
      hookUrl: null,
      sms: true,
      mms: false,
      voice: true,
      registration: { state: 'unregistered', brandId: null, campaignId: null, detail: null },
    },
    {
      number: tollFree,
      id: id(tollFree),
      label: null,
      numberType: 'toll-free',
      hookUrl,
      sms: true,
      mms: true,
      voice: false,
      registration: {
        state: 'pending',
        brandId: null,
        campaignId: null,
        detail: 'Waiting For Customer: Say more.',
      },
    },
    {
      number: '72345',
      id: 'sc-72345',
      label: null,
      numberType: 'short-code',
      hookUrl: null,
      sms: true,
      mms: true,
      voice: false,
      registration: null,
    },
  ]);
});

test.each([
  ['ASSIGNED', 'registered'],
  ['PENDING_ASSIGNMENT', 'pending'],
  ['FAILED_ASSIGNMENT', 'rejected'],
  ['PENDING_UNASSIGNMENT', 'pending'],
  ['FAILED_UNASSIGNMENT', 'registered'],
  ['SOMETHING_NEW', 'pending'],
])('a campaign assignment that is %s is %s', async (assignmentStatus, state) => {
  await using desk = await TelnyxDesk.open();
  const failureReasons = 'The brand is unverified.';
  desk.carrier.account.assignments.push({ phoneNumber: ours, assignmentStatus, failureReasons });
  const { registration } = await findNumber(connect(desk.carrier.url), ours);
  expect(registration).toMatchObject({ state, detail: failureReasons });
});

test.each([
  [['Verified'], 'registered'],
  [['Rejected'], 'rejected'],
  [['In Progress'], 'pending'],
  [['Waiting For Vendor'], 'pending'],
  [['Rejected', 'Verified'], 'registered'],
  [['Verified', 'Rejected'], 'registered'],
  [[], 'unregistered'],
])('a toll-free number with verifications %j is %s', async (statuses, state) => {
  await using desk = await TelnyxDesk.open();
  const { account } = desk.carrier;
  account.numbers.push(makeNumber(tollFree));
  for (const verificationStatus of statuses)
    account.verifications.push({ verificationStatus, phoneNumbers: [{ phoneNumber: tollFree }] });
  expect(await findNumber(connect(desk.carrier.url), tollFree)).toMatchObject({
    registration: { state },
  });
});

test('many numbers come in pages, the short codes once', async () => {
  await using desk = await TelnyxDesk.open();
  const { account } = desk.carrier;
  for (let count = 10; count < 130; count += 1)
    account.numbers.push(makeNumber(`+155502${String(count).padStart(5, '0')}`));
  account.shortCodes.push(makeShortCode('72345', profileId));
  const rows = await numbersOf(connect(desk.carrier.url));
  expect(rows).toHaveLength(122);
  expect(new Set(rows.map(({ number }) => number)).size).toBe(122);
  expect(rows.filter(({ sms }) => sms)).toHaveLength(122);
});

test('registrations that fill several pages are read whole', async () => {
  await using desk = await TelnyxDesk.open();
  const { account } = desk.carrier;
  const others = Array.from({ length: 1_000 }, (_, index) => `+155503${10_000 + index}`);
  for (const phoneNumber of [...others, ours])
    account.assignments.push({ phoneNumber, assignmentStatus: 'ASSIGNED' });
  account.numbers.push(makeNumber(tollFree));
  for (const phoneNumber of [...others, tollFree])
    account.verifications.push({ verificationStatus: 'Verified', phoneNumbers: [{ phoneNumber }] });
  const rows = await numbersOf(connect(desk.carrier.url));
  expect(rows.map(({ registration }) => registration?.state)).toEqual(['registered', 'registered']);
});

test('a key that may not see the registrations still lists the numbers, which then tell none', async () => {
  await using desk = await TelnyxDesk.open();
  desk.carrier.account.forbidden.add('/10dlc/phone_number_campaigns');
  desk.carrier.account.forbidden.add('/short_codes');
  expect(await numbersOf(connect(desk.carrier.url))).toMatchObject([{ registration: null }]);
});

test.each(['/phone_numbers', '/phone_numbers/messaging'])(
  'a key that may not see %s lists nothing and says why',
  async (path) => {
    await using desk = await TelnyxDesk.open();
    desk.carrier.account.forbidden.add(path);
    const page = await connect(desk.carrier.url).listNumbers?.(null, deadlineMs);
    expect(page).toMatchObject({ kind: 'not-told', failure: { kind: 'not-allowed' } });
  },
);

const offer = {
  record_type: 'available_phone_number',
  phone_number: '+15125550123',
  features: [{ name: 'sms' }, { name: 'voice' }],
  region_information: [
    { region_type: 'country_code', region_name: 'US' },
    { region_type: 'rate_center', region_name: 'AUSTIN' },
    { region_type: 'state', region_name: 'TX' },
  ],
  cost_information: { upfront_cost: '1.00', monthly_cost: '1.10000', currency: 'USD' },
};

test('numbers to buy are found by their first digits, with place and price', async () => {
  await using desk = await TelnyxDesk.open();
  const euros = { upfront_cost: '1.0', monthly_cost: '1.0', currency: 'EUR' };
  desk.carrier.account.available.push(
    offer,
    { ...offer, phone_number: '+15124440123', cost_information: euros, region_information: [] },
    { ...offer, phone_number: '+12125550123', features: [{ name: 'mms' }, { name: 'sms' }] },
    { ...offer, phone_number: tollFree },
    { ...offer, phone_number: '+15125550124', features: [{ name: 'voice' }] },
  );
  const adapter = connect(desk.carrier.url);
  const found = async (areaCode: string | null, isTollFree = false) => {
    const search = { areaCode, tollFree: isTollFree, limit: 10 };
    const asked = await adapter.searchNumbers?.(search, deadlineMs);
    return asked?.kind === 'told' ? asked.answer : asked;
  };
  const austin = {
    number: '+15125550123',
    numberType: '10dlc',
    place: 'AUSTIN, TX',
    sms: true,
    mms: false,
    setupMicros: 1_000_000,
    monthlyMicros: 1_100_000,
  };
  expect(await found('512')).toMatchObject([
    austin,
    { number: '+15124440123', place: null, setupMicros: null, monthlyMicros: null },
  ]);
  expect(await found('512555')).toEqual([austin]);
  expect(await found('51')).toHaveLength(2);
  expect(await found(null)).toMatchObject([austin, { mms: false }, { mms: true }]);
  expect(await found('833', true)).toMatchObject([{ number: tollFree, numberType: 'toll-free' }]);
});

const wanted: NumberOffer = {
  number: '+15125550123',
  numberType: '10dlc',
  place: null,
  sms: true,
  mms: true,
  setupMicros: null,
  monthlyMicros: null,
};

test('a number is bought on the connection’s profile, once the order is filled', async () => {
  await using desk = await TelnyxDesk.open();
  const { account, calls } = desk.carrier;
  account.available.push(offer);
  account.ordersEnd = { status: 'success', afterLooks: 2 };
  const adapter = connect(desk.carrier.url, { profile: profileId });
  expect(await adapter.buyNumber?.(wanted, deadlineMs)).toMatchObject({
    kind: 'told',
    answer: { number: '+15125550123', sms: true, hookUrl: desk.receiver.url },
  });
  const orders = calls.filter(({ method }) => method === 'POST');
  expect(orders.map(({ body }) => body)).toEqual([
    { phone_numbers: [{ phone_number: '+15125550123' }], messaging_profile_id: profileId },
  ]);
  expect(calls.filter(({ path }) => path.startsWith('/v2/number_orders/'))).toHaveLength(2);
});

test('a number that is gone, or whose order fails or stays open, is not bought', async () => {
  await using desk = await TelnyxDesk.open();
  const { account, calls } = desk.carrier;
  const adapter = connect(desk.carrier.url);
  const gone = await adapter.buyNumber?.(wanted, deadlineMs);
  expect(gone).toMatchObject({
    kind: 'not-told',
    failure: { raw: expect.stringMatching(/^85000/) },
  });
  account.available.push(offer);
  account.ordersEnd = { status: 'failure', afterLooks: 0 };
  const failed = await adapter.buyNumber?.(wanted, deadlineMs);
  expect(failed).toMatchObject({
    failure: { kind: 'not-allowed', raw: expect.stringMatching(/failed$/) },
  });
  account.ordersEnd = { status: 'success', afterLooks: 99 };
  const open = await adapter.buyNumber?.(wanted, 1_200);
  expect(open).toMatchObject({
    failure: { kind: 'no-answer', raw: expect.stringMatching(/pending$/) },
  });
  expect(calls.filter(({ method }) => method === 'POST')).toHaveLength(3);
});
