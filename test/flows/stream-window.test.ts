import { describe, expect, it } from 'vitest';

import { streamLimits } from '#shared/team/stream-frames.ts';

import { ManualClock } from '../fakes/manual-clock.ts';
import type { StreamDesktop } from '../fakes/stream-desktop.ts';
import { TeamRelay } from '../fakes/team-relay.ts';

const numbered = (count: number, length = 0): string[] =>
  Array.from({ length: count }, (_, index) => `text ${index + 1}`.padEnd(length, '.'));

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

const numbersOf = (desktop: StreamDesktop): number[] =>
  desktop.frames.flatMap((frame) => (frame.type === 'delivery' ? [frame.seq] : []));

/** Resolves when all that was sent to this desktop so far has come: it answers in the order in which it is asked. */
async function settled(desktop: StreamDesktop): Promise<void> {
  const pong = new Promise((resolve) => desktop.socket.once('pong', resolve));
  desktop.socket.ping();
  await pong;
}

describe('the window', () => {
  it.each([
    ['what lies in the log', true],
    ['what comes meanwhile', false],
  ])('holds 256 that are not acknowledged, of %s', async (_, isBefore) => {
    const relay = await TeamRelay.start();
    if (isBefore) await relay.workspace().append(...numbered(700));
    const desktop = await relay.join();
    await desktop.next('members');
    if (!isBefore) await relay.workspace().append(...numbered(700));
    await desktop.deliveries(streamLimits.unacknowledged);
    await settled(desktop);
    expect(numbersOf(desktop)).toEqual(upTo(256));
    desktop.say({ type: 'ack', seq: 10 });
    await desktop.deliveries(266);
    await settled(desktop);
    expect(numbersOf(desktop)).toEqual(upTo(266));
    desktop.say({ type: 'ack', seq: 266 });
    await desktop.deliveries(522);
    desktop.acknowledges = true;
    desktop.say({ type: 'ack', seq: 522 });
    await desktop.deliveries(700);
    expect(numbersOf(desktop)).toEqual(upTo(700));
  });

  it('holds a megabyte for one that does not read, and the others go on', async () => {
    const relay = await TeamRelay.start();
    const [slow, quick] = [await relay.join(), await relay.join()];
    for (const each of [slow, quick]) {
      await each.next('members');
      each.acknowledges = true;
    }
    slow.socket.pause();
    const octets = 100_000;
    const count = 240;
    for (const text of numbered(count, octets)) await relay.workspace().append(text);
    await quick.deliveries(count);
    const sentToSlow = (await relay.metric('stream_deliveries_total')) - count;
    expect(sentToSlow).toBeLessThan(count / 2);
    slow.socket.resume();
    await slow.deliveries(count);
    expect(numbersOf(slow)).toEqual(upTo(count));
  });

  it('tells one that is behind how far the log is, at most once a second', async () => {
    const clock = new ManualClock();
    const relay = await TeamRelay.start({ clock });
    const desktop = await relay.join();
    await desktop.next('members');
    await relay.workspace().append(...numbered(300));
    await desktop.deliveries(256);
    await settled(desktop);
    const tips = () => desktop.frames.filter(({ type }) => type === 'tip');
    expect(tips()).toEqual([]);
    await clock.advance(1_000);
    expect(await desktop.next('tip')).toEqual({ type: 'tip', lastSeq: 300 });
    await clock.advance(3_000);
    await settled(desktop);
    expect(tips()).toHaveLength(4);
    desktop.acknowledges = true;
    desktop.say({ type: 'ack', seq: 256 });
    await desktop.deliveries(300);
    await clock.advance(5_000);
    await settled(desktop);
    expect(tips()).toHaveLength(4);
  });

  it('shows how far the one furthest behind is', async () => {
    const relay = await TeamRelay.start();
    const desktop = await relay.join();
    await relay.workspace().append(...numbered(40));
    await desktop.deliveries(40);
    desktop.say({ type: 'ack', seq: 15 });
    await settled(desktop);
    expect(await relay.metric('desktops_greatest_lag{workspace="main"}')).toBe(25);
    const health = (await (await fetch(`${relay.url}/healthz`)).json()) as { workspaces: object[] };
    expect(health.workspaces).toEqual([
      {
        name: 'main',
        ok: true,
        lastSeq: 40,
        problem: null,
        desktops: { paired: 1, connected: 1, greatestLag: 25 },
      },
    ]);
  });
});

describe('a connection', () => {
  it('is pinged, and cut when nothing is heard for 45 seconds', async () => {
    const clock = new ManualClock();
    const relay = await TeamRelay.start({ clock });
    const [alive, dead] = [await relay.join(), await relay.join()];
    await Promise.all([alive.next('members'), dead.next('members')]);
    dead.socket.pause();
    for (let beats = 0; beats < 4; beats += 1) {
      const pinged = new Promise((resolve) => alive.socket.once('ping', resolve));
      await clock.advance(streamLimits.pingEveryMs);
      await pinged;
      await settled(alive);
    }
    expect(alive.closed).toBeNull();
    dead.socket.resume();
    expect(await dead.untilClosed()).toMatchObject({ code: 1006 });
  });
});
