import fc from 'fast-check';
import { expect, test } from 'vitest';

import { analyzeText } from '#shared/text/analyze-text.ts';
import { countClustersNaively, countNaively } from '#test/fixtures/naive-segmentation.ts';

const counted = (text: string, options = {}) => {
  const { encoding, segments, units, remaining } = analyzeText(text, options);
  return { encoding, segments, units, remaining };
};

test.each([
  ['one-septet', 'a'],
  ['two-septet', '€'],
  ['one-unit', 'я'],
  ['two-unit', '😀'],
])('%s characters at every length from 0 to 1600', (_, character) => {
  for (let length = 0; length <= 1600; length += 1) {
    const text = character.repeat(length);
    expect(counted(text)).toEqual(countNaively(text));
  }
});

test.each([
  ['an escape pair', '{', 'a', 330],
  ['a surrogate pair', '😀', 'я', 150],
  ['a lone high surrogate', '\uD83D', 'я', 150],
  ['a surrogate pair behind a lone one', '\uD83D\uD83D\uDE00', 'я', 150],
])('%s sliding across every boundary', (_, ...[sliding, filler, length]) => {
  for (let at = 0; at <= length; at += 1) {
    const text = filler.repeat(at) + sliding + filler.repeat(length - at);
    expect(counted(text)).toEqual(countNaively(text));
    expect(counted(text, { reference: '16-bit' })).toEqual(countNaively(text, '16-bit'));
  }
});

const gsmCharacter = fc.constantFrom(...'abc @£\n\r{}€|~\f[]^\\ÄñΔ');
const anyUnit = fc.oneof(
  gsmCharacter,
  fc.constantFrom('я', '’', '中', '\t'),
  fc.constantFrom('😀', '👍🏽', '👨‍👩‍👧', '🇩🇪', 'e\u0301', '1\uFE0F\u20E3', '\r\n'),
  fc.constantFrom('\uD83D', '\uDE00', '\uD800', '\uDFFF'),
);
const textOf = (unit: fc.Arbitrary<string>) =>
  fc.array(unit, { maxLength: 700 }).map((units) => units.join(''));

test('random GSM-7 texts', () => {
  fc.assert(
    fc.property(textOf(gsmCharacter), (text) => {
      expect(counted(text)).toEqual(countNaively(text));
      expect(counted(text, { reference: '16-bit' })).toEqual(countNaively(text, '16-bit'));
    }),
    { numRuns: 300 },
  );
});

test('random texts with emoji, marks and lone surrogates', () => {
  fc.assert(
    fc.property(textOf(anyUnit), (text) => {
      expect(counted(text)).toEqual(countNaively(text));
    }),
    { numRuns: 300 },
  );
});

test('clusters kept whole: as many parts as the naive count, none cut, none too big', () => {
  fc.assert(
    fc.property(textOf(anyUnit), (text) => {
      const { segments } = analyzeText(text, { keepClusters: true });
      expect(segments).toEqual(countClustersNaively(text).segments);
    }),
    { numRuns: 150 },
  );
});
