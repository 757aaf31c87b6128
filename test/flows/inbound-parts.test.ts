import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { pageEntries } from '#main/history/entries.ts';
import { nextReassemblyExpiry } from '#main/history/reassembly.ts';
import { acceptDelivery } from '#main/inbound/accept-delivery.ts';
import { showExpiredParts } from '#main/inbound/join-parts.ts';
import type { ThreadId } from '#shared/message/entry.ts';
import type { RemoteMedia, TextReceived } from '#shared/provider/delivery.ts';
import { usualReassemblyLimits } from '#shared/text/reassemble-parts.ts';
import { deliveryOf } from '#test/fakes/fake-carrier.ts';
import { type HistoryDesk, historyDesk, ourNumber } from '#test/fakes/history-desk.ts';

type Part = {
  readonly reference?: number;
  readonly sequence: number;
  readonly total?: number;
  readonly from?: string;
  readonly media?: readonly RemoteMedia[];
};
const words = ['', 'One ', 'two ', 'three', ' four'];
let told = 0;

/** A part comes in, in a delivery of its own, at the clock's now. */
function comes(desk: HistoryDesk, part: Part, id?: string): void {
  told += 1;
  const { reference = 7, sequence, total = 3, from = '+15550100100', media = [] } = part;
  const text: TextReceived = {
    kind: 'text-received',
    providerMessageId: id ?? `part-${told}`,
    from,
    to: ourNumber,
    text: words[sequence] ?? `${sequence}`,
    media,
    part: { reference, width: 8, total, sequence },
    sentAt: null,
  };
  const raw = deliveryOf(text, { receivedAt: desk.clock.now() });
  acceptDelivery(desk, { log: 'relay', seq: told, raw });
}

function textsOf(desk: HistoryDesk, thread = 1): string[] {
  const page = { threadId: thread as ThreadId, before: null, limit: 100 };
  return pageEntries(desk.db, page).entries.map((entry) =>
    entry.kind === 'text' ? entry.text : entry.kind,
  );
}

describe('the parts of a long text', () => {
  test('become one text, in whatever order and however often each comes', () => {
    const order = fc
      .shuffledSubarray([1, 2, 3], { minLength: 3 })
      .chain((first) =>
        fc.tuple(fc.constant(first), fc.array(fc.tuple(fc.nat(3), fc.constantFrom(1, 2, 3)))),
      )
      .map(([first, again]) => again.reduce((all, [at, one]) => all.toSpliced(at, 0, one), first));
    fc.assert(
      fc.property(order, (sequences) => {
        const desk = historyDesk();
        for (const sequence of sequences) comes(desk, { sequence });
        expect(textsOf(desk)).toEqual(['One two three']);
        expect(desk.toldAs('entry.added')).toHaveLength(1);
      }),
      { numRuns: 30 },
    );
  });

  test('are shown only when the last is there, with the segments of the whole', () => {
    const desk = historyDesk();
    comes(desk, { sequence: 3 });
    comes(desk, { sequence: 1 });
    expect(desk.told).toEqual([]);
    expect(nextReassemblyExpiry(desk.db)).not.toBeNull();
    comes(desk, { sequence: 2 });
    expect(desk.toldAs('entry.added')[0]?.thread).toMatchObject({ unread: 1 });
    expect(nextReassemblyExpiry(desk.db)).toBeNull();
  });

  test('of one delivery told twice by the carrier count once', () => {
    const desk = historyDesk();
    comes(desk, { sequence: 1, total: 2 }, 'p1');
    comes(desk, { sequence: 1, total: 2 }, 'p1');
    comes(desk, { sequence: 2, total: 2 }, 'p2');
    expect(textsOf(desk)).toEqual(['One two ']);
  });

  test('of two senders with the same reference are two texts', () => {
    const desk = historyDesk();
    const other = '+15550100101';
    comes(desk, { sequence: 1, total: 2 });
    comes(desk, { sequence: 2, total: 2, from: other });
    comes(desk, { sequence: 1, total: 2, from: other });
    expect(textsOf(desk)).toEqual(['One two ']);
    comes(desk, { sequence: 2, total: 2 });
    expect(textsOf(desk, 2)).toEqual(['One two ']);
  });

  test('that says it is the only one is a text', () => {
    const desk = historyDesk();
    comes(desk, { sequence: 1, total: 1 });
    expect(textsOf(desk)).toEqual(['One ']);
  });

  test('with impossible numbers is not lost', () => {
    const desk = historyDesk();
    comes(desk, { sequence: 4, total: 3 });
    expect(textsOf(desk)).toEqual([' four']);
  });

  test('with a picture shows the picture at once', () => {
    const desk = historyDesk();
    const media = [{ url: 'http://127.0.0.1:1/a', type: 'image/png' }];
    comes(desk, { sequence: 1, total: 2, media });
    expect(desk.toldAs('entry.added')[0]?.entry).toMatchObject({ text: '', media: [{}] });
    comes(desk, { sequence: 2, total: 2 });
    expect(textsOf(desk)).toEqual(['', 'One two ']);
  });
});

describe('a part that does not come', () => {
  test('is waited for, and then the text is shown with a mark at the gap', async () => {
    const desk = historyDesk();
    comes(desk, { sequence: 1 });
    await desk.clock.advance(1_000);
    comes(desk, { sequence: 3 });
    const expiry = desk.clock.now() + usualReassemblyLimits.waitMs;
    expect(nextReassemblyExpiry(desk.db)).toBe(expiry);
    await desk.clock.advance(usualReassemblyLimits.waitMs - 1);
    showExpiredParts(desk);
    expect(desk.told).toEqual([]);
    await desk.clock.advance(1);
    showExpiredParts(desk);
    showExpiredParts(desk);
    expect(textsOf(desk)).toEqual(['One  […] three']);
    expect(desk.toldAs('entry.added')).toHaveLength(1);
    expect(nextReassemblyExpiry(desk.db)).toBeNull();
  });

  test('and comes after all is shown by itself', async () => {
    const desk = historyDesk();
    comes(desk, { sequence: 1, total: 2 });
    await desk.clock.advance(usualReassemblyLimits.waitMs);
    showExpiredParts(desk);
    comes(desk, { sequence: 2, total: 2 });
    expect(textsOf(desk)).toEqual(['One  […] ', 'two ']);
  });

  test('is still waited for after a restart', async () => {
    const before = historyDesk();
    comes(before, { sequence: 2, total: 2 });
    before.db.close();
    const desk = historyDesk({ dataFolder: before.dataFolder });
    comes(desk, { sequence: 1, total: 2 });
    expect(textsOf(desk)).toEqual(['One two ']);
  });
});
