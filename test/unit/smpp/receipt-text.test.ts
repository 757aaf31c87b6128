import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readReceiptText } from '#main/providers/smpp/inbound/receipt-text.ts';

const value = fc.string({ unit: fc.constantFrom(...'abcXYZ0189-_/'), minLength: 1, maxLength: 12 });

describe('readReceiptText', () => {
  it('finds id, stat and err in any order, with any others between', () => {
    const others = [
      'sub:001',
      'dlvrd:001',
      'submit date:2601011400',
      'done date:260101140159',
    ] as const;
    fc.assert(
      fc.property(
        fc.record({ id: value, stat: value, err: value }),
        fc.subarray([...others]),
        fc.infiniteStream(fc.nat()),
        (said, some, chance) => {
          const fields = [`id:${said.id}`, `Stat:${said.stat}`, `ERR:${said.err}`, ...some];
          const order = fields
            .map((field) => ({ field, place: chance.next().value ?? 0 }))
            .toSorted((a, b) => a.place - b.place);
          const text = `${order.map(({ field }) => field).join(' ')} text:id:0 stat:REJECTD`;
          expect(readReceiptText(text)).toMatchObject({ ...said, stat: said.stat.toUpperCase() });
        },
      ),
    );
  });

  it('takes anything, and its time grows no faster than the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        expect(() => readReceiptText(text)).not.toThrow();
      }),
    );
    const since = performance.now();
    for (const hostile of ['id:', ' id: ', 'submit date:', ' text:', 'x '])
      readReceiptText(hostile.repeat(2_000 / hostile.length));
    expect(performance.now() - since).toBeLessThan(250);
  });

  it.each([
    ['', { id: null, stat: null, err: null }],
    ['Hello there', { id: null, stat: null, err: null }],
    ['id: stat: err:', { id: null, stat: null, err: null }],
    ['void:9 restat:DELIVRD', { id: null, stat: null, err: null }],
    ['id:1 id:2 stat:A stat:B', { id: '1', stat: 'A', err: null }],
  ])('reads "%s"', (text, said) => expect(readReceiptText(text)).toMatchObject(said));

  it('tells when the text was taken and how it begins', () => {
    const text = 'id:1 submit date:2601011400 stat:A TEXT: Your table is text:ready ';
    expect(readReceiptText(text)).toMatchObject({
      submitted: '2601011400',
      words: 'Your table is text:ready',
    });
    expect(readReceiptText('id:1 stat:A text:')).toMatchObject({ submitted: null, words: null });
  });
});
