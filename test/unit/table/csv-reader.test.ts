import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { BrokenTable, CsvReader } from '#shared/table/csv-reader.ts';
import { guardCell, toCsvRow } from '#shared/table/csv-row.ts';

/** Reads a text cut into pieces of this size. */
function read(text: string, size = text.length || 1): string[][] {
  const reader = new CsvReader();
  const rows: string[][] = [];
  for (let at = 0; at < text.length; at += size)
    rows.push(...reader.push(text.slice(at, at + size)));
  return [...rows, ...reader.end()];
}

describe('a table read piece by piece', () => {
  it.each([
    [
      'a,b\r\n1,2\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a,b\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      '\uFEFFa;b\n"1;5";2\n',
      [
        ['a', 'b'],
        ['1;5', '2'],
      ],
    ],
    [
      'a\tb\n1\t2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a,b\n\n"x ""y""\nz",\n',
      [
        ['a', 'b'],
        ['x "y"\nz', ''],
      ],
    ],
    ['', []],
  ])('%j', (text, rows) => {
    expect(read(text)).toEqual(rows);
  });

  it('is the same wherever it is cut, and gives back what was written', () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', ';', 'é', '😀'),
    });
    const row = fc.array(
      cell.map((text) => text.trim()),
      { minLength: 2, maxLength: 4 },
    );
    fc.assert(
      fc.property(fc.array(row, { maxLength: 5 }), fc.integer({ min: 1, max: 9 }), (rows, size) => {
        const all = [['head', 'of', 'it', 'all', 'here'], ...rows];
        const text = all.map((cells) => toCsvRow(cells)).join('');
        expect(read(text, size)).toEqual(all);
      }),
    );
  });

  it('says so where a quote is never closed, before memory is full', () => {
    const reader = new CsvReader();
    const endless = (): void => {
      for (let count = 0; count < 3; count += 1)
        reader.push(`"${'x'.repeat(999_998)}`.slice(count));
    };
    expect(endless).toThrow(BrokenTable);
  });
});

it('a cell that a spreadsheet would run is guarded', () => {
  expect(['=1+1', '-1', "'=1", 'plain', null].map(guardCell)).toEqual([
    "'=1+1",
    "'-1",
    "''=1",
    'plain',
    null,
  ]);
});
