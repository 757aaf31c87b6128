import { describe, expect, test } from 'vitest';

import { listConsent } from '#main/history/consent-ledger.ts';
import { ConsentRoad } from '#test/fakes/consent-road.ts';
import { sends, shown } from '#test/fakes/outbound-road.ts';
import { peerNumber } from '#test/fakes/write-history.ts';

const day = 86_400_000;
const wish = 'please take me off your list';

async function asked(): Promise<ConsentRoad> {
  const consent = new ConsentRoad();
  await consent.hears(wish);
  return consent;
}

const get = (consent: ConsentRoad) =>
  consent.handlers['consent.get']({ threadId: consent.threadOf(), asOf: null });

describe('a text that reads like an opt-out', () => {
  test('holds what waits and asks the agent', async () => {
    const consent = await asked();
    const entry = await sends(consent.road, { text: 'Hello' });
    expect(entry.waiting).toMatchObject({
      reason: 'likely-opt-out',
      who: 'agent',
      until: consent.road.clock.now() + day,
    });
    expect((await get(consent)).consent).toMatchObject({ standing: 'likely-opt-out', words: wish });
    expect(consent.sent).toEqual([]);
  });

  test('that is one cancels it all', async () => {
    const consent = await asked();
    const entry = await sends(consent.road, { text: 'Hello' });
    await consent.handlers['consent.decide']({ threadId: consent.threadOf(), isOptOut: true });
    expect(shown(consent.road, entry.id)).toMatchObject({
      state: 'failed',
      failure: { kind: 'cancelled' },
    });
    expect(consent.lines()).toContain('* Opted out by an agent. 1 pending text cancelled.');
  });

  test('that is none lets it leave', async () => {
    const consent = await asked();
    await sends(consent.road, { text: 'Hello' });
    await consent.handlers['consent.decide']({ threadId: consent.threadOf(), isOptOut: false });
    await consent.road.clock.advance(1);
    expect(consent.sent).toEqual(['Hello']);
  });

  test('counts as one after a day without a decision, which an agent can undo', async () => {
    const consent = await asked();
    const entry = await sends(consent.road, { text: 'Hello' });
    await consent.road.clock.advance(day);
    expect(shown(consent.road, entry.id)).toMatchObject({ state: 'failed' });
    const { consent: known } = await get(consent);
    expect(known).toMatchObject({ standing: 'opted-out', by: 'agent', byLikelihood: true });
    await expect(
      Promise.resolve().then(() =>
        consent.handlers['consent.decide']({ threadId: consent.threadOf(), isOptOut: true }),
      ),
    ).rejects.toThrow(/nothing to decide/u);
    await consent.handlers['consent.undo']({ threadId: consent.threadOf() });
    await sends(consent.road, { text: 'Sorry' });
    expect(consent.sent).toEqual(['Sorry']);
  });

  test('of a short code is an advertisement', async () => {
    const consent = new ConsentRoad();
    await consent.hears('Sale! Take me off your list? Reply STOP to opt out', { from: '55555' });
    expect(listConsent(consent.road.db, '55555')).toEqual([]);
  });
});

describe('a carrier that refuses a text because of an opt-out', () => {
  test('locks the number, and no agent can undo that', async () => {
    const consent = new ConsentRoad();
    consent.road.carrier.onSend = () => ({
      kind: 'refused',
      failure: { kind: 'opted-out', raw: '21610' },
    });
    await sends(consent.road, { text: 'Hello' });
    const [event] = listConsent(consent.road.db, peerNumber(0));
    expect(event).toMatchObject({ kind: 'opt-out', who: 'carrier', evidence: { code: '21610' } });
    await expect(sends(consent.road)).rejects.toThrow(/carrier blocks/u);
    await expect(
      Promise.resolve().then(() =>
        consent.handlers['consent.undo']({ threadId: consent.threadOf() }),
      ),
    ).rejects.toThrow(/no agent can undo/u);
  });
});
