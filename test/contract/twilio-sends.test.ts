import { expect, test } from 'vitest';

import type { FailureKind } from '#shared/provider/send-failure.ts';
import { TwilioDesk, customer, line } from '#test/carriers/twilio-desk.ts';
import { fullQueue } from '#test/carriers/twilio-messages.ts';
import { UnrulyFront } from '#test/fakes/unruly-front.ts';

const deadlineMs = 5_000;

const kindsOfCodes: readonly (readonly [FailureKind, readonly number[]])[] = [
  ['credentials', [20003]],
  ['invalid-number', [21211, 21604]],
  [
    'not-allowed',
    [
      10001, 20404, 21212, 21268, 21408, 21601, 21603, 21606, 21608, 21612, 21660, 21661, 21703,
      21704, 21705, 30002, 30010, 30037, 30610, 30640, 35114, 35115, 35117, 35118, 35125,
    ],
  ],
  ['opted-out', [21610]],
  ['landline', [21614, 21635, 30006]],
  ['rate-limited', [20429, 21611, 30001, 30022, 30023, 30026, 30027, 30454, 63038]],
  ['content', [21602, 21619]],
  ['media', [11751, 21620, 21623, 30011, 30019]],
  ['too-long', [21605, 21617, 21658]],
  ['unreachable', [30003]],
  ['unknown-number', [30005]],
  ['filtered', [30004, 30007, 30450]],
  ['carrier-trouble', [30008, 30017]],
  ['not-registered', [30018, 30024, 30032, 30034, 30035, 30040]],
  ['expired', [30012, 30036]],
  ['unmapped', [1, 21609, 99999]],
];
const codes = kindsOfCodes.flatMap(([kind, each]) => each.map((code) => [code, kind] as const));

test('every code means the same in a refusal and in a receipt, and is kept with its words', async () => {
  await using desk = await TwilioDesk.open();
  await using front = await UnrulyFront.before(desk.carrier.url);
  const { adapter } = desk.connect({ baseUrl: front.url });
  const sid = await desk.send();
  for (const [code, kind] of codes) {
    const failure = { kind, raw: `${code}: Why not.` };
    const body = JSON.stringify({ code, message: 'Why not.', more_info: '', status: 400 });
    front.manners = { kind: 'answer', status: 400, body };
    const outcome = code === 21611 ? { kind: 'unsent', retryAfterMs: null } : { kind: 'refused' };
    expect(await adapter.send(desk.text(), deadlineMs)).toEqual({ ...outcome, failure });
    await desk.carrier.tell(sid, [{ status: 'failed', error: [code, 'Why not.'] }]);
    const raw = desk.receiver.calls.at(-1);
    expect(raw && adapter.readDelivery(raw)).toMatchObject([{ state: 'failed', failure }]);
  }
});

test('a text goes out from its line, with a callback that names it, and with nothing else', async () => {
  await using desk = await TwilioDesk.open();
  const { uid, text } = desk.text();
  await desk.adapter.send({ uid, from: line, to: customer, text, mediaUrls: [] }, deadlineMs);
  expect(Object.fromEntries(desk.carrier.calls[0]?.form ?? [])).toEqual({
    To: customer,
    From: line,
    Body: text,
    StatusCallback: `${desk.receiver.url}?ref=${uid}`,
  });
});

test('where the carrier cannot reach us, no callback is named', async () => {
  await using desk = await TwilioDesk.open();
  const { adapter } = desk.connect({ hookUrl: null });
  expect(await adapter.send(desk.text(), deadlineMs)).toMatchObject({ kind: 'accepted' });
  expect(desk.carrier.calls[0]?.form.has('StatusCallback')).toBe(false);
});

test('a messaging service takes the text, and the line stays the sender', async () => {
  await using desk = await TwilioDesk.open();
  const sid = desk.carrier.account.nextSid('MG');
  const service = { sid, numbers: [], inboundUrl: null, defers: true, campaigns: [] };
  desk.carrier.account.services.push(service);
  const credentials = { ...desk.credentials, messagingServiceSid: sid };
  const { adapter } = desk.connect({ credentials });
  expect(await adapter.send(desk.text(), deadlineMs)).toMatchObject({ kind: 'accepted' });
  const { form } = desk.carrier.calls[0] ?? {};
  expect([form?.get('MessagingServiceSid'), form?.get('From')]).toEqual([sid, line]);
});

test('pictures alone go out without a body, each under an address of its own', async () => {
  await using desk = await TwilioDesk.open();
  const mediaUrls = ['https://pictures.example/a.jpg?x=1&y=2', 'https://pictures.example/b.png'];
  const sid = await desk.send({ text: '', mediaUrls });
  expect(sid).toMatch(/^MM/);
  const { form } = desk.carrier.calls[0] ?? {};
  expect(form?.getAll('MediaUrl')).toEqual(mediaUrls);
  expect(form?.has('Body')).toBe(false);
});

test('a line whose queue is full has sent nothing', async () => {
  await using desk = await TwilioDesk.open();
  desk.carrier.account.addNumber(fullQueue);
  expect(await desk.adapter.send(desk.text({ from: fullQueue }), deadlineMs)).toMatchObject({
    kind: 'unsent',
    failure: { kind: 'rate-limited', raw: expect.stringMatching(/^21611: /) },
  });
  expect(desk.carrier.account.messages).toEqual([]);
});

test('a front that gave up waiting leaves open whether the carrier took the text', async () => {
  await using desk = await TwilioDesk.open();
  await using front = await UnrulyFront.before(desk.carrier.url);
  front.manners = { kind: 'answer', taken: true, status: 408, body: '' };
  const outcome = await desk.connect({ baseUrl: front.url }).adapter.send(desk.text(), deadlineMs);
  expect(outcome).toEqual({ kind: 'unknown', failure: { kind: 'no-answer', raw: 'HTTP 408' } });
});

test('a complaint that repeats the credentials, plain or as they are sent, keeps none of them', async () => {
  await using desk = await TwilioDesk.open();
  await using front = await UnrulyFront.before(desk.carrier.url);
  const { authToken = '' } = desk.credentials;
  const encoded = Buffer.from(`${desk.credentials['accountSid']}:${authToken}`).toString('base64');
  const message = `no ${authToken} no Basic ${encoded} no`;
  const body = JSON.stringify({ code: 21211, message, status: 400 });
  front.manners = { kind: 'answer', status: 400, body };
  expect(await desk.connect({ baseUrl: front.url }).adapter.send(desk.text(), deadlineMs)).toEqual({
    kind: 'refused',
    failure: { kind: 'invalid-number', raw: '21211: no *** no Basic *** no' },
  });
});
