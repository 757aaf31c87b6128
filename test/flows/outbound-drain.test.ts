import { describe, expect, test } from 'vitest';

import { findLatestAttempt } from '#main/history/attempts.ts';
import { countOutbox, findInOutbox } from '#main/history/outbox.ts';
import { listReceipts } from '#main/history/receipts.ts';
import { pageThreads } from '#main/history/thread-pages.ts';
import { drainOutbox } from '#main/outbound/drain-outbox.ts';
import { FakeCarrier } from '#test/fakes/fake-carrier.ts';
import {
  type OutboundRoad,
  accepted,
  answers,
  outboundRoad,
  refused,
  sends,
  shown,
  unknown,
  unsent,
} from '#test/fakes/outbound-road.ts';

const sentTexts = ({ carrier }: OutboundRoad): string[] => carrier.sent.map(({ text }) => text);
const statesOf = (road: OutboundRoad, id: Parameters<typeof shown>[1]) =>
  listReceipts(road.db, id).map(({ attempt, state }) => `${attempt} ${state}`);

describe('a text', () => {
  test('leaves once it is durable, as it was accepted, and every step is told', async () => {
    const road = outboundRoad();
    const inTheOutbox: unknown[] = [];
    road.carrier.onSend = () => {
      inTheOutbox.push(road.db.prepare('SELECT state, lease_owner FROM outbox').get());
      return null;
    };
    const entry = await sends(road, { text: 'Ünïcödé 😀' });
    expect(inTheOutbox).toEqual([{ state: 'sending', lease_owner: 'boot-1' }]);
    expect(road.carrier.sent).toEqual([
      {
        uid: entry.uid,
        from: '+15550100001',
        to: '+15550200000',
        text: 'Ünïcödé 😀',
        mediaUrls: [],
      },
    ]);
    expect(shown(road, entry.id).state).toBe('sending');
    await answers(road, accepted('p1'));
    expect(shown(road, entry.id).state).toBe('accepted');
    expect(findLatestAttempt(road.db, entry.id)).toMatchObject({ attempt: 1, providerId: 'p1' });
    expect(statesOf(road, entry.id)).toEqual(['1 queued', '1 sending', '1 accepted']);
    expect(road.toldAs('entry.changed').map((each) => each.entry)).toMatchObject([
      { state: 'sending' },
      { state: 'accepted' },
    ]);
    expect(road.outcomes).toEqual([accepted('p1')]);
    expect(countOutbox(road.db)).toEqual({ waiting: 0, undecided: 0 });
  });

  test('that is refused for good fails with the reason, and is not tried again', async () => {
    const road = outboundRoad();
    road.carrier.onSend = () => refused;
    const entry = await sends(road);
    await road.clock.advance(86_400_000);
    expect(shown(road, entry.id)).toMatchObject({
      state: 'failed',
      failure: { kind: 'landline', raw: '30006' },
    });
    expect(road.carrier.sent).toHaveLength(1);
    const page = { view: 'failed', lineId: null, after: null, limit: 5 } as const;
    expect(pageThreads(road.db, page).threads).toHaveLength(1);
  });

  test('whose adapter throws has an unknown outcome, and does not stop the others', async () => {
    const road = outboundRoad();
    road.carrier.onSend = ({ text }) => {
      if (text === 'trip') throw new Error('broken');
      return accepted('p2');
    };
    const broken = await sends(road, { text: 'trip' });
    const other = await sends(road, { text: 'fine', peer: 1 });
    expect(shown(road, broken.id)).toMatchObject({ state: 'unknown', undecided: false });
    expect(shown(road, other.id).state).toBe('accepted');
    await road.clock.advance(3_600_000);
    expect(sentTexts(road)).toEqual(['trip', 'fine']);
  });

  test('of a connection that is gone waits until it is there again', async () => {
    const road = outboundRoad();
    let there = false;
    const desk = { ...road, adapterOf: () => (there ? road.carrier.adapter : undefined) };
    road.drain.stop();
    const drain = drainOutbox(desk);
    const entry = await sends({ ...road, drain });
    await road.clock.advance(60_000);
    expect(shown(road, entry.id).state).toBe('queued');
    there = true;
    await road.clock.advance(1_000);
    expect(sentTexts(road)).toEqual(['Hello']);
    drain.stop();
  });
});

describe('the texts of one thread', () => {
  test('leave one after another, in their order', async () => {
    const road = outboundRoad();
    for (const text of ['one', 'two', 'three']) await sends(road, { text });
    expect(sentTexts(road)).toEqual(['one']);
    await answers(road, accepted('p1'));
    expect(sentTexts(road)).toEqual(['one', 'two']);
    await answers(road, refused);
    expect(sentTexts(road)).toEqual(['one', 'two', 'three']);
  });

  test('wait for one that has to be tried again', async () => {
    const road = outboundRoad();
    await sends(road, { text: 'one' });
    await sends(road, { text: 'two' });
    await answers(road, unsent(5_000));
    await road.clock.advance(4_999);
    expect(sentTexts(road)).toEqual(['one']);
    await road.clock.advance(1_001);
    expect(sentTexts(road)).toEqual(['one', 'one']);
    await answers(road, accepted('p1'));
    expect(sentTexts(road)).toEqual(['one', 'one', 'two']);
  });

  test('do not wait for one whose outcome nobody knows', async () => {
    const road = outboundRoad();
    await sends(road, { text: 'one' });
    await sends(road, { text: 'two' });
    await answers(road, unknown);
    expect(sentTexts(road)).toEqual(['one', 'two']);
  });

  test('that wait cost nothing meanwhile', async () => {
    const road = outboundRoad();
    let planned = 0;
    const { clock } = road;
    const after = clock.after.bind(clock);
    clock.after = (ms, deed) => {
      planned += 1;
      return after(ms, deed);
    };
    await sends(road, { text: 'one' });
    await sends(road, { text: 'two' });
    await clock.advance(10_000);
    expect(sentTexts(road)).toEqual(['one']);
    expect(planned).toBeLessThan(20);
  });
});

describe('texts of many threads', () => {
  test('leave side by side, as many as the carrier takes at once', async () => {
    const road = outboundRoad();
    for (let peer = 0; peer < 5; peer += 1) await sends(road, { peer, text: `${peer}` });
    expect(sentTexts(road)).toEqual(['0', '1', '2']);
    await answers(road, accepted('p0'));
    expect(sentTexts(road)).toEqual(['0', '1', '2', '3']);
    for (let count = 0; count < 4; count += 1) {
      expect(road.carrier.waiting.length).toBeLessThanOrEqual(3);
      await answers(road, accepted(`p${count + 1}`));
    }
    expect(sentTexts(road)).toHaveLength(5);
    expect(countOutbox(road.db).waiting).toBe(0);
  });

  test('leave oldest first, whatever order they were tried in before', async () => {
    const road = outboundRoad({ carrier: new FakeCarrier({ parallelSends: 1 }) });
    for (let peer = 0; peer < 3; peer += 1) {
      await sends(road, { peer, text: `${peer}` });
      await road.clock.advance(1);
    }
    await answers(road, unsent(60_000));
    await answers(road, accepted('p1'));
    await answers(road, accepted('p2'));
    await road.clock.advance(61_000);
    expect(sentTexts(road)).toEqual(['0', '1', '2', '0']);
  });
});

describe('stopping', () => {
  test('begins nothing more, and tells when what is on the road has ended', async () => {
    const road = outboundRoad();
    const first = await sends(road, { text: 'one' });
    const second = await sends(road, { text: 'two' });
    road.drain.stop();
    let settled = false;
    const ended = road.drain.settled().then(() => (settled = true));
    await road.clock.advance(1_000);
    expect(settled).toBe(false);
    await answers(road, accepted('p1'));
    await ended;
    expect(shown(road, first.id).state).toBe('accepted');
    expect(findInOutbox(road.db, second.id)?.state).toBe('queued');
    expect(sentTexts(road)).toEqual(['one']);
  });

  test('with an answer that comes after the file is closed harms nothing', async () => {
    const road = outboundRoad();
    await sends(road);
    road.drain.stop();
    road.db.close();
    await answers(road, accepted('p1'));
    await road.drain.settled();
  });
});
