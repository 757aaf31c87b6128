import { expect, test } from 'vitest';

import type { ProviderAdapter, WebhookGuard } from '#shared/provider/provider.ts';
import { ours } from '#test/carriers/vonage-account.ts';
import { readAll } from '#test/fakes/deliveries.ts';
import { RelayDesk } from '#test/fakes/relay-desk.ts';

import { VonageDesk, byApplication, bySms, deadlineMs } from './vonage-desk.ts';

/** A relay whose one connection is guarded so. */
function relayFor(guard: WebhookGuard): Promise<RelayDesk> {
  const connection = { guard, pathSecret: null, publicUrl: null };
  return RelayDesk.start({
    findConnection: (provider) => (provider === 'vonage' ? connection : null),
  });
}

/** What the relay has stored, as the core will read it: without the token it came with. */
async function storedEvents({ relay }: RelayDesk, adapter: ProviderAdapter): Promise<unknown[]> {
  const stored = await readAll(relay.log);
  for (const { raw } of stored) expect(raw.headers).not.toHaveProperty('authorization');
  return stored.flatMap(({ raw }) => adapter.readDelivery(raw));
}

test('by the Messages API: what the carrier tells, even twice, stands in the log once and is readable there', async () => {
  await using desk = await VonageDesk.open();
  const { guard } = desk.connect();
  const relay = await relayFor(guard);
  const url = `${relay.relay.url}/hooks/vonage/c1`;
  const { adapter } = desk.connect(byApplication, [
    { purpose: 'messages', url },
    { purpose: 'receipts', url },
  ]);
  const hook = { address: url, http_method: 'POST' };
  desk.carrier.book.application.capabilities.messages = { webhooks: { inbound_url: hook } };
  desk.carrier.callbacks.doubled = true;
  const text = desk.text();
  await adapter.send(text, deadlineMs);
  await expect.poll(() => storedEvents(relay, adapter)).toHaveLength(2);
  await desk.carrier.callbacks.receive({ text: 'hello' });
  const receipt = { kind: 'receipt', reference: text.uid };
  expect(await storedEvents(relay, adapter)).toMatchObject([
    { ...receipt, state: 'sent' },
    { ...receipt, state: 'delivered' },
    { kind: 'text-received', text: 'hello', to: `+${ours}` },
  ]);
  const forged = await fetch(url, { method: 'POST', body: '{"message_uuid":"x"}' });
  expect(forged.status).toBe(403);
});

test('by the SMS API: parts of a long text stand in the log, each once', async () => {
  await using desk = await VonageDesk.open();
  const { adapter, guard } = desk.connect(bySms);
  const relay = await relayFor(guard);
  const url = `${relay.relay.url}/hooks/vonage/c1`;
  desk.carrier.callbacks.doubled = true;
  for (const part of ['2', '1'])
    await desk.carrier.callbacks.receiveSms(url, {
      text: `part ${part}`,
      concat: 'true',
      'concat-ref': '7',
      'concat-total': '2',
      'concat-part': part,
    });
  expect(await storedEvents(relay, adapter)).toMatchObject([
    { text: 'part 2', part: { reference: 7, total: 2, sequence: 2 } },
    { text: 'part 1', part: { reference: 7, total: 2, sequence: 1 } },
  ]);
});
