import { randomUUID } from 'node:crypto';

import { describe, expect, test } from 'vitest';

import { countAttention, listAttention } from '#main/history/attention.ts';
import { readCursor } from '#main/history/deliveries-seen.ts';
import { pageEntries } from '#main/history/entries.ts';
import { findLineByNumber, listLines } from '#main/history/lines.ts';
import { pageThreads } from '#main/history/thread-pages.ts';
import { lastInboundAt } from '#main/history/usage.ts';
import { acceptDelivery } from '#main/inbound/accept-delivery.ts';
import { readAgain } from '#main/inbound/read-again.ts';
import { storageTroubleOf } from '#main/sqlite/storage-trouble.ts';
import type { Entry } from '#shared/message/entry.ts';
import type { DeliveryEvent, TextReceived } from '#shared/provider/delivery.ts';
import { deliveryOf } from '#test/fakes/fake-carrier.ts';
import { type HistoryDesk, historyDesk, ourNumber } from '#test/fakes/history-desk.ts';

const peer = '+15550100100';
const text = (id: string, more: Partial<TextReceived> = {}): TextReceived => ({
  kind: 'text-received',
  providerMessageId: id,
  from: peer,
  to: ourNumber,
  text: `text ${id}`,
  media: [],
  part: null,
  sentAt: null,
  ...more,
});

type Says = DeliveryEvent | readonly DeliveryEvent[] | string;

/** A delivery comes from the log of the relay. */
function comes(desk: HistoryDesk, seq: number, says: Says): void {
  acceptDelivery(desk, { log: 'relay', seq, raw: deliveryOf(says) });
}

const entriesOf = (desk: HistoryDesk): Entry[] =>
  pageThreads(desk.db, { view: 'open', lineId: null, after: null, limit: 100 }).threads.flatMap(
    ({ id }) => pageEntries(desk.db, { threadId: id, before: null, limit: 100 }).entries,
  );
const textsOf = (desk: HistoryDesk): string[] =>
  entriesOf(desk).map((entry) => (entry.kind === 'text' ? entry.text : entry.kind));

describe('a delivery', () => {
  test('becomes an entry of the thread of its two numbers, and is told with it', () => {
    const desk = historyDesk();
    comes(desk, 1, text('m1', { text: 'Hello 😀' }));
    const told = desk.toldAs('entry.added');
    expect(told).toMatchObject([
      {
        entry: { kind: 'text', direction: 'in', state: 'received', text: 'Hello 😀', segments: 1 },
        thread: { peer, unread: 1, preview: { text: 'Hello 😀' } },
      },
    ]);
    expect(told[0]?.entry).toMatchObject({ encoding: 'UCS-2', at: deliveryOf([]).receivedAt });
    expect(lastInboundAt(desk.db)).toBe(deliveryOf([]).receivedAt);
    expect(desk.woken.inbound).toBe(1);
  });

  test('told twice by the log is taken in once', () => {
    const desk = historyDesk();
    comes(desk, 1, text('m1'));
    comes(desk, 1, text('m1'));
    comes(desk, 1, text('m2'));
    expect(textsOf(desk)).toEqual(['text m1']);
    expect(desk.toldAs('entry.added')).toHaveLength(1);
  });

  test('told twice by the carrier is taken in once, and the log goes on', () => {
    const desk = historyDesk();
    comes(desk, 1, text('m1'));
    comes(desk, 2, text('m1'));
    comes(desk, 3, [text('m2'), text('m2'), text('m1')]);
    expect(textsOf(desk)).toEqual(['text m1', 'text m2']);
    expect(readCursor(desk.db, 'relay')).toBe(3);
  });

  test('older than the cursor changes nothing, and each log has its own', () => {
    const desk = historyDesk();
    comes(desk, 5, text('m5'));
    comes(desk, 4, text('m4'));
    acceptDelivery(desk, { log: 'other', seq: 1, raw: deliveryOf(text('m1')) });
    expect(textsOf(desk)).toEqual(['text m5', 'text m1']);
    expect([readCursor(desk.db, 'relay'), readCursor(desk.db, 'other')]).toEqual([5, 1]);
  });

  test('that says nothing moves the cursor alone', () => {
    const desk = historyDesk();
    comes(desk, 1, []);
    expect(readCursor(desk.db, 'relay')).toBe(1);
    expect(desk.told).toEqual([]);
  });

  test('of several texts keeps their order, in one transaction', () => {
    const desk = historyDesk();
    const seen: number[] = [];
    const watching = { ...desk, tell: () => void seen.push(readCursor(desk.db, 'relay')) };
    const raw = deliveryOf(['a', 'b', 'c'].map((id) => text(id)));
    acceptDelivery(watching, { log: 'relay', seq: 1, raw });
    expect(textsOf(desk)).toEqual(['text a', 'text b', 'text c']);
    expect(seen).toEqual([1, 1, 1]);
  });
});

describe('a delivery that does not make it', () => {
  test('is kept whole where it is not understood, and does not stand in the way', () => {
    const desk = historyDesk();
    comes(desk, 1, 'not JSON \u0000\u00ff');
    comes(desk, 2, 'trip');
    comes(desk, 3, text('m3'));
    expect(textsOf(desk)).toEqual(['text m3']);
    const kept = listAttention(desk.db);
    expect(kept.map(({ problem }) => problem)).toEqual([
      'Its form is not one this version knows.',
      'The body is not JSON.',
    ]);
    const original = deliveryOf('not JSON \u0000\u00ff');
    expect({ ...kept[1]?.delivery, body: Buffer.from(kept[1]?.delivery.body ?? []) }).toEqual(
      original,
    );
    expect(readCursor(desk.db, 'relay')).toBe(3);
  });

  test('nor where its connection is no longer there', () => {
    const desk = historyDesk();
    const raw = deliveryOf(text('m1'), { connectionId: 'gone0001' });
    acceptDelivery(desk, { log: 'relay', seq: 1, raw });
    expect(listAttention(desk.db)).toMatchObject([
      { problem: 'The connection it came in on is no longer there.' },
    ]);
    expect(readCursor(desk.db, 'relay')).toBe(1);
    expect(textsOf(desk)).toEqual([]);
  });

  test('nor where it was understood but makes no sense, and then nothing of it is written', () => {
    const desk = historyDesk();
    const nonsense = { ...text('m2'), from: null } as unknown as TextReceived;
    comes(desk, 1, [text('m1'), nonsense]);
    comes(desk, 2, text('m3'));
    expect(textsOf(desk)).toEqual(['text m3']);
    expect(countAttention(desk.db)).toBe(1);
    comes(desk, 3, text('m1'));
    expect(textsOf(desk)).toEqual(['text m3', 'text m1']);
  });

  test('comes again where the disk refuses: neither taken in nor passed over', () => {
    const desk = historyDesk();
    const pages = Number(desk.db.pragma('page_count', { simple: true }));
    desk.db.pragma(`max_page_count = ${pages}`);
    const long = text('m1', { text: 'x'.repeat(500_000) });
    let caught: unknown;
    try {
      comes(desk, 1, long);
    } catch (error) {
      caught = error;
    }
    expect(storageTroubleOf(caught)).toBe('full');
    expect(readCursor(desk.db, 'relay')).toBe(0);
    expect(desk.told).toEqual([]);
    desk.db.pragma('max_page_count = 1000000');
    comes(desk, 1, long);
    expect(textsOf(desk)).toHaveLength(1);
    expect(countAttention(desk.db)).toBe(0);
  });
});

describe('what needs attention', () => {
  test('takes its place once it can be read, and then needs none', () => {
    const desk = historyDesk();
    desk.carrier.reads = false;
    comes(desk, 1, text('m1'));
    desk.carrier.reads = true;
    const [kept] = listAttention(desk.db);
    expect(readAgain(desk, kept?.id ?? 0)).toBe(true);
    expect(textsOf(desk)).toEqual(['text m1']);
    expect(countAttention(desk.db)).toBe(0);
    expect(() => readAgain(desk, kept?.id ?? 0)).toThrow(/no longer waiting/);
  });

  test('stays where it still cannot be read', () => {
    const desk = historyDesk();
    comes(desk, 1, 'trip');
    const [kept] = listAttention(desk.db);
    expect(readAgain(desk, kept?.id ?? 0)).toBe(false);
    expect(countAttention(desk.db)).toBe(1);
  });
});

describe('a number', () => {
  test('of ours that is not listed becomes a line of its connection', () => {
    const desk = historyDesk();
    comes(desk, 1, text('m1', { to: '+15550100777' }));
    comes(desk, 2, text('m2', { to: '+15550100777' }));
    const line = findLineByNumber(desk.db, 'fake0001', '+15550100777');
    expect(line).toMatchObject({ label: '+15550100777', numberType: 'other' });
    expect(listLines(desk.db)).toMatchObject([{ unread: 0 }, { id: line?.id, unread: 1 }]);
  });

  test('of theirs may be a short code or a name', () => {
    const desk = historyDesk();
    comes(desk, 1, [text('m1', { from: '72345' }), text('m2', { from: 'ACME Bank' })]);
    const { threads } = pageThreads(desk.db, {
      view: 'open',
      lineId: null,
      after: null,
      limit: 9,
    });
    expect(threads.map((thread) => thread.peer).toSorted()).toEqual(['72345', 'ACME Bank']);
  });
});

test('a text of any content is kept as it is', () => {
  const desk = historyDesk();
  const hostile = [
    '<img src=x onerror=alert(1)>',
    '\u202Egnp.exe\u2066',
    'Z\u0351\u034f'.repeat(400),
    '👩‍👩‍👧'.repeat(300),
    `'; DROP TABLE entries; --`,
    '=1+1',
    '',
    '\0\u001b[31m',
    'x'.repeat(100_000),
    randomUUID(),
  ];
  hostile.forEach((words, index) => comes(desk, index + 1, text(`m${index}`, { text: words })));
  expect(textsOf(desk)).toEqual(hostile);
});
