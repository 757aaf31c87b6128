import { describe, expect, it } from 'vitest';

import { StreamDesktop } from '../fakes/stream-desktop.ts';
import { TeamRelay } from '../fakes/team-relay.ts';

const numbered = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `text ${index + 1}`);

const bodyOf = (body: string): string => Buffer.from(body, 'base64').toString();

describe('the stream', () => {
  it('welcomes a paired desktop, shares the connections and sends all there is in order', async () => {
    const relay = await TeamRelay.start();
    await relay.workspace().append(...numbered(3));
    const identity = await relay.pair();
    const desktop = await StreamDesktop.join(relay.url, identity);
    const { id: log } = relay.workspace().log;
    expect(await desktop.next('welcome')).toEqual({
      type: 'welcome',
      desktop: identity.desktop,
      workspace: 'main',
      log,
      after: 0,
      lastSeq: 3,
      reset: null,
    });
    const { connections } = await desktop.next('connections');
    expect(connections.map(({ credentials }) => credentials)).toEqual([
      { token: 'token-of-acme0000main' },
    ]);
    const { members } = await desktop.next('members');
    expect(members).toEqual([{ id: identity.desktop, name: 'Desk 1', online: true }]);
    const deliveries = await desktop.deliveries(3);
    expect(deliveries.map(({ seq, raw }) => [seq, bodyOf(raw.body)])).toEqual([
      [1, 'text 1'],
      [2, 'text 2'],
      [3, 'text 3'],
    ]);
  });

  it('sends what comes while connected to everybody, past the window as it is acknowledged', async () => {
    const relay = await TeamRelay.start();
    const both = [await relay.join(), await relay.join()];
    for (const desktop of both) {
      desktop.acknowledges = true;
      await desktop.next('welcome');
    }
    await relay.workspace().append(...numbered(900));
    for (const desktop of both) {
      const all = await desktop.deliveries(900);
      expect(all.map(({ seq }) => seq)).toEqual(numbered(900).map((_, index) => index + 1));
    }
  });

  it('goes on after the cursor', async () => {
    const relay = await TeamRelay.start();
    const { log, append } = relay.workspace();
    await append(...numbered(500));
    const cursor = { log: log.id, after: 497 };
    const desktop = await StreamDesktop.join(relay.url, await relay.pair(), cursor);
    expect(await desktop.next('welcome')).toMatchObject({ after: 497, lastSeq: 500, reset: null });
    expect((await desktop.deliveries(3)).map(({ seq }) => seq)).toEqual([498, 499, 500]);
  });
});
