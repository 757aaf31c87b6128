import { expect, test } from 'vitest';

import { SipDesk, type Way } from './sip-desk.ts';

const ways: readonly Way[] = ['udp', 'tcp', 'tls', 'ws', 'wss'];

test.each(ways)('over %s a session registers and a text is taken', async (way) => {
  await using desk = await SipDesk.open(way);
  const text = desk.text({ text: 'Your table is ready ✓' });
  expect(await desk.adapter.send(text, 5_000)).toEqual({
    kind: 'accepted',
    providerMessageId: expect.stringMatching(/^[\da-f-]{36} \d+$/),
  });
  expect(desk.carrier.taken).toMatchObject([
    { to: '+15550100002', from: '+15550100001', transport: way.toUpperCase() },
  ]);
  expect(desk.carrier.taken[0]?.message.body.toString('utf8')).toBe('Your table is ready ✓');
});
