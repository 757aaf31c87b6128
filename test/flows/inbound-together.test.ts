import { describe, expect, test } from 'vitest';

import { countAttention } from '#main/history/attention.ts';
import { readCursor } from '#main/history/deliveries-seen.ts';
import { acceptDelivery } from '#main/inbound/accept-delivery.ts';
import { takeTogether } from '#main/inbound/take-together.ts';
import { deliveryOf } from '#test/fakes/fake-carrier.ts';
import { type HistoryDesk, historyDesk, ourNumber } from '#test/fakes/history-desk.ts';

const numbered = (seq: number) => ({
  log: 'relay',
  seq,
  raw: deliveryOf({
    kind: 'text-received',
    providerMessageId: `m${seq}`,
    from: '+15550100100',
    to: ourNumber,
    text: `text ${seq}`,
    media: [],
    part: null,
    sentAt: null,
  }),
});

const five = [1, 2, 3, 4, 5].map(numbered);

const textsOf = ({ db }: HistoryDesk): unknown[] =>
  db.prepare('SELECT text FROM entries ORDER BY id').pluck().all();

describe('deliveries taken together', () => {
  test('are all there after one commit, told in their order, and only then', () => {
    const desk = historyDesk();
    const inTransaction: boolean[] = [];
    const { tell } = desk;
    const listening: HistoryDesk = {
      ...desk,
      tell: (...told) => {
        inTransaction.push(desk.db.inTransaction);
        tell(...told);
      },
    };
    takeTogether(listening, five, acceptDelivery);
    expect(textsOf(desk)).toEqual(['text 1', 'text 2', 'text 3', 'text 4', 'text 5']);
    expect(readCursor(desk.db, 'relay')).toBe(5);
    const told = desk.toldAs('entry.added').map(({ entry }) => 'text' in entry && entry.text);
    expect(told).toEqual(textsOf(desk));
    expect(inTransaction).not.toContain(true);
    expect(desk.woken.inbound).toBe(1);
  });

  test('one that cannot be written down is put before a person whole, beside the others', () => {
    const desk = historyDesk();
    desk.db.exec(
      `CREATE TRIGGER broken AFTER INSERT ON entries WHEN new.text = 'text 3'
       BEGIN SELECT raise(ABORT, 'broken'); END`,
    );
    takeTogether(desk, five, acceptDelivery);
    expect(textsOf(desk)).toEqual(['text 1', 'text 2', 'text 4', 'text 5']);
    expect(countAttention(desk.db)).toBe(1);
    expect(readCursor(desk.db, 'relay')).toBe(5);
  });

  test('leave nothing and tell nothing where one of them stops them all', () => {
    const desk = historyDesk();
    const stop = (): never => {
      throw new Error('the disk is gone');
    };
    const acceptTwo = (silent: HistoryDesk, delivery: (typeof five)[number]): void =>
      delivery.seq > 2 ? stop() : acceptDelivery(silent, delivery);
    expect(() => takeTogether(desk, five, acceptTwo)).toThrow('the disk is gone');
    expect(textsOf(desk)).toEqual([]);
    expect(readCursor(desk.db, 'relay')).toBe(0);
    expect(desk.told).toEqual([]);
  });
});
