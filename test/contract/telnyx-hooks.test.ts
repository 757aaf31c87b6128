import { expect, test } from 'vitest';

import type { CarrierNumber } from '#shared/provider/carrier-lists.ts';
import type { ProviderAdapter } from '#shared/provider/provider.ts';
import {
  makeNumber,
  makeProfile,
  makeShortCode,
  ours,
  profileId,
} from '#test/carriers/telnyx-account.ts';
import { closedPort } from '#test/fakes/raw-server.ts';
import { UnrulyFront } from '#test/fakes/unruly-front.ts';

import { connect, deadlineMs, findNumber } from './telnyx-number-desk.ts';
import { TelnyxDesk, credentials, openTelnyx } from './telnyx-under-test.ts';

const second = '+15550100002';
const otherProfile = '40000000-aaaa-4bbb-8ccc-000000000002';
const hookAt = 'https://hooks.example/hooks/telnyx/c1';
const hooks = [{ purpose: 'messages', url: hookAt }] as const;

function configure(adapter: ProviderAdapter, number: CarrierNumber) {
  return adapter.configureHooks?.(number, hooks, deadlineMs);
}

test('pointing a number’s hook changes its profile’s address, and nothing else of the profile', async () => {
  await using desk = await TelnyxDesk.open();
  const profile = desk.carrier.account.profiles.get(profileId);
  Object.assign(profile ?? {}, { webhook_url: null, webhook_api_version: '1' });
  const adapter = connect(desk.carrier.url);
  expect(await configure(adapter, await findNumber(adapter, ours))).toEqual({
    kind: 'told',
    answer: null,
  });
  expect(profile).toMatchObject({ webhook_url: hookAt, webhook_api_version: '2' });
  const changes = () => desk.carrier.calls.filter(({ method }) => method === 'PATCH');
  expect(changes().map(({ body }) => body)).toEqual([
    { webhook_url: hookAt, webhook_api_version: '2' },
  ]);
  await configure(adapter, await findNumber(adapter, ours));
  expect(changes()).toHaveLength(1);
});

test('a profile that other numbers send elsewhere by is left as it is, and told of', async () => {
  await using desk = await TelnyxDesk.open();
  const { account, calls } = desk.carrier;
  account.numbers.push(makeNumber(second, { messaging_profile_id: profileId }));
  const profile = account.profiles.get(profileId);
  Object.assign(profile ?? {}, { webhook_url: 'https://crm.example/secret-path?token=1' });
  const alone = connect(desk.carrier.url);
  const refused = await configure(alone, await findNumber(alone, ours));
  expect(refused).toMatchObject({
    kind: 'not-told',
    failure: { kind: 'not-allowed', raw: expect.stringContaining('“Call centre”') },
  });
  expect(JSON.stringify(refused)).toContain('https://crm.example');
  expect(JSON.stringify(refused)).not.toContain('secret-path');
  expect(calls.some(({ method }) => method === 'PATCH')).toBe(false);
  const both = connect(desk.carrier.url, { numbers: [ours, second] });
  expect(await configure(both, await findNumber(both, ours))).toMatchObject({ kind: 'told' });
  expect(profile).toMatchObject({ webhook_url: hookAt });
});

test('a number on no profile is put on the connection’s own, or refused where there is none', async () => {
  await using desk = await TelnyxDesk.open();
  const { account } = desk.carrier;
  account.profiles.set(otherProfile, makeProfile(otherProfile, 'Ours'));
  account.numbers.push(makeNumber(second));
  const without = connect(desk.carrier.url);
  expect(await configure(without, await findNumber(without, second))).toMatchObject({
    failure: { kind: 'not-allowed', raw: expect.stringContaining('messagingProfileId') },
  });
  const adapter = connect(desk.carrier.url, { profile: otherProfile });
  expect(await configure(adapter, await findNumber(adapter, second))).toMatchObject({
    kind: 'told',
  });
  expect(await findNumber(adapter, second)).toMatchObject({ hookUrl: hookAt });
  // A number that is on a profile stays there: who has opted out is kept with the profile.
  await configure(adapter, await findNumber(adapter, ours));
  expect(account.numbers.map((each) => each.messaging_profile_id)).toEqual([
    profileId,
    otherProfile,
  ]);
});

test('a short code’s hook is its profile’s too', async () => {
  await using desk = await TelnyxDesk.open();
  const { account } = desk.carrier;
  account.shortCodes.push(makeShortCode('72345', null));
  account.profiles.set(otherProfile, makeProfile(otherProfile, 'Ours'));
  const adapter = connect(desk.carrier.url, { profile: otherProfile });
  expect(await configure(adapter, await findNumber(adapter, '72345'))).toMatchObject({
    kind: 'told',
  });
  expect(await findNumber(adapter, '72345')).toMatchObject({ hookUrl: hookAt });
});

test('a hook without an address, or for a number without an id, is refused unasked', async () => {
  await using desk = await TelnyxDesk.open();
  const adapter = connect(desk.carrier.url);
  const number = await findNumber(adapter, ours);
  const asked = desk.carrier.calls.length;
  expect(await adapter.configureHooks?.(number, [], deadlineMs)).toMatchObject({
    failure: { kind: 'not-allowed' },
  });
  expect(await configure(adapter, { ...number, id: null })).toMatchObject({
    failure: { kind: 'not-allowed' },
  });
  expect(desk.carrier.calls).toHaveLength(asked);
});

test('credentials are tested by reading, and the balance names the account', async () => {
  await using desk = await TelnyxDesk.open();
  const { account, calls } = desk.carrier;
  const test = (adapter: ProviderAdapter) => adapter.testCredentials(deadlineMs);
  const adapter = connect(desk.carrier.url);
  expect(await test(adapter)).toEqual({ kind: 'told', answer: { account: 'Balance 300.00 USD' } });
  account.forbidden.add('/balance');
  expect(await test(adapter)).toEqual({ kind: 'told', answer: { account: null } });
  expect(await test(connect(desk.carrier.url, { profile: otherProfile }))).toMatchObject({
    failure: { kind: 'not-allowed', raw: expect.stringMatching(/^messagingProfileId: 10005/) },
  });
  expect(await test(connect(desk.carrier.url, { profile: profileId }))).toMatchObject({
    kind: 'told',
  });
  expect(new Set(calls.map(({ method }) => method))).toEqual(new Set(['GET']));
});

test('credentials that are wrong, or that nobody is there to test, are not told as good', async () => {
  await using desk = await TelnyxDesk.open();
  const wrong = { ...credentials, apiKey: 'KEYwrong' };
  const stranger = openTelnyx(desk.carrier.url, { credentials: wrong });
  expect(await stranger.adapter.testCredentials(deadlineMs)).toMatchObject({
    kind: 'not-told',
    failure: { kind: 'credentials', raw: expect.stringMatching(/^10009/) },
  });
  const nobody = connect(`http://127.0.0.1:${await closedPort()}`);
  expect(await nobody.testCredentials(deadlineMs)).toMatchObject({ failure: { kind: 'network' } });
  await using front = await UnrulyFront.before(desk.carrier.url);
  front.manners = { kind: 'hang' };
  expect(await connect(front.url).testCredentials(200)).toMatchObject({
    failure: { kind: 'no-answer' },
  });
  front.manners = { kind: 'echo' };
  expect(JSON.stringify(await connect(front.url).testCredentials(deadlineMs))).not.toContain(
    credentials.apiKey,
  );
});
