import { expect, test as alone } from 'vitest';

import type { FailureKind } from '#shared/provider/send-failure.ts';

import { SipDesk } from './sip-desk.ts';

/* Most of these wait for something, so they wait together. */
const test = alone.concurrent;

const unknown = { kind: 'unknown', failure: { kind: 'no-answer' } };

const refusals: readonly (readonly [string, FailureKind])[] = [
  ['400 Bad Request', 'unmapped'],
  ['402 Payment Required', 'balance'],
  ['403 Forbidden', 'not-allowed'],
  ['404 Not Found', 'unknown-number'],
  ['405 Method Not Allowed', 'not-allowed'],
  ['406 Not Acceptable', 'content'],
  ['410 Gone', 'unknown-number'],
  ['413 Request Entity Too Large', 'too-long'],
  ['414 Request-URI Too Long', 'invalid-number'],
  ['415 Unsupported Media Type', 'content'],
  ['416 Unsupported URI Scheme', 'invalid-number'],
  ['420 Bad Extension', 'not-allowed'],
  ['421 Extension Required', 'not-allowed'],
  ['428 Use Identity Header', 'not-allowed'],
  ['480 Temporarily Unavailable', 'unreachable'],
  ['482 Loop Detected', 'carrier-trouble'],
  ['483 Too Many Hops', 'carrier-trouble'],
  ['484 Address Incomplete', 'invalid-number'],
  ['485 Ambiguous', 'invalid-number'],
  ['486 Busy Here', 'unreachable'],
  ['488 Not Acceptable Here', 'content'],
  ['499 Never Heard Of', 'unmapped'],
  ['501 Not Implemented', 'not-allowed'],
  ['505 Version Not Supported', 'not-allowed'],
  ['513 Message Too Large', 'too-long'],
  ['600 Busy Everywhere', 'unreachable'],
  ['603 Decline', 'filtered'],
  ['604 Does Not Exist Anywhere', 'unknown-number'],
  ['606 Not Acceptable', 'content'],
  ['607 Unwanted', 'opted-out'],
  ['608 Rejected', 'filtered'],
  ['699 Never Heard Of', 'unmapped'],
  ['302 Moved Temporarily', 'unmapped'],
];

test.each(refusals)('%s refuses the text as %s, in the carrier’s words', async (status, kind) => {
  await using desk = await SipDesk.open();
  desk.carrier.whims.MESSAGE.push({ taken: false, status });
  const raw = status.replace(' ', ': ');
  expect(await desk.adapter.send(desk.text(), 5_000)).toEqual({
    kind: 'refused',
    failure: { kind, raw },
  });
});

test('a warning of the carrier’s is kept beside its code, at most 300 characters of it', async () => {
  await using desk = await SipDesk.open();
  const warning = `399 gw "SMS is not enabled on this number${'!'.repeat(400)}"`;
  desk.carrier.whims.MESSAGE.push({
    taken: false,
    status: '403 Forbidden',
    headers: [['Warning', warning]],
  });
  const outcome = await desk.adapter.send(desk.text(), 5_000);
  expect(outcome).toMatchObject({
    failure: { raw: expect.stringMatching(/^403: Forbidden; 399 gw "SMS is not enabled/) },
  });
  expect(outcome.kind === 'refused' && outcome.failure.raw?.length).toBe(300);
});

test.each([
  ['429 Too Many Requests', '7', 'rate-limited', 7_000],
  ['503 Service Unavailable', '18 (busy);duration=60', 'carrier-trouble', 18_000],
  ['503 Service Unavailable', null, 'carrier-trouble', null],
  ['503 Service Unavailable', 'soon', 'carrier-trouble', null],
  ['500 Server Internal Error', '3', 'carrier-trouble', 3_000],
] as const)(
  '%s with Retry-After %s took nothing',
  async (...[status, pauseAsked, kind, retryAfterMs]) => {
    await using desk = await SipDesk.open();
    const headers = pauseAsked === null ? [] : ([['Retry-After', pauseAsked]] as const);
    desk.carrier.whims.MESSAGE.push({ taken: false, status, headers });
    expect(await desk.adapter.send(desk.text(), 5_000)).toMatchObject({
      kind: 'unsent',
      failure: { kind },
      retryAfterMs,
    });
  },
);

test.each([
  '204 No Notification',
  '299 Never Heard Of',
  '408 Request Timeout',
  '500 Server Internal Error',
  '502 Bad Gateway',
  '504 Server Time-out',
  '580 Precondition Failure',
  '599 Never Heard Of',
])('%s leaves open whether the text was taken', async (status) => {
  await using desk = await SipDesk.open();
  desk.carrier.whims.MESSAGE.push({ taken: true, status });
  expect(await desk.adapter.send(desk.text(), 5_000)).toMatchObject(unknown);
  expect(desk.carrier.taken).toHaveLength(1);
});

test.each(['405 Method Not Allowed', '501 Not Implemented'])(
  'a carrier that takes no MESSAGE at all (%s) is asked once, and every text is refused',
  async (status) => {
    await using desk = await SipDesk.open();
    desk.carrier.whims.MESSAGE.push({ taken: false, status });
    for (const each of [1, 2, 3])
      expect(await desk.adapter.send(desk.text(), 5_000), String(each)).toMatchObject({
        kind: 'refused',
        failure: { kind: 'not-allowed', raw: status.replace(' ', ': ') },
      });
    expect(desk.carrier.heard.filter((each) => each.startsWith('MESSAGE'))).toHaveLength(1);
  },
);

test('where texts were taken before, 405 speaks of one recipient alone', async () => {
  await using desk = await SipDesk.open();
  await desk.adapter.send(desk.text(), 5_000);
  desk.carrier.whims.MESSAGE.push({ taken: false, status: '405 Method Not Allowed' });
  expect(await desk.adapter.send(desk.text(), 5_000)).toMatchObject({ kind: 'refused' });
  expect(await desk.adapter.send(desk.text(), 5_000)).toMatchObject({ kind: 'accepted' });
});

test('no failure quotes the password, even where the server does', async () => {
  await using desk = await SipDesk.open();
  desk.carrier.whims.MESSAGE.push({ taken: false, status: '403 s3cret is no password' });
  const outcome = await desk.adapter.send(desk.text(), 5_000);
  expect(JSON.stringify(outcome)).not.toContain('s3cret');
  expect(outcome).toMatchObject({ kind: 'refused' });
});
