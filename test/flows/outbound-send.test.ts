import { randomUUID } from 'node:crypto';

import { describe, expect, test } from 'vitest';

import { countOutbox } from '#main/history/outbox.ts';
import { saveDraft } from '#main/history/threads.ts';
import { sendMessage } from '#main/outbound/send-message.ts';
import { tryAgain } from '#main/outbound/try-again.ts';
import { CommandFailure, type Failure } from '#shared/contract/failure.ts';
import type { EntryId, ThreadId } from '#shared/message/entry.ts';
import type { LineId } from '#shared/message/line.ts';
import { type HistoryDesk, historyDesk, ourNumber } from '#test/fakes/history-desk.ts';
import { everythingIn } from '#test/fakes/open-at-version.ts';
import { outboundRoad, sends, shown } from '#test/fakes/outbound-road.ts';
import { call, peerNumber, textIn } from '#test/fakes/write-history.ts';

type Target = Parameters<typeof sendMessage>[1]['target'];

const to = (desk: HistoryDesk, number: string): Target => ({ lineId: desk.line.id, to: number });

function send(desk: HistoryDesk, target: Target, text = 'Hello') {
  return sendMessage(desk, { uid: randomUUID(), target, text });
}

/** The failure a deed ends in; it must have changed nothing. */
function failureOf(desk: HistoryDesk, deed: () => unknown): Failure {
  const was = everythingIn(desk.db);
  try {
    deed();
  } catch (error) {
    expect(everythingIn(desk.db)).toEqual(was);
    expect(desk.told).toEqual([]);
    if (error instanceof CommandFailure) return error.failure;
    throw error;
  }
  throw new Error('it did not fail');
}

describe('a text that is sent', () => {
  test('is durable and told before anything leaves, and begins a thread', () => {
    const desk = historyDesk();
    const { entry, thread } = send(desk, to(desk, '(555) 020-0000'), 'Hi 😀');
    expect(entry).toMatchObject({
      kind: 'text',
      direction: 'out',
      state: 'queued',
      text: 'Hi 😀',
      encoding: 'UCS-2',
      segments: 1,
    });
    expect(thread).toMatchObject({ peer: '+15550200000', draft: '', unread: 0 });
    expect(desk.toldAs('entry.added')).toMatchObject([{ entry: { id: entry.id } }]);
    expect(countOutbox(desk.db).waiting).toBe(1);
    expect(desk.carrier.sent).toEqual([]);
  });

  test('twice with one uid is one text that leaves once', async () => {
    const road = outboundRoad();
    const uid = randomUUID();
    const first = await sends(road, { uid });
    const again = await sends(road, { uid, text: 'pressed twice' });
    const upper = await sends(road, { uid: uid.toUpperCase() });
    expect([again.id, upper.id]).toEqual([first.id, first.id]);
    expect(shown(road, first.id).text).toBe('Hello');
    expect(road.carrier.sent).toHaveLength(1);
    expect(road.toldAs('entry.added')).toHaveLength(1);
  });

  test('to a thread goes to its peer and stays in it, however the peer is written', () => {
    const desk = historyDesk();
    for (const peer of ['+15550200000', '72345', '+5215512345678', '15550200009']) {
      const { threadId } = textIn(desk, { peer });
      saveDraft(desk.db, threadId, 'Hel');
      const { thread } = send(desk, { threadId });
      expect(thread).toMatchObject({ id: threadId, peer, draft: '' });
    }
    const requests = desk.db.prepare('SELECT request FROM outbox ORDER BY entry_id').pluck().all();
    expect(requests.map((each) => JSON.parse(String(each)).to)).toEqual([
      '+15550200000',
      '72345',
      '+5215512345678',
      '15550200009',
    ]);
  });

  test('never holds half a character', () => {
    const desk = historyDesk();
    const { entry } = send(desk, to(desk, peerNumber(0)), 'half \ud83d');
    expect(entry.text).toBe('half \ufffd');
  });
});

describe('a text that may not leave is refused with field and cure, and nothing is written', () => {
  test.each([
    ['to', 'an impossible number', '12', 'Hello'],
    ['to', 'no number', '', 'Hello'],
    ['to', 'letters', 'CALL ME', 'Hello'],
    ['to', 'forty digits', '+1'.padEnd(42, '5'), 'Hello'],
    ['to', 'a group', '+15550200000, +15550200001', 'Hello'],
    ['to', 'the line itself', ourNumber, 'Hello'],
    ['to', 'an emergency number', '911', 'Hello'],
    ['text', 'nothing', '+15550200000', ''],
    ['text', 'spaces', '+15550200000', ' \n '],
    ['text', '100 kB', '+15550200000', 'x'.repeat(102_400)],
    ['text', '20,000 lines', '+15550200000', '\n'.repeat(20_000) + 'x'],
    ['text', 'a control character', '+15550200000', 'a\u0007b'],
    ['text', 'NUL', '+15550200000', 'a\0b'],
  ] as [string, string, string, string][])('%s: %s', (...given) => {
    const [field, , number, text] = given;
    const desk = historyDesk();
    const failure = failureOf(desk, () => send(desk, to(desk, number), text));
    expect(failure).toMatchObject({ code: 'refused', field });
    expect(failure.message).toMatch(/\.$/);
    expect(failure.cure).toMatch(/\.$/);
  });

  test('a line or a thread that is gone', () => {
    const desk = historyDesk();
    const gone = { lineId: 99 as LineId, to: peerNumber(0) };
    expect(failureOf(desk, () => send(desk, gone))).toMatchObject({
      code: 'not-found',
      field: 'line',
    });
    expect(failureOf(desk, () => send(desk, { threadId: 99 as ThreadId }))).toMatchObject({
      code: 'not-found',
      field: 'thread',
    });
  });

  test('a line whose carrier is not connected', () => {
    const desk = { ...historyDesk(), adapterOf: () => undefined };
    expect(failureOf(desk, () => send(desk, to(desk, peerNumber(0))))).toMatchObject({
      code: 'refused',
      field: 'line',
    });
  });

  test('a sender that is a name cannot be answered', () => {
    const desk = historyDesk();
    const { threadId } = textIn(desk, { peer: 'ACME Bank' });
    expect(failureOf(desk, () => send(desk, { threadId }))).toMatchObject({ field: 'to' });
  });
});

describe('trying again', () => {
  test('is only for a text that failed or waits for a decision', async () => {
    const road = outboundRoad();
    const queued = await sends(road);
    expect(() => tryAgain(road, queued.id)).toThrow(/not waiting for a decision/);
    const received = textIn(road);
    expect(() => tryAgain(road, received.id)).toThrow(/not waiting for a decision/);
    call(road, 'in');
    const ids = road.db.prepare(`SELECT id FROM entries WHERE kind = 'call'`).pluck().all();
    for (const id of [...(ids as EntryId[]), 1 as EntryId])
      expect(() => tryAgain(road, id)).toThrow(/no longer there/);
    expect(road.carrier.sent).toHaveLength(1);
  });

  test('of a text that failed shows it waiting, without the old failure', async () => {
    const road = outboundRoad();
    road.carrier.onSend = () => ({
      kind: 'refused',
      failure: { kind: 'landline', raw: '30006' },
    });
    const entry = await sends(road);
    expect(shown(road, entry.id).failure?.kind).toBe('landline');
    expect(tryAgain(road, entry.id)).toMatchObject({ state: 'queued', failure: null });
    expect(countOutbox(road.db).waiting).toBe(1);
  });
});
