import { describe, expect, it, vi } from 'vitest';

import { type Verification, verifyConnection } from '#main/core/connections/verify-connection.ts';
import { acceptDelivery } from '#main/inbound/accept-delivery.ts';
import type { ProviderAdapter } from '#shared/provider/provider.ts';
import { deliveryOf } from '#test/fakes/fake-carrier.ts';
import { type HistoryDesk, historyDesk } from '#test/fakes/history-desk.ts';

const words = async (desk: HistoryDesk, more: Partial<Verification> = {}) => {
  const verifying = verifyConnection({
    db: desk.db,
    clock: desk.clock,
    adapter: desk.carrier.adapter,
    line: null,
    ...more,
  });
  let done = false;
  void verifying.finally(() => (done = true));
  await vi.waitFor(async () => {
    await desk.clock.advance(2_500);
    expect(done).toBe(true);
  });
  return (await verifying).map(({ step, verdict }) => `${step}: ${verdict}`);
};

const asked = (takesMessages: boolean | null): ProviderAdapter['testCredentials'] =>
  (async () => ({
    kind: 'told',
    answer: { takesMessages },
  })) as unknown as ProviderAdapter['testCredentials'];

describe('verifying a connection', () => {
  it('stops where the credentials are wrong', async () => {
    const desk = historyDesk();
    const adapter: ProviderAdapter = {
      ...desk.carrier.adapter,
      testCredentials: async () => ({
        kind: 'not-told',
        failure: { kind: 'credentials', raw: '401' },
      }),
    };
    expect(await words(desk, { adapter })).toEqual(['credentials: failed']);
  });

  it.each([
    [true, 'passed'],
    [null, 'unclear'],
  ])('asks a server what it takes: %s is %s', async (takes, verdict) => {
    const desk = historyDesk();
    const adapter = { ...desk.carrier.adapter, askAbilities: asked(takes) };
    expect(await words(desk, { adapter })).toEqual([
      'credentials: passed',
      `abilities: ${verdict}`,
      'text-to-self: skipped',
    ]);
  });

  it('a text to oneself that comes back passes', async () => {
    const desk = historyDesk();
    desk.carrier.onSend = ({ from, to, text }) => {
      const event = {
        kind: 'text-received',
        providerMessageId: 'back',
        from,
        to,
        text,
        media: [],
        part: null,
        sentAt: null,
      } as const;
      acceptDelivery(desk, { log: 'relay', seq: 1, raw: deliveryOf(event) });
      return { kind: 'accepted', providerMessageId: 'p1' };
    };
    expect(await words(desk, { line: desk.line })).toContain('text-to-self: passed');
  });

  it('one that is taken and does not come back proves nothing', async () => {
    const desk = historyDesk();
    desk.carrier.onSend = () => ({ kind: 'accepted', providerMessageId: 'p1' });
    expect(await words(desk, { line: desk.line })).toContain('text-to-self: unclear');
  });

  it('one that is refused fails', async () => {
    const desk = historyDesk();
    desk.carrier.onSend = () => ({ kind: 'refused', failure: { kind: 'not-allowed', raw: '403' } });
    expect(await words(desk, { line: desk.line })).toContain('text-to-self: failed');
  });
});
