import { expect, test } from 'vitest';

import { flowroute } from '#main/providers/flowroute/adapter.ts';
import type { ProviderAdapter } from '#shared/provider/provider.ts';

import { FlowrouteDesk, ours } from './flowroute-desk.ts';

const deadlineMs = 5_000;

test('numbers come in pages, with what texts and what does not', async () => {
  await using desk = await FlowrouteDesk.start();
  for (let count = 0; count < 250; count += 1)
    desk.carrier.numbers.owned.push({
      value: `1555020${String(count).padStart(4, '0')}`,
      alias: null,
      type: 'longcode',
      messagingEnabled: true,
    });
  const first = await desk.adapter.listNumbers?.(null, deadlineMs);
  const rest = { voice: true, hookUrl: null, registration: null, id: null };
  expect(first).toMatchObject({
    kind: 'told',
    answer: {
      next: '200',
      rows: expect.arrayContaining([
        { number: ours, label: 'Office', numberType: '10dlc', sms: true, mms: true, ...rest },
        {
          number: '+18445550102',
          label: null,
          numberType: 'toll-free',
          sms: true,
          mms: true,
          ...rest,
        },
        {
          number: '+15550100003',
          label: null,
          numberType: '10dlc',
          sms: false,
          mms: false,
          ...rest,
        },
      ]) as unknown,
    },
  });
  const second = await desk.adapter.listNumbers?.('200', deadlineMs);
  expect(second).toMatchObject({ kind: 'told', answer: { next: null } });
  const counts = [first, second].map((asked) =>
    asked?.kind === 'told' ? asked.answer.rows.length : 0,
  );
  expect(counts).toEqual([200, 53]);
});

const offer = (number: string) => ({
  number,
  numberType: '10dlc' as const,
  place: 'ORADELL, NJ',
  sms: true,
  mms: true,
  setupMicros: 1_000_000,
  monthlyMicros: 1_250_000,
});

test('numbers for sale are found by area and kind, with their prices', async () => {
  await using desk = await FlowrouteDesk.start();
  const search = (areaCode: string | null, tollFree: boolean) =>
    desk.adapter.searchNumbers?.({ areaCode, tollFree, limit: 5 }, deadlineMs);
  expect(await search('201', false)).toEqual({ kind: 'told', answer: [offer('+12015550110')] });
  expect(await search('202', false)).toEqual({ kind: 'told', answer: [] });
  expect(await search(null, true)).toMatchObject({
    kind: 'told',
    answer: [{ number: '+18665550111', numberType: 'toll-free' }],
  });
});

test('a number that is bought is ours; one that is gone is not', async () => {
  await using desk = await FlowrouteDesk.start();
  const buy = () => desk.adapter.buyNumber?.(offer('+12015550110'), deadlineMs);
  expect(await buy()).toMatchObject({
    kind: 'told',
    answer: { number: '+12015550110', sms: false },
  });
  expect(desk.carrier.numbers.find('12015550110')).toBeDefined();
  expect(await buy()).toMatchObject({
    kind: 'not-told',
    failure: { raw: '404: The number is not for sale.' },
  });
});

test('a number is bought though messaging could not be switched on', async () => {
  await using desk = await FlowrouteDesk.start();
  desk.carrier.numbers.provisioningDown = true;
  expect(await desk.adapter.buyNumber?.(offer('+12015550110'), deadlineMs)).toMatchObject({
    kind: 'told',
    answer: { number: '+12015550110', sms: false },
  });
});

const hooks = flowroute.capabilities.hooks.map((purpose) => ({
  purpose,
  url: `https://hooks.example/hooks/flowroute/c1/${purpose}`,
}));

async function numberOf(adapter: ProviderAdapter, number: string) {
  const asked = await adapter.listNumbers?.(null, deadlineMs);
  const found = asked?.kind === 'told' && asked.answer.rows.find((each) => each.number === number);
  if (found === undefined || found === false) throw new Error(`no number ${number}`);
  return found;
}

test('each of the four purposes has its own callback at the number', async () => {
  await using desk = await FlowrouteDesk.start();
  const number = await numberOf(desk.adapter, ours);
  expect(await desk.adapter.configureHooks?.(number, hooks, deadlineMs)).toEqual({
    kind: 'told',
    answer: null,
  });
  const told = Object.fromEntries(desk.carrier.numbers.callbacks);
  expect(told).toEqual({
    '15550100001 sms_callback': hooks[0]?.url,
    '15550100001 mms_callback': hooks[1]?.url,
    '15550100001 sms_dlr_callback': hooks[2]?.url,
    '15550100001 mms_dlr_callback': hooks[3]?.url,
  });
});

test('a number without messaging gets it before its hooks, or says that it could not', async () => {
  await using desk = await FlowrouteDesk.start();
  const number = await numberOf(desk.adapter, '+15550100003');
  expect(number.sms).toBe(false);
  const configure = (ms: number) => desk.adapter.configureHooks?.(number, hooks, ms);
  desk.carrier.numbers.provisioningDown = true;
  expect(await configure(deadlineMs)).toMatchObject({
    kind: 'not-told',
    failure: { kind: 'not-allowed' },
  });
  expect(desk.carrier.numbers.callbacks.has('15550100003 sms_callback')).toBe(false);
  desk.carrier.numbers.provisioningDown = false;
  expect(await configure(deadlineMs)).toMatchObject({ kind: 'told' });
  expect((await numberOf(desk.adapter, '+15550100003')).sms).toBe(true);
  expect(desk.carrier.numbers.callbacks.has('15550100003 sms_callback')).toBe(true);
});

test('a hook that is not taken ends the configuring with the carrier’s words', async () => {
  await using desk = await FlowrouteDesk.start();
  const number = await numberOf(desk.adapter, ours);
  const foreign = { ...number, number: '+15550109999' };
  expect(await desk.adapter.configureHooks?.(foreign, hooks, deadlineMs)).toMatchObject({
    kind: 'not-told',
    failure: { raw: '404: No such number.' },
  });
});
