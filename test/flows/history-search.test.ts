import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { searchEntries, searchThreads, toMatchExpression } from '#main/history/search.ts';
import { run, transact } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import { type HistoryDesk, historyDesk } from '#test/fakes/history-desk.ts';
import { peerNumber, textIn } from '#test/fakes/write-history.ts';

/** A history that holds these texts, oldest first, each in a thread of its own. */
function holding(...texts: string[]): HistoryDesk {
  const desk = historyDesk();
  transact(desk.db, () =>
    texts.forEach((text, index) =>
      textIn(desk, { text, peer: peerNumber(index), at: desk.clock.now() + index }),
    ),
  );
  return desk;
}

const find = (desk: HistoryDesk, query: string): string[] =>
  searchEntries(desk.db, query, 50).entries.map((entry) =>
    entry.kind === 'text' ? entry.text : entry.kind,
  );

describe('texts are found', () => {
  const desk = () =>
    holding(
      'The invoice for March is attached',
      'Your parcel arrives on Tuesday',
      'Invoice 2041 was paid, thank you',
      'Café Zürich, Łódź; naïve façade',
      'march on',
      "Don't forget: room 7b (2nd floor)",
    );

  test.each([
    ['invoice', ['Invoice 2041 was paid, thank you', 'The invoice for March is attached']],
    ['INVOICE', ['Invoice 2041 was paid, thank you', 'The invoice for March is attached']],
    ['inv', ['Invoice 2041 was paid, thank you', 'The invoice for March is attached']],
    ['invoice march', ['The invoice for March is attached']],
    ['march invoice', ['The invoice for March is attached']],
    ['invoice mar', ['The invoice for March is attached']],
    ['invoice "for march"', ['The invoice for March is attached']],
    ['"march invoice"', []],
    ['"arrives on tuesday"', ['Your parcel arrives on Tuesday']],
    ['"arrives on tues"', []],
    ['"arrives on tues', ['Your parcel arrives on Tuesday']],
    ['voice', []],
    ['2041', ['Invoice 2041 was paid, thank you']],
    ['cafe zurich', ['Café Zürich, Łódź; naïve façade']],
    ['CAFÉ naive', ['Café Zürich, Łódź; naïve façade']],
    ['facade', ['Café Zürich, Łódź; naïve façade']],
    ["don't", ["Don't forget: room 7b (2nd floor)"]],
    ['7b', ["Don't forget: room 7b (2nd floor)"]],
    ['a', []],
    ['o', []],
    ['on', ['march on', 'Your parcel arrives on Tuesday']],
  ])('%j', (query, expected) => {
    expect(find(desk(), query)).toEqual(expected);
  });

  test('newest first, whichever thread they are in', () => {
    const texts = Array.from({ length: 9 }, (_, index) => `ping ${index}`);
    expect(find(holding(...texts), 'ping')).toEqual(texts.toReversed());
  });

  test('with accents written in two code points as in one', () => {
    expect(find(holding('caf\u0065\u0301'), 'caf\u00e9')).toHaveLength(1);
    expect(find(holding('caf\u00e9'), 'cafe\u0301')).toHaveLength(1);
  });
});

describe('the total', () => {
  test('counts all texts found, whatever is shown of them', () => {
    const desk = holding(...Array.from({ length: 30 }, (_, index) => `ping ${index}`));
    for (const limit of [1, 29, 30, 31]) {
      const { entries, total, moreThanTotal } = searchEntries(desk.db, 'ping', limit);
      expect(entries).toHaveLength(Math.min(limit, 30));
      expect({ total, moreThanTotal }).toEqual({ total: 30, moreThanTotal: false });
    }
    expect(searchEntries(desk.db, 'pong', 5)).toEqual({
      entries: [],
      total: 0,
      moreThanTotal: false,
    });
  });

  test('above ten thousand is a floor, and says so', () => {
    const desk = holding('ping');
    const index = (count: number): void =>
      transact(desk.db, () => {
        for (let at = 1; at <= count; at += 1)
          run(desk.db, sql`INSERT INTO entry_search (text) VALUES ('ping')`);
      });
    index(9_999);
    expect(searchEntries(desk.db, 'ping', 1)).toMatchObject({
      total: 10_000,
      moreThanTotal: false,
    });
    index(1);
    expect(searchEntries(desk.db, 'ping', 1)).toMatchObject({ total: 10_000, moreThanTotal: true });
  });
});

describe('whatever is typed', () => {
  const hostile = [
    '',
    ' ',
    '"',
    '""',
    '"""',
    '"NEAR(',
    'NEAR(one two, 3)',
    '*',
    'one*',
    '* one',
    'one OR two',
    'one AND NOT two',
    'NOT one',
    'text:one',
    '{text}:one',
    '-one',
    '^one',
    'one + two',
    '(one',
    "one' OR 1=1 --",
    "'; DROP TABLE entries; --",
    '"one" "two',
    'one "two" three"',
    '\0',
    '"on\0e"',
    'one\0two',
    '\ud800',
    '"\udfff"',
    '😀',
    '"😀"',
    '%_\\',
    '\u0301',
    '"\u0301 "',
    '\u200b\u202e',
    'x'.repeat(200),
    '('.repeat(200),
    'one '.repeat(50),
    '"one '.repeat(40),
  ];

  test.each(hostile)('%j is only words to look for', (query) => {
    const desk = holding('one two three', 'NEAR or NOT', '%_\\ 😀');
    const { total, entries } = searchEntries(desk.db, query, 50);
    expect(total).toBe(entries.length);
    expect(Array.isArray(searchThreads(desk.db, query, 50))).toBe(true);
  });

  test('the words of the query language are words', () => {
    const desk = holding('near or not', 'one', 'two');
    expect(find(desk, 'one OR two')).toEqual([]);
    expect(find(desk, 'NOT')).toEqual(['near or not']);
    expect(find(desk, 'NEAR(')).toEqual(['near or not']);
    expect(find(desk, 'text:one')).toEqual([]);
    expect(find(desk, '"NEAR(')).toEqual(['near or not']);
  });

  test('never fails, and finds only what holds every word', () => {
    const desk = holding('alpha beta', 'alphabet soup', 'beta "gamma" delta', 'ALPHA-BETA');
    const word = fc.constantFrom(
      'alpha',
      'beta',
      'gamma',
      'alph',
      'soup',
      'OR',
      '-',
      '*',
      '"',
      '(',
    );
    const typed = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.array(word, { maxLength: 5 }).map((words) => words.join(' ')),
    );
    fc.assert(
      fc.property(typed, (query) => {
        const expression = toMatchExpression(query);
        const found = find(desk, query);
        if (expression === null) expect(found).toEqual([]);
        const words = query.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
        for (const text of found)
          for (const each of words) expect(text.toLowerCase()).toContain(each);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('threads are found', () => {
  function named(): HistoryDesk {
    const desk = holding('one', 'two', 'three');
    const name = (index: number, text: string): number =>
      run(desk.db, sql`UPDATE threads SET name = ${text} WHERE peer = ${peerNumber(index)}`);
    name(0, 'Ada Lovelace');
    name(1, '100% Pure_Tea');
    return desk;
  }
  const peersOf = (desk: HistoryDesk, query: string): string[] =>
    searchThreads(desk.db, query, 10).map(({ peer }) => peer);

  test.each([
    ['love', [0]],
    ['ADA', [0]],
    ['ada lovelace', [0]],
    ['100%', [1]],
    ['%', [1]],
    ['_', [1]],
    ['\\', []],
    ['0200002', [2]],
    ['(555) 020-0002', [2]],
    ['020-000', [2, 1, 0]],
    ['   ', []],
    ['nobody', []],
  ])('by %j', (query, expected) => {
    expect(peersOf(named(), query)).toEqual(expected.map(peerNumber));
  });
});
