import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';

import { analyzeText } from '#shared/text/analyze-text.ts';
import { encodeGsm } from '#shared/text/encode-gsm.ts';
import { packSeptets, unpackSeptets } from '#shared/text/pack-septets.ts';
import {
  fillBitsAfter,
  octetsPerPart,
  septetsLeftBy,
  ucs2UnitsLeftBy,
} from '#shared/text/part-limits.ts';
import { decodeUcs2, encodeUcs2 } from '#shared/text/ucs2-octets.ts';
import type { Concatenation } from '#shared/text/user-data-header.ts';
import { decodeUserData, encodeUserData } from '#shared/text/user-data.ts';

const hex = (octets: Uint8Array) => Buffer.from(octets).toString('hex').toUpperCase();

const narrow: Concatenation = { width: '8-bit', reference: 0xcc, total: 2, sequence: 1 };
const wide: Concatenation = { width: '16-bit', reference: 0x1234, total: 2, sequence: 1 };

test.each([
  [0, 0, 160, 70],
  [6, 1, 153, 67],
  [7, 0, 152, 66],
  [4, 3, 155, 68],
  [9, 5, 149, 65],
  [12, 2, 146, 64],
  [10, 4, 148, 65],
  [13, 1, 145, 63],
])(
  'a header of %i octets takes %i fill bits and leaves %i septets',
  (octets, ...[fill, septets, ucs2]) => {
    expect(fillBitsAfter(octets)).toBe(fill);
    expect(septetsLeftBy(octets)).toBe(septets);
    expect(ucs2UnitsLeftBy(octets)).toBe(ucs2);
  },
);

test.each<[string, Concatenation | undefined, number, string]>([
  ['hello', undefined, 5, 'E8329BFD06'],
  ['hellohello', undefined, 10, 'E8329BFD4697D9EC37'],
  ['€', undefined, 2, '9B32'],
  ['AAAAAAA', undefined, 7, 'C16030180C0601'],
  ['AAAAAAAA', undefined, 8, 'C16030180C0683'],
  ['Hi', narrow, 9, '050003CC02019069'],
  ['Hi', wide, 10, '06080412340201C834'],
])('%s, packed behind its header', (text, ...[concatenation, length, octets]) => {
  const header = concatenation === undefined ? {} : { concatenation };
  const userData = encodeUserData(text, 'GSM-7', header);
  expect(hex(userData.octets)).toBe(octets);
  expect(userData.length).toBe(length);
  expect(decodeUserData(userData)).toEqual({ text, concatenation });
});

test('UCS-2 user data is big-endian and counts octets', () => {
  const userData = encodeUserData('Aя', 'UCS-2', { concatenation: wide });
  expect(hex(userData.octets)).toBe('060804123402010041044F');
  expect(userData.length).toBe(11);
  expect(decodeUserData(userData)).toEqual({ text: 'Aя', concatenation: wide });
});

test('the length settles whether seven spare bits are an @', () => {
  const eight = encodeUserData('AAAAAAA@', 'GSM-7');
  const seven = encodeUserData('AAAAAAA', 'GSM-7');
  expect(hex(eight.octets)).toBe(hex(seven.octets));
  expect(decodeUserData(eight).text).toBe('AAAAAAA@');
  expect(decodeUserData(seven).text).toBe('AAAAAAA');
});

describe('septets', () => {
  const septets = fc.uint8Array({ max: 127, maxLength: 170 });

  it('come back as they were packed, behind any fill', () => {
    fc.assert(
      fc.property(septets, fc.nat(6), (codes, fill) => {
        const octets = packSeptets(codes, fill);
        expect(octets).toHaveLength(Math.ceil((fill + codes.length * 7) / 8));
        expect(unpackSeptets(octets, codes.length, fill)).toEqual(codes);
      }),
    );
  });

  it('that the octets do not hold are left out', () => {
    expect(unpackSeptets(Uint8Array.of(0xc1, 0x60), 9)).toHaveLength(2);
    expect(unpackSeptets(new Uint8Array(), 5)).toHaveLength(0);
    expect(unpackSeptets(Uint8Array.of(1), -3)).toHaveLength(0);
  });
});

describe('UCS-2 octets', () => {
  it('send a lone surrogate as U+FFFD, of the same length', () => {
    expect(hex(encodeUcs2('a\uD83D'))).toBe('0061FFFD');
    expect(hex(encodeUcs2('\uDE00\uD83D\uDE00'))).toBe('FFFDD83DDE00');
  });

  it('are read as they come: a partner may be in the next part', () => {
    expect(decodeUcs2(Uint8Array.of(0xd8, 0x3d))).toBe('\uD83D');
    expect(decodeUcs2(Uint8Array.of(0x00, 0x41, 0x00))).toBe('A');
  });
});

test('a text too long for its part is refused', () => {
  expect(() => encodeUserData('a'.repeat(161), 'GSM-7')).toThrow('split it first');
  expect(() => encodeUserData('я'.repeat(68), 'UCS-2', { concatenation: narrow })).toThrow(
    '142 octets',
  );
});

test('every segment of any text fits its part and is read back', () => {
  const text = fc
    .array(fc.oneof(fc.constantFrom(...'ab €{\n'), fc.constantFrom('я', '😀', '\uD83D')), {
      maxLength: 500,
    })
    .map((pieces) => pieces.join(''));
  const width = fc.constantFrom('8-bit' as const, '16-bit' as const);
  fc.assert(
    fc.property(text, width, (whole, reference) => {
      const { encoding, segments } = analyzeText(whole, { reference });
      const total = segments.length;
      const read = segments.map((segment, i) => {
        const place = { width: reference, reference: 7, total, sequence: i + 1 };
        const header = total > 1 ? { concatenation: place } : {};
        const userData = encodeUserData(segment.text, encoding, header);
        expect(userData.octets.length).toBeLessThanOrEqual(octetsPerPart);
        return decodeUserData(userData).text;
      });
      expect(read.join('')).toBe(whole.toWellFormed());
    }),
  );
});

test('an empty text and a damaged part are read without complaint', () => {
  expect(decodeUserData({ ...encodeUserData('', 'GSM-7') }).text).toBe('');
  const damaged = { encoding: 'GSM-7', octets: Uint8Array.of(200, 1), length: 2, hasHeader: true };
  expect(decodeUserData(damaged as never).concatenation).toBeUndefined();
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 140 }), fc.nat(200), (octets, length) => {
      for (const encoding of ['GSM-7', 'UCS-2'] as const) {
        const { text } = decodeUserData({ encoding, octets, length, hasHeader: true });
        expect(text.length).toBeLessThanOrEqual(Math.max(length, 0));
      }
    }),
  );
});

test('encoding is what the counter counted', () => {
  for (const text of ['plain', '{€}', 'a\f']) {
    expect(encodeGsm(text)).toHaveLength(analyzeText(text).units);
  }
});
