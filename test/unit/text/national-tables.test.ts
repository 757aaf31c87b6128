import { describe, expect, it, test } from 'vitest';

import { decodeGsm } from '#shared/text/decode-gsm.ts';
import { gsmDefaultAlphabet } from '#shared/text/gsm-default-alphabet.ts';
import { gsmExtension } from '#shared/text/gsm-extension.ts';
import { lockingTable, singleShiftTable } from '#shared/text/national-tables.ts';

/** Cells as "code→character" pairs in hex, for the cells where the table differs from another one. */
const differences = (table: Uint16Array, from: Uint16Array): string =>
  Array.from(table, (unit, code) => ({ unit, code }))
    .filter(({ unit, code }) => unit !== from[code])
    .map(({ unit, code }) => `${hex(code, 2)}→${hex(unit, 4)}`)
    .join(' ');

const hex = (value: number, digits: number) =>
  value.toString(16).toUpperCase().padStart(digits, '0');

const indic = [
  [4, 'Bengali', 0x0980, 'ক'],
  [5, 'Gujarati', 0x0a80, 'ક'],
  [6, 'Hindi', 0x0900, 'क'],
  [7, 'Kannada', 0x0c80, 'ಕ'],
  [8, 'Malayalam', 0x0d00, 'ക'],
  [9, 'Oriya', 0x0b00, 'କ'],
  [10, 'Punjabi', 0x0a00, 'ਕ'],
  [11, 'Tamil', 0x0b80, 'க'],
  [12, 'Telugu', 0x0c00, 'క'],
] as const;

describe('the locking tables', () => {
  test('Turkish differs from the default in eight places', () => {
    expect(differences(lockingTable(1), gsmDefaultAlphabet)).toBe(
      '04→20AC 07→0131 0B→011E 0C→011F 1C→015E 1D→015F 40→0130 60→00E7',
    );
  });

  test('Portuguese', () => {
    expect(differences(lockingTable(3), gsmDefaultAlphabet)).toBe(
      '04→00EA 06→00FA 07→00ED 08→00F3 09→00E7 0B→00D4 0C→00F4 0E→00C1 0F→00E1 12→00AA 13→00C7 ' +
        '14→00C0 15→221E 16→005E 17→005C 18→20AC 19→00D3 1A→007C 1C→00C2 1D→00E2 1E→00CA ' +
        '24→00BA 40→00CD 5B→00C3 5C→00D5 5D→00DA 60→007E 7B→00E3 7C→00F5 7D→0060',
    );
  });

  test.each([0, 2, 14, 99, 255])('language %i has none: the default alphabet holds', (language) => {
    expect(lockingTable(language)).toBe(gsmDefaultAlphabet);
  });

  test.each(indic)(
    '%i, %s: its script, digits, small letters, in the places all share',
    (language) => {
      const table = lockingTable(language);
      const text = decodeGsm(
        Uint8Array.from({ length: 128 }, (_, code) => code),
        {
          lockingShift: language,
        },
      );
      expect(text).toContain('0123456789:;');
      expect(text).toContain('abcdefghijklmnopqrstuvwxyz');
      expect([table[0x0a], table[0x0d], table[0x1b], table[0x20]]).toEqual([0x0a, 0x0d, 0, 0x20]);
    },
  );

  test.each(indic)('%i, %s: script characters rise in their own block', (language, _, block) => {
    const own = [...lockingTable(language)].filter((unit) => unit >= 0x80);
    expect(own.every((unit) => unit >= block && unit < block + 0x80)).toBe(true);
    expect(own).toEqual(own.toSorted((a, b) => a - b));
    expect(new Set(own).size).toBe(own.length);
  });

  test.each(indic)('%i, %s: the letter ka', (language, ...[, , ka]) => {
    expect(decodeGsm(Uint8Array.of(0x15), { lockingShift: language })).toBe(ka);
  });

  test('Urdu', () => {
    const salaam = Uint8Array.of(0x3d, 0x4d, 0x00, 0x4e);
    expect(decodeGsm(salaam, { lockingShift: 13 })).toBe('سلام');
  });

  test('the misprint in Kannada is corrected', () => {
    expect(lockingTable(7)[0x24]).toBe(0x0ca1);
  });
});

describe('the single shift tables', () => {
  test.each([
    ['Turkish', 1, '47→011E 49→0130 53→015E 63→00E7 67→011F 69→0131 73→015F'],
    ['Spanish', 2, '09→00E7 41→00C1 49→00CD 4F→00D3 55→00DA 61→00E1 69→00ED 6F→00F3 75→00FA'],
    [
      'Portuguese',
      3,
      '05→00EA 09→00E7 0B→00D4 0C→00F4 0E→00C1 0F→00E1 12→03A6 13→0393 15→03A9 16→03A0 17→03A8 ' +
        '18→03A3 19→0398 1F→00CA 41→00C0 49→00CD 4F→00D3 55→00DA 5B→00C3 5C→00D5 61→00C2 ' +
        '69→00ED 6F→00F3 75→00FA 7B→00E3 7C→00F5 7F→00E2',
    ],
  ])('%s adds to the default extension', (_, language, added) => {
    expect(differences(singleShiftTable(language), gsmExtension)).toBe(added);
  });

  test.each([4, 5, 6, 7, 8, 9, 10, 11, 12, 13])(
    'language %i keeps the capitals and brackets',
    (language) => {
      const table = singleShiftTable(language);
      const at = (from: number, to: number) => String.fromCharCode(...table.subarray(from, to));
      expect(at(0x41, 0x5b)).toBe('ABCDEFGHIJKLMNOPQRSTUVWXYZ');
      expect(at(0x28, 0x2a)).toBe('{}');
      expect(at(0x3c, 0x3f)).toBe('[~]');
      expect([table[0x40] === 0x7c || language === 13, table[0x65]]).toEqual([true, 0x20ac]);
    },
  );

  test.each([
    ['Bengali', 4, 0x19, 0x09e6],
    ['Gujarati', 5, 0x1c, 0x0ae6],
    ['Hindi', 6, 0x1c, 0x0966],
    ['Kannada', 7, 0x1c, 0x0ce6],
    ['Malayalam', 8, 0x1c, 0x0d66],
    ['Oriya', 9, 0x1c, 0x0b66],
    ['Punjabi', 10, 0x1c, 0x0a66],
    ['Telugu', 12, 0x1c, 0x0c66],
    ['Urdu', 13, 0x1c, 0x06f0],
    ['Tamil', 11, 0x1c, 0x0be6],
  ])('%s has its ten digits in order, misprints corrected', (_, ...[language, first, zero]) => {
    const digits = [...singleShiftTable(language)].filter(
      (unit) => unit >= zero && unit < zero + 10,
    );
    expect(digits).toEqual(Array.from({ length: 10 }, (_unit, i) => zero + i));
    expect(singleShiftTable(language)[first]).toBe(zero);
  });

  test.each([0, 14, 255])('language %i has none: the default extension holds', (language) => {
    expect(singleShiftTable(language)).toBe(gsmExtension);
  });
});

describe('decoding with them', () => {
  const sis = Uint8Array.of(0x1b, 0x73, 0x69, 0x1b, 0x73);

  it('reads Turkish behind an escape, and its base letters without the table', () => {
    expect(decodeGsm(sis, { singleShift: 1 })).toBe('şiş');
    expect(decodeGsm(sis)).toBe('sis');
  });

  it('shows an unknown pair as the locking table in force has it', () => {
    expect(decodeGsm(Uint8Array.of(0x1b, 0x0c), { lockingShift: 1 })).toBe('ğ');
  });

  it('shows a blank cell as a space', () => {
    expect(decodeGsm(Uint8Array.of(0x61, 0x11, 0x62), { lockingShift: 4 })).toBe('a b');
  });
});
