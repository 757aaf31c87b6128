import { randomUUID } from 'node:crypto';

import { describe, expect, onTestFinished, test } from 'vitest';

import { broadcastHandlers, showBroadcast } from '#main/commands/broadcasts.ts';
import type { Desk } from '#main/commands/desk.ts';
import { findThreadByKey, saveDraft } from '#main/history/threads.ts';
import { feedBroadcasts } from '#main/outbound/feed-broadcasts.ts';
import type { Broadcast } from '#shared/contract/broadcast-commands.ts';
import { ConsentRoad } from '#test/fakes/consent-road.ts';
import type { HistoryDesk } from '#test/fakes/history-desk.ts';
import { accepted, sends, unsent } from '#test/fakes/outbound-road.ts';
import { peerNumber } from '#test/fakes/write-history.ts';

/** Past the five seconds in which a start can be undone. */
const undone = 6_000;

/** A desk that also feeds broadcasts; what is started goes on by the clock. */
class BroadcastRoad extends ConsentRoad {
  readonly feeding = feedBroadcasts(this.road, {
    wakeOutbox: () => this.road.drain.wake(),
    moved: () => undefined,
  });
  readonly broadcasts = broadcastHandlers({
    ...this.road,
    sending: this.road,
    wakeOutbox: () => this.road.drain.wake(),
    wakeBroadcasts: () => this.feeding.wake(),
  } as unknown as Desk);

  constructor(given: ConstructorParameters<typeof ConsentRoad>[0] = {}) {
    super(given);
    onTestFinished(() => this.feeding.stop());
    this.feeding.wake();
    this.road.drain.wake();
  }

  async draft(people: number, more: { text?: string; first?: number } = {}): Promise<Broadcast> {
    const { text = 'News for', first = 0 } = more;
    const { broadcast } = await this.broadcasts['broadcast.create']({
      uid: randomUUID(),
      lineId: this.road.line.id,
      name: 'News',
      purpose: 'informational',
      text,
      people,
    });
    for (let from = 0; from < people; from += 200) {
      const rows = Array.from({ length: Math.min(200, people - from) }, (_, each) => ({
        to: peerNumber(first + from + each),
        text: `${text} ${from + each}`,
      }));
      await this.broadcasts['broadcast.add']({ broadcastId: broadcast.id, from, rows });
    }
    return this.now(broadcast.id);
  }

  async start(people: number): Promise<number> {
    const { id } = await this.draft(people);
    await this.broadcasts['broadcast.start']({ broadcastId: id });
    return id;
  }

  /** Lets time pass in steps, as batches follow each other between two moments of the clock. */
  async passes(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= 500) await this.road.clock.advance(Math.min(500, left));
  }

  now(id: number): Broadcast {
    const broadcast = showBroadcast(this.road as HistoryDesk, id);
    if (broadcast === null) throw new Error('the broadcast is gone');
    return broadcast;
  }
}

describe('a broadcast', () => {
  test('reaches each person once, each in a conversation of their own, and is then done', async () => {
    const many = new BroadcastRoad();
    const id = await many.start(450);
    expect(many.sent).toEqual([]);
    await many.passes(60_000);
    expect(new Set(many.sent).size).toBe(450);
    expect(many.sent).toHaveLength(450);
    expect(many.now(id)).toMatchObject({ state: 'done', counts: { sent: 450, waiting: 0 } });
  });

  test('can be undone for five seconds as if it had not been', async () => {
    const many = new BroadcastRoad();
    const id = await many.start(3);
    await many.passes(4_900);
    await many.broadcasts['broadcast.cancel']({ broadcastId: id });
    await many.passes(60_000);
    expect(many.lines()).toEqual([]);
    expect(many.now(id)).toMatchObject({ state: 'cancelled', counts: { cancelled: 3 } });
  });

  test('is not started before all its people are stored', async () => {
    const many = new BroadcastRoad();
    const { broadcast } = await many.broadcasts['broadcast.create']({
      uid: randomUUID(),
      lineId: many.road.line.id,
      name: 'News',
      purpose: 'marketing',
      text: 'x',
      people: 2,
    });
    expect(() => many.broadcasts['broadcast.start']({ broadcastId: broadcast.id })).toThrow(
      '0 of 2 people are stored',
    );
  });

  test('stops at a pause, and goes on where it stopped', async () => {
    const many = new BroadcastRoad();
    let taken = 0;
    many.road.carrier.onSend = ({ uid }) => {
      taken += 1;
      if (taken === 30) void many.broadcasts['broadcast.pause']({ broadcastId: id });
      return accepted(uid);
    };
    const id = await many.start(300);
    await many.passes(60_000);
    const before = many.sent.length;
    expect(before).toBeLessThan(60);
    expect(many.now(id)).toMatchObject({ state: 'paused' });
    expect(many.now(id).counts.held).toBeGreaterThan(0);
    await many.broadcasts['broadcast.resume']({ broadcastId: id });
    await many.passes(60_000);
    expect(new Set(many.sent).size).toBe(300);
    expect(many.sent).toHaveLength(300);
    expect(many.now(id).state).toBe('done');
  });

  test('that is cancelled takes back all that has not left', async () => {
    const many = new BroadcastRoad();
    many.road.carrier.onSend = () => unsent(3_600_000);
    const id = await many.start(300);
    await many.passes(undone);
    await many.broadcasts['broadcast.cancel']({ broadcastId: id });
    many.road.carrier.onSend = ({ uid }) => accepted(uid);
    await many.passes(40_000);
    const { state, counts } = many.now(id);
    expect({ state, cancelled: counts.cancelled }).toEqual({ state: 'cancelled', cancelled: 300 });
    const all = many.lines();
    expect(all.every((line) => line.endsWith('[failed]'))).toBe(true);
  });

  test('leaves out who opted out before, and who says STOP in the middle of it', async () => {
    const many = new BroadcastRoad();
    await many.hears('STOP', { peer: 1 });
    const { carrier } = many.road;
    carrier.onSend = ({ uid, text }) => (text.startsWith('News') ? unsent(60_000) : accepted(uid));
    const id = await many.start(5);
    await many.passes(undone);
    await many.hears('STOP', { peer: 3 });
    carrier.sent.length = 0;
    carrier.onSend = ({ uid }) => accepted(uid);
    await many.passes(300_000);
    expect(many.sent.toSorted()).toEqual(['News for 0', 'News for 2', 'News for 4']);
    const { people } = await many.broadcasts['broadcast.people']({
      broadcastId: id,
      outcome: null,
      after: null,
      limit: 10,
    });
    expect(people.map(({ outcome, because }) => [outcome, because])).toEqual([
      ['sent', null],
      ['refused', expect.stringContaining('opted out')],
      ['sent', null],
      ['cancelled', 'They opted out ("STOP").'],
      ['sent', null],
    ]);
    expect(many.now(id).state).toBe('done');
  });

  test('counts who opts out before their turn among what was cancelled', async () => {
    const many = new BroadcastRoad();
    const id = await many.start(3);
    await many.hears('STOP', { peer: 2 });
    expect(many.lines()).toContain('* Opted out by customer ("STOP"). 1 pending text cancelled.');
    await many.passes(undone);
    expect(many.now(id)).toMatchObject({ state: 'done', counts: { sent: 2, cancelled: 1 } });
  });

  test('answers nobody: who waits for an answer still does, and what is being written stays', async () => {
    const many = new BroadcastRoad();
    await many.hears('Are you open?', { peer: 0 });
    saveDraft(many.road.db, many.threadOf(0), 'We are');
    await many.start(2);
    await many.passes(60_000);
    const threads = [0, 1].map((peer) =>
      findThreadByKey(many.road.db, { lineId: many.road.line.id, peer: peerNumber(peer) }),
    );
    expect(threads).toMatchObject([
      { done: false, draft: 'We are', unread: 1 },
      { done: true, draft: '' },
    ]);
  });

  test('lets an answer pass that is written in the middle of it', async () => {
    const many = new BroadcastRoad();
    await many.hears('Are you open?', { peer: 900 });
    many.road.carrier.onSend = () => null;
    await many.start(200);
    await many.passes(undone);
    await sends(many.road, { peer: 900, text: 'We are' });
    many.road.carrier.onSend = ({ uid }) => accepted(uid);
    const before = many.sent.length;
    while (many.road.carrier.waiting.length > 0)
      many.road.carrier.answerNext(accepted(`w${many.road.carrier.waiting.length}`));
    await many.passes(1);
    expect(many.sent[before]).toBe('We are');
    await many.passes(60_000);
  });

  test('goes on after a restart at any moment, and nobody is texted twice or left out', async () => {
    const carrier = new BroadcastRoad().road.carrier;
    let ids = 0;
    carrier.onSend = () => null;
    let many = new BroadcastRoad({ carrier });
    carrier.onSend = () => accepted(`r${(ids += 1)}`);
    const id = await many.start(260);
    for (let restarts = 0; restarts < 12; restarts += 1) {
      await many.passes(restarts === 0 ? undone : 90);
      many.feeding.stop();
      many.road.drain.stop();
      many = new BroadcastRoad({
        carrier,
        dataFolder: many.road.dataFolder,
        clock: many.road.clock,
      });
      carrier.onSend = () => accepted(`r${(ids += 1)}`);
    }
    await many.passes(120_000);
    expect(many.now(id)).toMatchObject({ state: 'done', counts: { sent: 260 } });
    expect(many.sent).toHaveLength(260);
    expect(new Set(many.sent).size).toBe(260);
  });
});

describe('the dry run of a broadcast', () => {
  test('asks the judge about each person and writes nothing down', async () => {
    const many = new BroadcastRoad();
    await many.hears('STOP', { peer: 1 });
    const before = many.lines();
    const { people } = await many.broadcasts['broadcast.judge']({
      lineId: many.road.line.id,
      purpose: 'informational',
      rows: [
        { to: peerNumber(0), text: 'Hello' },
        { to: peerNumber(1), text: 'Hello' },
        { to: 'nobody', text: 'Hello' },
        { to: peerNumber(2), text: '' },
        { to: peerNumber(3), text: 'x'.repeat(200) },
      ],
    });
    expect(people.map(({ verdict, segments }) => [verdict.kind, segments])).toEqual([
      ['allowed', 1],
      ['refused', 1],
      ['refused', 1],
      ['refused', 0],
      ['allowed', 2],
    ]);
    expect(many.lines()).toEqual(before);
  });
});
