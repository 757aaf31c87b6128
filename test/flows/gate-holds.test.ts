import { randomUUID } from 'node:crypto';

import { describe, expect, test } from 'vitest';

import { savePolicy } from '#main/history/line-policies.ts';
import { countOutbox, findInOutbox } from '#main/history/outbox.ts';
import { listOverrides } from '#main/history/overrides.ts';
import { findThread } from '#main/history/threads.ts';
import { cancelText, sendAnyway } from '#main/outbound/decide-held.ts';
import { judgeWritten } from '#main/outbound/judge-written.ts';
import { sendMessage } from '#main/outbound/send-message.ts';
import { tryAgain } from '#main/outbound/try-again.ts';
import { usualPolicy } from '#shared/compliance/line-policy.ts';
import type { TextEntry } from '#shared/message/entry.ts';
import { ManualClock, settle } from '#test/fakes/manual-clock.ts';
import { type OutboundRoad, accepted, outboundRoad, shown } from '#test/fakes/outbound-road.ts';
import { textIn } from '#test/fakes/write-history.ts';

const hour = 3_600_000;
const minute = 60_000;
/** Two in the morning in Seattle, a Wednesday. */
const night = Date.UTC(2026, 10, 18, 10);
const eight = Date.UTC(2026, 10, 18, 16);
const seattle = '+12065550142';

/** A road whose carrier takes everything at once, in the night of Seattle. */
function nightRoad(now = night): OutboundRoad {
  const road = outboundRoad({ clock: new ManualClock(now) });
  road.carrier.onSend = ({ uid }) => accepted(uid);
  savePolicy(road.db, road.line.id, { ...usualPolicy, quietHours: 'ask' });
  return road;
}

async function send(road: OutboundRoad, to: string, text = 'Hello'): Promise<TextEntry> {
  const target = { lineId: road.line.id, to };
  const { entry } = sendMessage(road, { uid: randomUUID(), target, text });
  road.drain.wake();
  await settle();
  return entry;
}

const sent = ({ carrier }: OutboundRoad): string[] => carrier.sent.map(({ text }) => text);

describe('a text that an agent begins in the night', () => {
  test('is held with its reason and its end, in conversation and list, and leaves by itself at eight', async () => {
    const road = nightRoad();
    const entry = await send(road, seattle);
    const waiting = {
      reason: 'quiet-hours',
      until: eight,
      theirTime: '8:00 AM',
      because: 'It is 2:00 AM for them, presumed from area code 206 (WA).',
      cure: 'It leaves by itself at 8:00 AM their time.',
      who: 'agent',
    };
    expect(entry).toMatchObject({ state: 'queued', waiting });
    expect(shown(road, entry.id).waiting).toEqual(waiting);
    expect(findThread(road.db, entry.threadId)?.preview).toMatchObject({
      state: 'queued',
      waiting: { reason: 'quiet-hours', until: eight, theirTime: '8:00 AM' },
    });
    await road.clock.advance(eight - night - 1);
    expect(sent(road)).toEqual([]);
    await road.clock.advance(1);
    expect(sent(road)).toEqual(['Hello']);
    expect(shown(road, entry.id)).toMatchObject({ state: 'accepted', waiting: null });
  });

  test('stops nobody else, and an answer in its own conversation goes first', async () => {
    const road = nightRoad();
    await send(road, seattle, 'held');
    await send(road, '+15550200001', 'to somebody else');
    textIn(road, { peer: seattle, text: 'Are you open?' });
    await send(road, seattle, 'the answer');
    expect(sent(road)).toEqual(['to somebody else', 'the answer']);
  });

  test('keeps its order with another that is held for the same', async () => {
    const road = nightRoad();
    for (const text of ['one', 'two', 'three']) await send(road, seattle, text);
    expect(sent(road)).toEqual([]);
    await road.clock.advance(eight - night);
    expect(sent(road)).toEqual(['one', 'two', 'three']);
  });

  test('is told of before it is sent, by the same words', () => {
    const road = nightRoad();
    const target = { lineId: road.line.id, to: seattle };
    const judged = judgeWritten(road, { target, text: 'Hello' });
    expect(judged).toMatchObject({
      purpose: 'outreach',
      verdict: { kind: 'waits', reason: 'quiet-hours', until: eight },
    });
    expect(judged.findings.map(({ rule }) => rule)).not.toContain('quiet-hours');
    expect(countOutbox(road.db).waiting).toBe(0);
  });

  test('leaves at once where the line only warns, and is told of before', async () => {
    const road = nightRoad();
    savePolicy(road.db, road.line.id, usualPolicy);
    const target = { lineId: road.line.id, to: seattle };
    const judged = judgeWritten(road, { target, text: 'Hello' });
    expect(judged.verdict).toEqual({ kind: 'allowed' });
    expect(judged.findings.map(({ rule }) => rule)).toContain('quiet-hours');
    await send(road, seattle);
    expect(sent(road)).toEqual(['Hello']);
  });

  test('leaves at once where the agent says so, and that they did is kept', async () => {
    const road = nightRoad();
    const entry = await send(road, seattle);
    sendAnyway(road, entry.id);
    road.drain.wake();
    await settle();
    expect(sent(road)).toEqual(['Hello']);
    expect(listOverrides(road.db, entry.id)).toEqual([
      {
        entryId: entry.id,
        rule: 'quiet-hours',
        because: 'It is 2:00 AM for them, presumed from area code 206 (WA).',
        reason: null,
        at: night,
      },
    ]);
  });

  test('is not the agent’s to send where the line holds it', async () => {
    const road = nightRoad();
    savePolicy(road.db, road.line.id, { ...usualPolicy, quietHours: 'hold' });
    const entry = await send(road, seattle);
    expect(() => sendAnyway(road, entry.id)).toThrow(/not the agent’s/);
    expect(listOverrides(road.db, entry.id)).toEqual([]);
    expect(sent(road)).toEqual([]);
  });
});

describe('cancelled', () => {
  test('it never leaves, says so, and its words become the draft', async () => {
    const road = nightRoad();
    const entry = await send(road, seattle);
    expect(cancelText(road, entry.id)).toMatchObject({
      state: 'failed',
      failure: { kind: 'cancelled' },
    });
    expect(findThread(road.db, entry.threadId)?.draft).toBe('Hello');
    await road.clock.advance(24 * hour);
    expect(sent(road)).toEqual([]);
    expect(() => cancelText(road, entry.id)).toThrow(/not waiting here any more/);
  });

  test('a draft that is there stays', async () => {
    const road = nightRoad();
    const [one, two] = [await send(road, seattle, 'one'), await send(road, seattle, 'two')];
    cancelText(road, one.id);
    cancelText(road, two.id);
    expect(findThread(road.db, one.threadId)?.draft).toBe('one');
  });

  test('what left already cannot be', async () => {
    const road = nightRoad(eight);
    const entry = await send(road, seattle);
    expect(sent(road)).toEqual(['Hello']);
    expect(() => cancelText(road, entry.id)).toThrow(/not waiting here any more/);
  });
});

describe('an answer that could not leave while the customer wrote on', () => {
  test('asks its author, and leaves when they say so', async () => {
    const road = nightRoad(eight);
    textIn(road, { peer: seattle, text: 'Tuesday or Thursday?' });
    road.carrier.onSend = () => ({
      kind: 'unsent',
      failure: { kind: 'network', raw: null },
      retryAfterMs: hour,
    });
    const entry = await send(road, seattle, 'Tuesday');
    await road.clock.advance(10 * minute);
    textIn(road, { peer: seattle, text: 'Never mind, I am away' });
    road.carrier.onSend = ({ uid }) => accepted(uid);
    await road.clock.advance(hour);
    expect(road.carrier.sent).toHaveLength(1);
    expect(shown(road, entry.id).waiting).toMatchObject({
      reason: 'paused',
      until: null,
      who: 'agent',
      because: expect.stringMatching(/^They wrote at .+, while this waited here\.$/),
    });
    sendAnyway(road, entry.id);
    road.drain.wake();
    await settle();
    expect(sent(road)).toEqual(['Tuesday', 'Tuesday']);
    expect(shown(road, entry.id).state).toBe('accepted');
  });
});

describe('refused at the last door', () => {
  test('it ends as failed with the reason, and can be tried again when that is gone', async () => {
    const road = nightRoad();
    const entry = await send(road, seattle, 'See bit.ly/x');
    expect(shown(road, entry.id).waiting?.reason).toBe('quiet-hours');
    savePolicy(road.db, road.line.id, { ...usualPolicy, content: 'refuse' });
    await road.clock.advance(eight - night);
    expect(sent(road)).toEqual([]);
    expect(shown(road, entry.id)).toMatchObject({
      state: 'failed',
      failure: {
        kind: 'blocked',
        raw: expect.stringMatching(/shorteners such as bit\.ly\. Change/),
      },
    });
    expect(findInOutbox(road.db, entry.id)).toBeUndefined();
    savePolicy(road.db, road.line.id, usualPolicy);
    tryAgain(road, entry.id);
    road.drain.wake();
    await settle();
    expect(sent(road)).toEqual(['See bit.ly/x']);
  });

  test('hundreds that have to wait hold up nothing behind them', async () => {
    const road = nightRoad();
    const target = (count: number) => `+1206555${String(count).padStart(4, '0')}`;
    for (let count = 0; count < 250; count += 1)
      sendMessage(road, {
        uid: randomUUID(),
        target: { lineId: road.line.id, to: target(count) },
        text: `${count}`,
      });
    // Due once more, as after a policy was saved: each is judged anew.
    road.db.exec('UPDATE outbox SET not_before = 0');
    await send(road, '+15550200001', 'behind them');
    for (let turn = 0; turn < 20; turn += 1) await settle();
    expect(sent(road)).toEqual(['behind them']);
    expect(countOutbox(road.db).waiting).toBe(250);
  });
});
