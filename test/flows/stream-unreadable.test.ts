import { describe, expect, it } from 'vitest';

import { LogFailure } from '#main/relay/delivery-log.ts';
import { ManualClock, settle } from '#test/fakes/manual-clock.ts';
import { TeamRelay } from '#test/fakes/team-relay.ts';
import { until } from '#test/fakes/until.ts';

const failure = new LogFailure('unreachable', 'The log does not answer.');

describe('where the log cannot be read', () => {
  it('nothing is left of a desktop that went away meanwhile', async () => {
    const clock = new ManualClock(Date.now());
    const relay = await TeamRelay.start({ clock });
    await relay.workspace().append('1', '2', '3');
    const gate = Promise.withResolvers<never>();
    gate.promise.catch(() => undefined);
    relay.workspace().log.readAfter = () => gate.promise;
    const desktop = await relay.join();
    await desktop.next('members');
    desktop.cut();
    await until(async () => (await relay.metric('desktops_connected{workspace="main"}')) === 0);
    await clock.advance(1_000);
    const before = clock.planned;
    gate.reject(failure);
    await settle();
    expect(clock.planned).toBe(before);
  });

  it('it is tried again once a second, however much comes in meanwhile', async () => {
    const clock = new ManualClock(Date.now());
    const relay = await TeamRelay.start({ clock });
    const { log } = relay.workspace();
    const desktop = await relay.join();
    await desktop.next('members');
    const honest = log.readAfter.bind(log);
    let tries = 0;
    log.readAfter = () => {
      tries += 1;
      return Promise.reject(failure);
    };
    for (let text = 1; text <= 20; text += 1) await relay.workspace().append(`${text}`);
    const before = tries;
    for (let second = 1; second <= 10; second += 1) await clock.advance(1_000);
    expect(tries - before).toBe(10);
    log.readAfter = honest;
    await clock.advance(1_000);
    expect(await desktop.deliveries(20)).toHaveLength(20);
  });
});
