import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { DesktopBook } from '#main/relay/stream/desktop-book.ts';
import { ManualClock } from '#test/fakes/manual-clock.ts';
import { StreamDesktop } from '#test/fakes/stream-desktop.ts';
import { TeamRelay } from '#test/fakes/team-relay.ts';

describe('the list of desktops', () => {
  it('is looked through again where it could not be read when it changed', async () => {
    const clock = new ManualClock(Date.now());
    const relay = await TeamRelay.start({ clock });
    const { desktops, folder } = relay.workspace();
    const identity = await relay.pair();
    const desktop = await StreamDesktop.join(relay.url, identity);
    await desktop.next('members');
    await clock.advance(1_000);
    const beside = new DesktopBook(path.join(folder, 'desktops.db'));
    beside.revoke(identity.desktop, clock.now());
    beside.close();
    const honest = desktops.list.bind(desktops);
    desktops.list = () => {
      throw new Error('the disk does not answer');
    };
    await clock.advance(1_000);
    expect(desktop.closed).toBeNull();
    desktops.list = honest;
    await clock.advance(1_000);
    expect(await desktop.untilClosed()).toMatchObject({ code: 4403 });
  });
});

describe('two hellos of one desktop', () => {
  it('let the later one stay, though the log answers for the earlier one last', async () => {
    const relay = await TeamRelay.start();
    const identity = await relay.pair();
    const { log } = relay.workspace();
    const honest = log.health.bind(log);
    const gate = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    log.health = () => {
      asked.resolve();
      return gate.promise.then(honest);
    };
    const earlier = await StreamDesktop.join(relay.url, identity);
    await asked.promise;
    log.health = honest;
    const later = await StreamDesktop.join(relay.url, identity);
    await later.next('members');
    gate.resolve();
    expect(await earlier.untilClosed()).toMatchObject({ code: 4409 });
    await relay.workspace().append('news');
    expect(await later.deliveries(1)).toHaveLength(1);
  });
});
