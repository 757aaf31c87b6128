import { expect, test } from 'vitest';

import { download } from '#main/http/download.ts';
import { TwilioDesk, customer, line } from '#test/carriers/twilio-desk.ts';
import { closedPort } from '#test/fakes/raw-server.ts';

const deadlineMs = 5_000;

test.each([
  ['accepted', 'accepted'],
  ['scheduled', 'accepted'],
  ['queued', 'accepted'],
  ['sending', 'accepted'],
  ['sent', 'sent'],
  ['partially_delivered', 'sent'],
  ['delivered', 'delivered'],
  ['read', 'delivered'],
])('a text that is "%s" is %s, without a failure', async (status, state) => {
  await using desk = await TwilioDesk.open();
  const sid = await desk.send();
  await desk.carrier.tell(sid, [{ status, error: [30003, 'Unreachable'] }]);
  const [raw] = desk.receiver.calls;
  expect(raw && desk.adapter.readDelivery(raw)).toEqual([
    {
      kind: 'receipt',
      providerMessageId: sid,
      reference: '01890000-0000-7000-8000-000000000001',
      state,
      failure: null,
      happenedAt: null,
    },
  ]);
});

test.each(['undelivered', 'failed', 'canceled'])(
  'a text that is "%s" without a code has failed, and the word is kept',
  async (status) => {
    await using desk = await TwilioDesk.open();
    await desk.carrier.tell(await desk.send(), [{ status }]);
    const [raw] = desk.receiver.calls;
    expect(raw && desk.adapter.readDelivery(raw)).toMatchObject([
      { state: 'failed', failure: { kind: 'unmapped', raw: status } },
    ]);
  },
);

test.each(['receiving', 'received', 'evaporated'])(
  'a receipt that says "%s" says nothing of where the text stands',
  async (status) => {
    await using desk = await TwilioDesk.open();
    await desk.carrier.tell(await desk.send(), [{ status }]);
    const [raw] = desk.receiver.calls;
    expect(raw && desk.guard.authenticate(raw)).toBe('authentic');
    expect(raw && desk.adapter.readDelivery(raw)).toEqual([]);
  },
);

test('an old callback that says where a text stands only as SmsStatus is a receipt all the same', async () => {
  await using desk = await TwilioDesk.open();
  const fields = {
    SmsSid: 'SM1',
    MessageSid: 'SM1',
    SmsStatus: 'delivered',
    From: line,
    To: customer,
  };
  expect(desk.read(fields)).toMatchObject([{ kind: 'receipt', state: 'delivered' }]);
});

test('receipts doubled and in reverse order are each read for themselves', async () => {
  await using desk = await TwilioDesk.open();
  const sid = await desk.send();
  const news = ['queued', 'sent', 'delivered'].map((status) => ({ status }));
  await desk.carrier.tell(sid, news, 'reversed');
  const states = desk.receiver.calls.flatMap((raw) =>
    desk.adapter.readDelivery(raw).map((event) => 'state' in event && event.state),
  );
  expect(states).toEqual(['delivered', 'sent', 'accepted']);
});

test.each([
  ['a short code', '72345'],
  ['a name', 'Trunkline'],
  ['a number abroad', '+447700900123'],
])('a text from %s is understood', async (_what, from) => {
  await using desk = await TwilioDesk.open();
  const { sid } = await desk.carrier.receive({ from, to: line, body: 'hi' });
  const [raw] = desk.receiver.calls;
  expect(raw && desk.guard.authenticate(raw)).toBe('authentic');
  expect(raw && desk.adapter.readDelivery(raw)).toMatchObject([
    { providerMessageId: sid, from, to: line, text: 'hi', media: [] },
  ]);
});

test('a STOP that the carrier has answered is a text like any other, kept whole', async () => {
  await using desk = await TwilioDesk.open();
  const more = { OptOutType: 'STOP', MessagingServiceSid: 'MG1', SomethingNew: 'yes' };
  await desk.carrier.receive({ from: customer, to: line, body: 'STOP', more });
  const [raw] = desk.receiver.calls;
  expect(raw && desk.guard.authenticate(raw)).toBe('authentic');
  expect(raw && desk.adapter.readDelivery(raw)).toMatchObject([{ text: 'STOP' }]);
  expect(Buffer.from(raw?.body ?? []).toString()).toContain('OptOutType=STOP');
});

test('ten pictures come in their order; they are fetched with credentials that are not carried along', async () => {
  await using desk = await TwilioDesk.open();
  const media = Array.from({ length: 10 }, (_, at) => ({
    type: at === 0 ? 'image/png' : 'image/jpeg',
    bytes: Uint8Array.of(at, 255),
  }));
  await desk.carrier.receive({ from: customer, to: line, body: 'Look', media });
  const [raw] = desk.receiver.calls;
  const [event] = raw ? desk.adapter.readDelivery(raw) : [];
  const told = event?.kind === 'text-received' ? event.media : [];
  expect(told.map(({ type }) => type)).toEqual(media.map(({ type }) => type));
  const { origins, headers } = desk.adapter.mediaAccess();
  expect(origins).toEqual([desk.carrier.url, 'https://api.twilio.com']);
  for (const [at, { url }] of told.entries()) {
    const downloaded = await download({
      url,
      // Where pictures are stored is public and of HTTPS there, and so needs no leave; here it is on loopback.
      origins: [...origins, desk.carrier.storageUrl],
      headers,
      maxBytes: 1_000,
      deadlineMs,
      signal: new AbortController().signal,
    });
    expect(downloaded).toMatchObject({ kind: 'answered', reply: { status: 200 } });
    const got = downloaded.kind === 'answered' ? [...downloaded.reply.body] : [];
    expect(got).toEqual([at, 255]);
  }
  expect(desk.carrier.leaked).toEqual([]);
});

test('pictures are not to be had without credentials', async () => {
  await using desk = await TwilioDesk.open();
  const media = [{ type: 'image/png', bytes: Uint8Array.of(1) }];
  await desk.carrier.receive({ from: customer, to: line, media });
  const [raw] = desk.receiver.calls;
  const [event] = raw ? desk.adapter.readDelivery(raw) : [];
  const url = event?.kind === 'text-received' ? (event.media[0]?.url ?? '') : '';
  expect((await fetch(url, { redirect: 'manual' })).status).toBe(401);
});

test('a hook nobody answers is called once more, one that fails is not', async () => {
  await using desk = await TwilioDesk.open();
  desk.receiver.answerNext(500);
  await desk.carrier.receive({ from: customer, to: line, body: 'first' });
  expect(desk.carrier.hookCalls.map(({ status }) => status)).toEqual([500]);
  desk.number.smsUrl = `http://127.0.0.1:${await closedPort()}/`;
  await desk.carrier.receive({ from: customer, to: line, body: 'second' });
  expect(desk.carrier.hookCalls.map(({ status }) => status)).toEqual([500, null, null]);
});

test.each([
  ['from a browser', { From: 'client:agent7', To: customer }],
  ['over SIP', { From: 'sip:agent@pbx.example', To: line }],
  ['to nowhere', { From: customer, To: '' }],
  ['that still rings', { CallStatus: 'ringing' }],
  ['that is being spoken', { CallStatus: 'in-progress' }],
])('news of a call %s says nothing yet', async (_what, change) => {
  await using desk = await TwilioDesk.open();
  const call = { CallSid: 'CA1', From: customer, To: line, Direction: 'inbound' };
  expect(desk.read({ ...call, CallStatus: 'completed', ...change })).toEqual([]);
});

test.each([
  ['completed', 'answered', 65],
  ['busy', 'busy', 0],
  ['no-answer', 'missed', 0],
  ['canceled', 'missed', 0],
  ['failed', 'missed', 0],
])('a call that is "%s" was %s', async (CallStatus, outcome, seconds) => {
  await using desk = await TwilioDesk.open();
  const ended = { CallSid: 'CA1', From: line, To: customer, CallStatus, CallDuration: '65' };
  expect(desk.read({ ...ended, Direction: 'outbound-dial' })).toEqual([
    {
      kind: 'call',
      providerCallId: 'CA1',
      direction: 'out',
      line,
      peer: customer,
      outcome,
      seconds,
    },
  ]);
});
