import { describe, expect, it } from 'vitest';

import { systemClock } from '#main/log/system-clock.ts';
import type { Clock } from '#shared/contract/clock.ts';
import { connectionIdSchema } from '#shared/message/line.ts';

import { StreamDesktop } from '../fakes/stream-desktop.ts';
import { TeamRelay, type TestWorkspace } from '../fakes/team-relay.ts';

const numbered = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `text ${index + 1}`);

/** An arrival that is refused, so that its answer tells that all before it was heard. */
const notHere = {
  connectionId: connectionIdSchema.parse('nobodysconnection'),
  key: '',
  headers: {},
  body: '',
};

/** Forgets the contents up to this number, as if they were older than what is kept. */
function trim({ log }: TestWorkspace, upTo: number): Promise<number> {
  return log.trim({ receivedBefore: Infinity, rememberSince: 0, upTo });
}

type Case = {
  readonly says: string;
  /** Null for the first time. */
  readonly log: 'this' | 'another' | null;
  readonly after: number;
  readonly answer: { readonly after: number; readonly reset: string | null };
};

const whole: readonly Case[] = [
  { says: 'of the first time', log: null, after: 0, answer: { after: 0, reset: null } },
  { says: 'in the middle', log: 'this', after: 4, answer: { after: 4, reset: null } },
  { says: 'at the end', log: 'this', after: 10, answer: { after: 10, reset: null } },
  { says: 'past the end', log: 'this', after: 11, answer: { after: 0, reset: 'ahead' } },
  { says: 'of another log', log: 'another', after: 4, answer: { after: 0, reset: 'other-log' } },
];

const trimmed: readonly Case[] = [
  { says: 'in what is gone', log: 'this', after: 3, answer: { after: 6, reset: 'trimmed' } },
  { says: 'at the end of it', log: 'this', after: 6, answer: { after: 6, reset: null } },
  { says: 'after it', log: 'this', after: 7, answer: { after: 7, reset: null } },
  { says: 'of the first time', log: null, after: 0, answer: { after: 6, reset: 'trimmed' } },
  { says: 'past the end', log: 'this', after: 11, answer: { after: 6, reset: 'ahead' } },
  { says: 'of another log', log: 'another', after: 9, answer: { after: 6, reset: 'other-log' } },
];

async function joinWith(relay: TeamRelay, { log, after }: Case): Promise<StreamDesktop> {
  const id = log === 'this' ? relay.workspace().log.id : log;
  return StreamDesktop.join(relay.url, await relay.pair(), { log: id, after });
}

describe('a cursor', () => {
  it.each(whole)('$says', async (each) => {
    const relay = await TeamRelay.start();
    const { log, append } = relay.workspace();
    await append(...numbered(10));
    const desktop = await joinWith(relay, each);
    const welcome = { ...each.answer, log: log.id, lastSeq: 10 };
    expect(await desktop.next('welcome')).toMatchObject(welcome);
    await append('one more');
    const [delivery] = await desktop.deliveries(1);
    expect(delivery?.seq).toBe(each.answer.after + 1);
  });

  it.each(trimmed)('$says, where the log is trimmed', async (each) => {
    const relay = await TeamRelay.start();
    const { append } = relay.workspace();
    await append(...numbered(10));
    await trim(relay.workspace(), 6);
    const desktop = await joinWith(relay, each);
    expect(await desktop.next('welcome')).toMatchObject(each.answer);
    const [delivery] = await desktop.deliveries(10 - each.answer.after);
    expect(delivery?.seq).toBe(each.answer.after + 1);
  });

  it('is kept on the list of desktops, as far as it was acknowledged', async () => {
    const relay = await TeamRelay.start();
    const { log, append, desktops } = relay.workspace();
    await append(...numbered(10));
    const identity = await relay.pair();
    const desktop = await StreamDesktop.join(relay.url, identity);
    await desktop.deliveries(10);
    desktop.say({ type: 'ack', seq: 7 });
    desktop.socket.close();
    await desktop.untilClosed();
    await relay.serving.stop();
    expect(desktops.find(identity.desktop)).toMatchObject({
      acknowledgedLog: log.id,
      acknowledgedSeq: 7,
      seenAt: expect.any(Number),
    });
  });
});

/** The real clock, but that what happens every hour happens on demand. */
class HourlyClock implements Clock {
  readonly now = systemClock.now;
  #hourly: (() => void)[] = [];

  after(ms: number, deed: () => void): () => void {
    if (ms !== 3_600_000) return systemClock.after(ms, deed);
    this.#hourly.push(deed);
    return () => undefined;
  }

  strike(): void {
    for (const deed of this.#hourly.splice(0)) deed();
  }
}

describe('what is older than is kept', () => {
  it('stays while a desktop that is connected has not taken it, and goes when it has left', async () => {
    const clock = new HourlyClock();
    const relay = await TeamRelay.start({ clock });
    const { log, append } = relay.workspace();
    await append(...numbered(10));
    const trimmedThrough = async (): Promise<number> => {
      clock.strike();
      // Trims happen one after another, so this one ends after that of the hour.
      await log.trim({ receivedBefore: 0, rememberSince: 0, upTo: 0 });
      return (await log.health()).trimmedThrough;
    };
    const desktop = await relay.join();
    await desktop.deliveries(10);
    desktop.say({ type: 'ack', seq: 4 });
    desktop.say({ type: 'append-arrival', id: 1, ...notHere });
    await desktop.next('not-appended');
    expect(await trimmedThrough()).toBe(4);
    desktop.socket.close();
    await desktop.untilClosed();
    expect(await trimmedThrough()).toBe(10);
  });
});
