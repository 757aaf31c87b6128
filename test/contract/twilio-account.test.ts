import { expect, test } from 'vitest';

import { twilio } from '#main/providers/twilio/adapter.ts';
import type { CallRow } from '#test/carriers/twilio-account.ts';
import { TwilioDesk, customer, line } from '#test/carriers/twilio-desk.ts';

const deadlineMs = 5_000;
const accountSid = `AC${'0'.repeat(32)}`;
const authToken = 'hush-hush-hush';

function openWith(
  credentials: Readonly<Record<string, string>>,
  baseUrl: string | null = null,
): ReturnType<typeof twilio.open> {
  return twilio.open({ connectionId: 'c1', baseUrl, credentials, numbers: [], hooks: [] });
}

test.each([
  ['accountSid', {}],
  ['accountSid', { accountSid: `SK${'0'.repeat(32)}` }],
  ['accountSid', { accountSid: 'AC0' }],
  ['authToken', { authToken: '' }],
  ['authToken', { authToken: 'with a space' }],
  ['authToken', { authToken: 'with\nbreak' }],
  ['previousAuthToken', { previousAuthToken: 'with a space' }],
  ['apiKeySid', { apiKeySid: 'AC', apiKeySecret: 'hush' }],
  ['apiKeySid', { apiKeySecret: 'hush' }],
  ['apiKeySecret', { apiKeySid: `SK${'0'.repeat(32)}` }],
  ['messagingServiceSid', { messagingServiceSid: accountSid }],
])('a connection with a wrong %s names it and quotes nothing: %o', (name, change) => {
  const good = { accountSid, authToken };
  const given = Object.keys(change).length === 0 ? { authToken } : { ...good, ...change };
  expect(() => openWith(given)).toThrow(new RegExp(`^Twilio connection: credentials\\.${name} `));
  for (const value of Object.values(given).filter((each) => each !== ''))
    expect(() => openWith(given)).not.toThrow(value);
});

test('fields of the form that were left empty are as if they were not there', () => {
  const empty = { previousAuthToken: '', apiKeySid: '', apiKeySecret: '', messagingServiceSid: '' };
  expect(() => openWith({ accountSid, authToken, ...empty })).not.toThrow();
});

test.each([
  'not an address',
  'ftp://127.0.0.1',
  'http://api.example',
  'http://127.0.0.1.example',
  'https://user:secret@api.example',
  '',
])('no connection opens to %s', (baseUrl) => {
  expect(() => openWith({ accountSid, authToken }, baseUrl)).toThrow(
    /^Twilio connection: baseUrl /,
  );
});

test.each(['http://127.0.0.1:1', 'http://localhost:1/', 'http://[::1]:1', 'https://api.example'])(
  'a connection opens to %s, and takes pictures from there and from Twilio',
  (baseUrl) => {
    const { adapter } = openWith({ accountSid, authToken }, baseUrl);
    const { origins } = adapter.mediaAccess();
    expect(origins).toEqual([new URL(baseUrl).origin, 'https://api.twilio.com']);
  },
);

test('without an address of its own a connection goes to Twilio', () => {
  const { origins } = openWith({ accountSid, authToken }).adapter.mediaAccess();
  expect(origins).toEqual(['https://api.twilio.com']);
});

test('credentials that are good say what is left on the account', async () => {
  await using desk = await TwilioDesk.open();
  expect(await desk.adapter.testCredentials(deadlineMs)).toEqual({
    kind: 'told',
    answer: { account: '12.34 USD' },
  });
  expect(desk.carrier.calls.map(({ method }) => method)).toEqual(['GET', 'GET']);
});

test('a key that may not read the balance is good all the same', async () => {
  await using desk = await TwilioDesk.open();
  const { key } = desk.carrier.account;
  desk.carrier.account.keyIsRestricted = true;
  const withKey = { ...desk.credentials, apiKeySid: key.sid, apiKeySecret: key.secret };
  const { adapter } = desk.connect({ credentials: withKey });
  expect(await adapter.testCredentials(deadlineMs)).toEqual({
    kind: 'told',
    answer: { account: null },
  });
  expect(await adapter.send(desk.text(), deadlineMs)).toMatchObject({ kind: 'accepted' });
});

test.each([
  ['a wrong token', { authToken: 'wrong' }],
  ['a wrong token beside a good key', { authToken: 'wrong', key: true }],
  ['a wrong key beside a good token', { apiKeySid: `SK${'9'.repeat(32)}`, apiKeySecret: 'wrong' }],
  ['somebody else’s account', { accountSid }],
])('%s is found out', async (_what, { key, ...change }: Record<string, string | boolean>) => {
  await using desk = await TwilioDesk.open();
  const { sid: apiKeySid, secret: apiKeySecret } = desk.carrier.account.key;
  const byKey = key === true ? { apiKeySid, apiKeySecret } : {};
  const credentials = { ...desk.credentials, ...byKey, ...change };
  const { adapter } = desk.connect({ credentials });
  expect(await adapter.testCredentials(deadlineMs)).toEqual({
    kind: 'not-told',
    failure: { kind: 'credentials', raw: '20003: Authenticate' },
  });
});

test('a messaging service that is not there is found out', async () => {
  await using desk = await TwilioDesk.open();
  const messagingServiceSid = `MG${'9'.repeat(32)}`;
  const { adapter } = desk.connect({ credentials: { ...desk.credentials, messagingServiceSid } });
  expect(await adapter.testCredentials(deadlineMs)).toMatchObject({
    kind: 'not-told',
    failure: { kind: 'not-allowed', raw: expect.stringContaining(messagingServiceSid) },
  });
});

const noon = Date.UTC(2026, 0, 6, 12);
const query = { since: noon - 86_400_000, until: noon + 86_400_000, cursor: null };

function callRow(serial: number, change: Partial<CallRow>): CallRow {
  return {
    sid: `CA${serial}`,
    parent: null,
    from: customer,
    to: line,
    direction: 'inbound',
    status: 'completed',
    startedAt: noon + serial * 1_000,
    seconds: 60,
    ...change,
  };
}

test('calls are listed by the leg between the two numbers, newest first', async () => {
  await using desk = await TwilioDesk.open();
  desk.carrier.account.calls.push(
    callRow(1, { status: 'no-answer', seconds: null }),
    callRow(2, {}),
    callRow(3, { parent: 'CA2', to: '+15550100999', direction: 'outbound-dial' }),
    callRow(4, { from: 'client:agent7', to: '' }),
    callRow(5, { parent: 'CA4', from: line, to: customer, direction: 'outbound-dial' }),
    callRow(6, { status: 'in-progress', seconds: null }),
    callRow(7, { startedAt: null, status: 'queued', seconds: null }),
    callRow(8, { from: line, to: customer, direction: 'outbound-api', status: 'busy' }),
  );
  const common = { line, peer: customer };
  expect(await desk.adapter.listCalls?.(query, deadlineMs)).toEqual({
    kind: 'told',
    answer: {
      next: null,
      rows: [
        {
          ...common,
          providerCallId: 'CA8',
          direction: 'out',
          outcome: 'busy',
          seconds: 0,
          startedAt: noon + 8_000,
        },
        {
          ...common,
          providerCallId: 'CA5',
          direction: 'out',
          outcome: 'answered',
          seconds: 60,
          startedAt: noon + 5_000,
        },
        {
          ...common,
          providerCallId: 'CA2',
          direction: 'in',
          outcome: 'answered',
          seconds: 60,
          startedAt: noon + 2_000,
        },
        {
          ...common,
          providerCallId: 'CA1',
          direction: 'in',
          outcome: 'missed',
          seconds: 0,
          startedAt: noon + 1_000,
        },
      ],
    },
  });
});

test('a leg whose first leg lies on the next page is known by it', async () => {
  await using desk = await TwilioDesk.open();
  const { calls } = desk.carrier.account;
  calls.push(callRow(1, {}));
  calls.push(callRow(2, { parent: 'CA1', to: '+15550100999', direction: 'outbound-dial' }));
  for (let serial = 3; serial < 102; serial += 1) calls.push(callRow(serial, {}));
  const first = await desk.adapter.listCalls?.(query, deadlineMs);
  const rows = first?.kind === 'told' ? first.answer.rows : [];
  expect(rows).toHaveLength(99);
  const next = first?.kind === 'told' ? first.answer.next : null;
  const second = await desk.adapter.listCalls?.({ ...query, cursor: next }, deadlineMs);
  expect(second).toMatchObject({
    kind: 'told',
    answer: { rows: [{ providerCallId: 'CA1' }], next: null },
  });
});

test('calls of another time are not listed', async () => {
  await using desk = await TwilioDesk.open();
  desk.carrier.account.calls.push(callRow(1, {}), callRow(2, {}), callRow(3, {}));
  const span = { ...query, since: noon + 2_000, until: noon + 2_500 };
  expect(await desk.adapter.listCalls?.(span, deadlineMs)).toMatchObject({
    answer: { rows: [{ providerCallId: 'CA2' }] },
  });
});
