import { expect, test } from 'vitest';

import { TwilioDesk, customer, line } from '#test/carriers/twilio-desk.ts';
import { RelayDesk, connection, connections } from '#test/fakes/relay-desk.ts';

/** A relay that takes the desk's hooks, and the number pointed at it. */
async function openRelay(desk: TwilioDesk): Promise<{ relay: RelayDesk; url: string }> {
  const relay = await RelayDesk.start({
    findConnection: connections({ 'twilio/c1': connection({ guard: desk.guard }) }),
  });
  const url = `${relay.relay.url}/hooks/twilio/c1`;
  desk.number.smsUrl = url;
  desk.number.statusCallback = url;
  return { relay, url };
}

test('what Twilio signs, the relay takes once, keeps and answers; what the log kept is understood', async () => {
  await using desk = await TwilioDesk.open();
  const { relay, url } = await openRelay(desk);
  const { adapter } = desk.connect({ hookUrl: url });
  const sent = desk.text();
  const outcome = await adapter.send(sent, 5_000);
  const sid = outcome.kind === 'accepted' ? outcome.providerMessageId : '';
  const picture = { type: 'image/png', bytes: Uint8Array.of(1) };
  await desk.carrier.receive({ from: customer, to: line, body: 'Grüße & 👍', media: [picture] });
  await desk.carrier.tell(sid, [{ status: 'sent' }, { status: 'delivered' }], 'doubled');
  const ended = { CallSid: 'CA1', From: customer, To: line, Direction: 'inbound' };
  await desk.carrier.endCall({ ...ended, CallStatus: 'no-answer' }, line);
  expect(desk.carrier.hookCalls).toHaveLength(6);
  for (const each of desk.carrier.hookCalls) {
    expect(each).toMatchObject({ status: 200, type: 'text/xml' });
    expect(each.answer).toMatch(/<Response><\/Response>$/);
  }
  const kept = (await relay.stored()).map(({ raw }) => raw);
  expect(kept.flatMap((raw) => adapter.readDelivery(raw))).toMatchObject([
    { kind: 'text-received', text: 'Grüße & 👍', media: [{ type: 'image/png' }] },
    { kind: 'receipt', state: 'sent', reference: sent.uid, providerMessageId: sid },
    { kind: 'receipt', state: 'delivered', reference: sent.uid },
    { kind: 'call', outcome: 'missed', line, peer: customer },
  ]);
});

test('a token that was taken back opens nothing: nothing is kept', async () => {
  await using desk = await TwilioDesk.open();
  const { relay } = await openRelay(desk);
  desk.carrier.account.tokens = ['fedcba9876543210fedcba9876543210'];
  await desk.carrier.receive({ from: customer, to: line, body: 'hi' });
  expect(desk.carrier.hookCalls.map(({ status }) => status)).toEqual([403]);
  expect(await relay.stored()).toEqual([]);
});
