import { describe, expect, it } from 'vitest';

import { readRecipients } from '#shared/broadcast/read-recipients.ts';
import { readTable } from '#shared/broadcast/read-table.ts';

describe('a pasted table', () => {
  it.each([
    [
      'a,b\nc,d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      '\ufeffa\tb\r\nc\td\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a;b\rc;d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      '"a,1","b ""x"""\n\n c , d ',
      [
        ['a,1', 'b "x"'],
        ['c', 'd'],
      ],
    ],
    ['"two\nlines",b', [['two\nlines', 'b']]],
    ['a,,', [['a', '', '']]],
    ['', []],
    ['\n\n', []],
  ])('%j', (input, cells) => {
    const table = readTable(input);
    expect(table.rows.map((row) => row.cells)).toEqual(cells);
    expect(table.bad).toEqual([]);
  });

  it('counts the lines of a cell that has several', () => {
    const { rows } = readTable('h,x\n"two\nlines",b\nc,d');
    expect(rows.map(({ line }) => line)).toEqual([1, 2, 4]);
  });

  it.each([
    ['a,b\nO"Neil,c\nd,e', 2, 'A quote stands inside a cell that is not quoted.'],
    ['a,b\n"x"y,c\nd,e', 2, 'After a closing quote the cell must end.'],
    ['a,b\n"x,c\nd,e', 2, 'A quote is opened and never closed.'],
  ])('tells of what it cannot read and goes on with the next line: %j', (input, line, reason) => {
    const { rows, bad } = readTable(input);
    expect(bad).toEqual([{ line, reason }]);
    expect(rows.map((row) => row.cells)).toEqual([
      ['a', 'b'],
      ['d', 'e'],
    ]);
  });
});

describe('whom to text', () => {
  it('are numbers one a line, or several on one', () => {
    const { people, bad } = readRecipients('(206) 555-0142\n+1 206 555 0143, 206-555-0144\n');
    expect(people.map(({ peer, line }) => [line, peer])).toEqual([
      [1, '+12065550142'],
      [2, '+12065550143'],
      [2, '+12065550144'],
    ]);
    expect(bad).toEqual([]);
  });

  it('are the rows of a table with what it knows of each', () => {
    const read = readRecipients('First name,Phone\nMaría,206 555 0142\n"O, Ann",206 555 0143');
    expect(read.fields).toEqual(['first_name', 'phone']);
    expect(read.people.map(({ peer, known }) => [peer, known['first_name']])).toEqual([
      ['+12065550142', 'María'],
      ['+12065550143', 'O, Ann'],
    ]);
  });

  it('are each texted once, and told where they stood first', () => {
    const read = readRecipients('206 555 0142\n+12065550142\n12065550142');
    expect(read.people).toHaveLength(1);
    expect(read.doubled.map(({ line, first }) => [line, first])).toEqual([
      [2, 1],
      [3, 1],
    ]);
  });

  it('are told of with line and reason where they cannot be texted; none is dropped', () => {
    const input =
      'number,name\n555,Short\nabc,Words\n,Nobody\n206 555 0142,Ann,more\n206 555 0143,Bob\n911,x';
    const { people, bad } = readRecipients(input);
    expect(bad).toEqual([
      { line: 3, reason: expect.stringContaining('“abc”') },
      { line: 4, reason: expect.stringContaining('No number yet.') },
      { line: 5, reason: expect.stringContaining('It has 3 cells') },
      { line: 7, reason: expect.stringContaining('emergency') },
    ]);
    expect(people.map(({ peer }) => peer)).toEqual(['555', '+12065550143']);
  });

  it('are refused where two columns have one name', () => {
    const { people, bad } = readRecipients('number,name,Name\n206 555 0142,a,b');
    expect(people).toEqual([]);
    expect(bad).toEqual([{ line: 1, reason: expect.stringContaining('“name”') }]);
  });

  it('add up: every row is texted, doubled or bad', () => {
    const numbers = Array.from({ length: 500 }, (_, each) =>
      each % 7 === 0 ? 'no' : `+1206555${String(each % 300).padStart(4, '0')}`,
    );
    const { people, bad, doubled } = readRecipients(['number', ...numbers].join('\n'));
    expect(people.length + bad.length + doubled.length).toBe(500);
    expect(bad).toHaveLength(72);
  });
});
