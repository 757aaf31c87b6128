import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';

import { buildUserDataHeader, parseUserDataHeader } from '#shared/text/user-data-header.ts';
import type { Concatenation } from '#shared/text/user-data-header.ts';

const parse = (hex: string) =>
  parseUserDataHeader(Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex')));
const narrow = (reference: number, total: number, sequence: number): Concatenation => ({
  width: '8-bit',
  reference,
  total,
  sequence,
});
const wide = (reference: number, total: number, sequence: number): Concatenation => ({
  width: '16-bit',
  reference,
  total,
  sequence,
});

describe('reading', () => {
  test.each([
    ['an 8-bit reference', '05 00 03 CC 02 01', { octets: 6, concatenation: narrow(0xcc, 2, 1) }],
    [
      'a 16-bit reference',
      '06 08 04 12 34 03 02',
      { octets: 7, concatenation: wide(0x1234, 3, 2) },
    ],
    ['both languages', '06 24 01 01 25 01 03', { octets: 7, singleShift: 1, lockingShift: 3 }],
    [
      'an element it does not know, skipped by its length',
      '0B 05 04 0B 84 23 F0 00 03 07 02 02',
      { octets: 12, concatenation: narrow(7, 2, 2) },
    ],
    [
      'an element twice: the last counts',
      '0A 00 03 01 02 01 00 03 02 03 03',
      { octets: 11, concatenation: narrow(2, 3, 3) },
    ],
    [
      '00 and then 08: the last counts',
      '0B 00 03 01 02 01 08 04 00 09 02 02',
      { octets: 12, concatenation: wide(9, 2, 2) },
    ],
    [
      '08 and then 00: the last counts',
      '0B 08 04 00 09 02 02 00 03 01 02 01',
      { octets: 12, concatenation: narrow(1, 2, 1) },
    ],
    [
      'an impossible element behind a good one, ignored',
      '0A 00 03 01 02 01 00 03 02 00 00',
      { octets: 11, concatenation: narrow(1, 2, 1) },
    ],
    ['total 0', '05 00 03 CC 00 01', { octets: 6 }],
    ['sequence 0', '05 00 03 CC 02 00', { octets: 6 }],
    ['a sequence above the total', '05 00 03 CC 02 03', { octets: 6 }],
    ['total 1', '05 00 03 CC 01 01', { octets: 6, concatenation: narrow(0xcc, 1, 1) }],
    ['255 parts', '05 00 03 CC FF FF', { octets: 6, concatenation: narrow(0xcc, 255, 255) }],
    ['a wrong length of a known element', '04 00 02 CC 02', { octets: 5 }],
    ['an empty header', '00', { octets: 1 }],
    ['a header longer than the part', '06 00 03 CC 02 01', { octets: 0 }],
    ['no octets at all', '', { octets: 0 }],
    ['an element that overruns the header', '05 00 04 CC 02 01 00', { octets: 6 }],
    ['an element without its length', '06 00 03 CC 02 01 24', { octets: 7 }],
  ])('%s', (_, hex, header) => {
    expect(parse(hex)).toEqual(header);
  });

  it('never fails, whatever the octets', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 140 }), (octets) => {
        const header = parseUserDataHeader(octets);
        expect(header.octets).toBeLessThanOrEqual(octets.length);
      }),
    );
  });
});

describe('building', () => {
  test.each([
    ['an 8-bit reference', { concatenation: narrow(0xcc, 2, 1) }, '050003cc0201'],
    ['a 16-bit reference', { concatenation: wide(0x1234, 2, 1) }, '06080412340201'],
    ['languages', { singleShift: 1, lockingShift: 3 }, '06240101250103'],
    ['all', { concatenation: narrow(1, 2, 2), singleShift: 2 }, '080003010202240102'],
    ['nothing', {}, ''],
  ])('%s', (_, header, hex) => {
    expect(Buffer.from(buildUserDataHeader(header)).toString('hex')).toBe(hex);
  });

  test.each([
    ['reference is 256', { concatenation: narrow(256, 2, 1) }],
    ['reference is 65536', { concatenation: wide(65_536, 2, 1) }],
    ['reference is 1.5', { concatenation: narrow(1.5, 2, 1) }],
    ['total is 256', { concatenation: narrow(1, 256, 1) }],
    ['total is 0', { concatenation: narrow(1, 0, 1) }],
    ['sequence is 3', { concatenation: narrow(1, 2, 3) }],
    ['sequence is 0', { concatenation: narrow(1, 2, 0) }],
    ['singleShift is 300', { singleShift: 300 }],
  ])('is refused when %s', (complaint, header) => {
    expect(() => buildUserDataHeader(header)).toThrow(complaint);
  });

  it('is read back', () => {
    const octet = fc.nat(255);
    fc.assert(
      fc.property(fc.nat(0xffff), fc.integer({ min: 1, max: 255 }), octet, (ref, total, lang) => {
        const header = { concatenation: wide(ref, total, total), lockingShift: lang };
        expect(parseUserDataHeader(buildUserDataHeader(header))).toEqual({ ...header, octets: 10 });
      }),
    );
  });
});
