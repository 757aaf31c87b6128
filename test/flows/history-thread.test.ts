import { describe, expect, test } from 'vitest';

import { addEntry } from '#main/history/entries.ts';
import { learn } from '#main/history/learn.ts';
import { findThread, findThreadByKey, saveDraft, setDone } from '#main/history/threads.ts';
import { markRead } from '#main/history/unread.ts';
import { acceptDelivery } from '#main/inbound/accept-delivery.ts';
import type { TextEntry, ThreadId } from '#shared/message/entry.ts';
import { type Thread, previewSchema, threadSchema } from '#shared/message/thread.ts';
import type { TextReceived } from '#shared/provider/delivery.ts';
import { deliveryOf } from '#test/fakes/fake-carrier.ts';
import { type HistoryDesk, historyDesk, ourNumber } from '#test/fakes/history-desk.ts';
import { call, peerNumber, textIn, textOut } from '#test/fakes/write-history.ts';

function threadOf(desk: HistoryDesk): Thread {
  const thread = findThreadByKey(desk.db, { lineId: desk.line.id, peer: peerNumber(0) });
  if (thread === undefined) throw new Error('there is no thread');
  expect(threadSchema.parse(thread)).toEqual(thread);
  return thread;
}

function say(desk: HistoryDesk, { id }: TextEntry, state: 'failed' | 'accepted' | 'delivered') {
  const failure = state === 'failed' ? ({ kind: 'landline', raw: null } as const) : null;
  const { connectionId } = desk.line;
  const learnt = { entryId: id, attempt: 1, connectionId, providerId: null, state, failure };
  learn(desk.db, { ...learnt, source: 'webhook', at: desk.clock.now(), happenedAt: null });
}

describe('unread', () => {
  test('counts what came in and was not read yet; reading never makes it more', () => {
    const desk = historyDesk();
    const texts = [1, 2, 3, 4, 5].map((count) => textIn(desk, { text: `${count}` }));
    textOut(desk);
    expect(threadOf(desk).unread).toBe(5);
    const readUpTo = (index: number): number => {
      markRead(desk.db, threadOf(desk).id, texts[index]?.id ?? 0);
      return threadOf(desk).unread;
    };
    expect(readUpTo(2)).toBe(2);
    expect(readUpTo(0)).toBe(2);
    expect(readUpTo(3)).toBe(1);
    expect(readUpTo(4)).toBe(0);
    expect(readUpTo(0)).toBe(0);
    textIn(desk);
    expect(readUpTo(4)).toBe(1);
  });

  test('a text that comes between the look and the word that it was read stays unread', () => {
    const desk = historyDesk();
    const seen = textIn(desk);
    textIn(desk);
    markRead(desk.db, seen.threadId, seen.id);
    expect(threadOf(desk).unread).toBe(1);
  });

  test('a missed call counts, a call out does not', () => {
    const desk = historyDesk();
    call(desk, 'in');
    call(desk, 'out');
    expect(threadOf(desk).unread).toBe(1);
  });

  test('of a thread that is not there says so', () => {
    const desk = historyDesk();
    expect(() => markRead(desk.db, 9 as ThreadId, 0)).toThrow(/one row/);
    expect(() => setDone(desk.db, 9 as ThreadId, true)).toThrow(/one row/);
    expect(() => saveDraft(desk.db, 9 as ThreadId, '')).toThrow(/one row/);
    expect(findThread(desk.db, 9 as ThreadId)).toBeUndefined();
  });
});

describe('the preview', () => {
  test('is of the newest entry, and follows what becomes of it', () => {
    const desk = historyDesk();
    const question = textIn(desk, { text: 'Are you open?' });
    expect(threadOf(desk).preview).toMatchObject({ text: 'Are you open?', direction: 'in' });
    const answer = textOut(desk, { text: 'Until six.' });
    expect(threadOf(desk).preview).toMatchObject({ text: 'Until six.', state: 'queued' });
    say(desk, answer, 'failed');
    expect(threadOf(desk).preview).toMatchObject({ state: 'failed', failure: 'landline' });
    say(desk, answer, 'delivered');
    expect(threadOf(desk).preview).toMatchObject({ state: 'delivered', failure: null });
    expect(question.threadId).toBe(answer.threadId);
  });

  test('stays of the newest when something older changes', () => {
    const desk = historyDesk();
    const older = textOut(desk, { text: 'older' });
    textOut(desk, { text: 'newer' });
    say(desk, older, 'failed');
    expect(threadOf(desk).preview).toMatchObject({ text: 'newer', state: 'queued' });
    call(desk, 'in');
    say(desk, older, 'delivered');
    expect(threadOf(desk).preview).toMatchObject({ kind: 'call', outcome: 'missed', state: null });
  });

  test('of a long text is its beginning, and no character is cut in two', () => {
    const desk = historyDesk();
    textIn(desk, { text: `${'x'.repeat(159)}😀 and so on` });
    const preview = threadOf(desk).preview?.text ?? '';
    expect(preview.length).toBeLessThanOrEqual(160);
    expect(preview.isWellFormed()).toBe(true);
    expect(preview.startsWith('x'.repeat(159))).toBe(true);
  });

  test('tells of pictures', () => {
    const desk = historyDesk();
    const picture: TextReceived = {
      kind: 'text-received',
      providerMessageId: 'm1',
      from: peerNumber(0),
      to: ourNumber,
      text: '',
      media: [{ url: 'http://127.0.0.1/a', type: null }],
      part: null,
      sentAt: null,
    };
    acceptDelivery(desk, { log: 'relay', seq: 1, raw: deliveryOf(picture) });
    expect(threadOf(desk).preview).toMatchObject({ text: '', hasMedia: true });
  });

  test('is what the contract says for every kind of entry', () => {
    const desk = historyDesk();
    for (const write of [() => textIn(desk), () => textOut(desk), () => call(desk, 'out')]) {
      write();
      expect(previewSchema.parse(threadOf(desk).preview)).toEqual(threadOf(desk).preview);
    }
  });
});

describe('a thread', () => {
  test('that was done is open again when something new happens in it', () => {
    const desk = historyDesk();
    const first = textIn(desk);
    for (const write of [() => textIn(desk), () => textOut(desk), () => call(desk, 'in')]) {
      setDone(desk.db, first.threadId, true);
      expect(threadOf(desk).done).toBe(true);
      write();
      expect(threadOf(desk).done).toBe(false);
    }
  });

  test('keeps its draft until a text is sent from it', () => {
    const desk = historyDesk();
    const { threadId } = textIn(desk);
    saveDraft(desk.db, threadId, 'I will l');
    textIn(desk);
    expect(threadOf(desk).draft).toBe('I will l');
    textOut(desk);
    expect(threadOf(desk).draft).toBe('');
  });

  test('is one for its two numbers, whichever way the first text went', () => {
    const desk = historyDesk();
    expect(textOut(desk).threadId).toBe(textIn(desk).threadId);
    expect(textIn(desk, { peer: peerNumber(1) }).threadId).not.toBe(textIn(desk).threadId);
  });

  test('never stands before its newest entry when the clock is set back', () => {
    const desk = historyDesk();
    textIn(desk, { at: 2_000 });
    textIn(desk, { at: 1_000, text: 'told later' });
    expect(threadOf(desk)).toMatchObject({ lastAt: 2_000, preview: { text: 'told later' } });
  });

  test('refuses an entry of a thread that is not there', () => {
    const desk = historyDesk();
    const entry = { threadId: 9 as ThreadId, at: 1, kind: 'text', direction: 'in' } as const;
    expect(() => addEntry(desk.db, entry)).toThrow(/FOREIGN KEY/);
  });
});
