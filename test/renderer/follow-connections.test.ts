import { describe, expect, it, onTestFinished } from 'vitest';

import { followHostEvents } from '#renderer/store/follow-host-events.ts';
import { openConnections } from '#renderer/store/go-to.ts';
import { placeAbove } from '#renderer/store/place-store.ts';
import { CarrierHost, makeConnection, makeSync, twilioId } from '#test/fakes/carrier-host.ts';
import { settle } from '#test/fakes/manual-clock.ts';
import { makeScreen } from '#test/fakes/render-screen.tsx';
import { calmHealth } from '#test/fakes/small-world.ts';

async function follow() {
  const made = makeScreen(new CarrierHost());
  onTestFinished(followHostEvents(made.screen));
  await settle();
  return { ...made, known: () => made.screen.connections.getState() };
}

describe('what the screen knows of connections', () => {
  it('comes with the overview, and nothing else of it goes astray', async () => {
    const { screen, known } = await follow();
    expect(known().list).toEqual([makeConnection()]);
    expect(screen.overview.getState()).not.toHaveProperty('connections');
    expect(screen.overview.getState().mediaBase).toBe('/media/');
  });

  it('changes with every event', async () => {
    const { host, known } = await follow();
    host.turn(twilioId, { disabled: true, state: 'off' });
    expect(known().list?.[0]).toMatchObject({ disabled: true, state: 'off' });
    host.tell('sync.changed', { sync: makeSync({ read: 3 }) });
    expect(known().syncs.get(twilioId)).toMatchObject({ read: 3 });
  });

  it('is made up for after a break; of what ran then nothing is known', async () => {
    const { host, known } = await follow();
    host.tell('sync.changed', { sync: makeSync({ state: 'done' }) });
    const otherId = makeConnection().id;
    host.become('reconnecting');
    host.connections = [makeConnection({ label: 'Renamed' })];
    host.become('connected');
    await settle();
    expect(known().list?.[0]?.label).toBe('Renamed');
    expect(known().syncs.get(otherId)?.state).toBe('done');
    host.tell('sync.changed', { sync: makeSync() });
    host.become('reconnecting');
    host.become('connected');
    expect(known().syncs.size).toBe(0);
  });

  it('is fetched again as health changes, while a page about it is open and not else', async () => {
    const { host, screen } = await follow();
    host.tell('health.changed', { health: calmHealth });
    await settle();
    expect(host.asked('connections.list')).toHaveLength(0);
    await openConnections(screen);
    host.tell('health.changed', { health: calmHealth });
    await settle();
    expect(host.asked('connections.list')).toHaveLength(2);
  });

  it('asks once which carriers there are', async () => {
    const { host, screen } = await follow();
    await openConnections(screen);
    await openConnections(screen, { page: 'connect' });
    expect(host.asked('providers.list')).toHaveLength(1);
  });
});

describe('the pages about connections', () => {
  it('stand under one another', () => {
    expect(placeAbove({ page: 'numbers', connectionId: twilioId })).toEqual({
      page: 'connection',
      connectionId: twilioId,
    });
    expect(placeAbove({ page: 'connection', connectionId: twilioId })).toEqual({ page: 'list' });
    expect(placeAbove({ page: 'connect' })).toEqual({ page: 'list' });
    expect(placeAbove({ page: 'list' })).toBeNull();
  });
});
