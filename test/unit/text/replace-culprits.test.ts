import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';

import { fitsAlphabet } from '#shared/text/count-units.ts';
import { findCulprits } from '#shared/text/find-culprits.ts';
import { replaceCulprits } from '#shared/text/replace-culprits.ts';
import { weighReplacement } from '#shared/text/weigh-replacement.ts';

describe('replacing', () => {
  test.each([
    ['quotes, a dash and an ellipsis', '“Don’t” – wait…', '"Don\'t" - wait...'],
    ['GSM-7 text, which stays', 'Price: {5} €', 'Price: {5} €'],
    ['text with an emoji, for the rest', 'It’s 😀', "It's 😀"],
    ['a decomposed letter, by composing', 'cafe\u0301 man\u0303ana', 'café mañana'],
    ['a decomposed letter outside GSM-7, which stays', 'ma\u0301s', 'ma\u0301s'],
    ['a mark that composes with nothing, which stays', 'x\u0303', 'x\u0303'],
    ['a letter with two marks, which stays', 'n\u0303\u0301', 'n\u0303\u0301'],
    ['a mark that stands alone', 'a \u0303 b', 'a ~ b'],
    ['a combining mark at the start', '\u0303 a', '~ a'],
    ['the direction marks of a pasted number', '\u202A+1 555\u202C', '+1 555'],
    ['a zero-width joiner and selector in an emoji, which stay', '👩‍❤️‍👨', '👩‍❤️‍👨'],
    ['a selector behind a dingbat that has a plain form', '✳️ new', '* new'],
    ['a keycap, which stays', '1\uFE0F\u20E3', '1\uFE0F\u20E3'],
    ['a non-joiner in a Persian word, which stays', 'می\u200Cخواهم', 'می\u200Cخواهم'],
    ['a non-joiner in a Latin word', 'Auf\u200Clage', 'Auflage'],
    ['a lone surrogate, which stays', 'a\uD83D’', "a\uD83D'"],
  ])('%s', (_, text, plain) => {
    expect(replaceCulprits(text)).toBe(plain);
  });
});

describe('links', () => {
  test.each([
    ['with a scheme', 'It’s https://ex.am/a–b’c ok’', "It's https://ex.am/a–b’c ok'"],
    ['with www', 'www.ex.am/“x” ’', 'www.ex.am/“x" \''],
    ['a domain with a path', 'see ex.am/it’s…', 'see ex.am/it’s...'],
    ['with an international name', 'bücher.example/–x –', 'bücher.example/–x -'],
    ['a mail address', 'to o’neil@ex.am–now', 'to o’neil@ex.am–now'],
    ['in quotes, which are not part of it', '“https://ex.am/a”', '"https://ex.am/a"'],
    ['in brackets, up to the punctuation', '(https://ex.am/a–b)…’', "(https://ex.am/a–b)...'"],
    ['a slash or an at sign that makes none', '1/2’ @ 9’ and/or’', "1/2' @ 9' and/or'"],
  ])('%s', (_, text, plain) => {
    expect(replaceCulprits(text)).toBe(plain);
  });

  it('gives a culprit within one no replacement', () => {
    expect(findCulprits('https://ex.am/–x –').map(({ replacement }) => replacement)).toEqual([
      undefined,
      '-',
    ]);
  });
});

describe('a culprit', () => {
  it('is a letter with its mark where the two compose', () => {
    expect(findCulprits('ae\u0301')).toEqual([
      {
        index: 1,
        character: 'e\u0301',
        codePoint: 'U+0065 U+0301',
        replacement: 'é',
        lengthens: false,
      },
    ]);
  });

  it('tells when its replacement takes more room', () => {
    const lengthens = findCulprits('…’½｛—').map((culprit) => culprit.lengthens);
    expect(lengthens).toEqual([true, false, true, true, false]);
  });

  it('is found in time linear to the text, however odd', () => {
    for (const odd of ['a', '.a', 'a@', '\u0303', 'e\u0301', '’/', 'www', '中', 'a.b/']) {
      const text = `${odd.repeat(4000)}’`;
      const start = performance.now();
      findCulprits(text);
      expect(performance.now() - start).toBeLessThan(250);
    }
  });
});

describe('weighing a replacement', () => {
  test.each([
    ['fewer-segments', `${'a'.repeat(100)}’`, false],
    ['as-many-segments', 'It’s', false],
    ['as-many-segments', '…'.repeat(53), true],
    ['more-segments', '…'.repeat(70), true],
    ['as-many-segments', `${'a'.repeat(90)}’😀`, false],
  ])('%s', (outcome, text, lengthens) => {
    expect(weighReplacement(text)).toMatchObject({ outcome, lengthens });
  });
});

const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(...'abc né/@.{€ '),
      fc.constantFrom('’', '…', '\u0303', '\u0301', '\u200C', '\uFE0F', '\u20E3', '\u2028'),
      fc.constantFrom('😀', '中', '\uD83D', '\uDE00', 'https://', 'www.'),
      fc.string({ unit: 'binary', maxLength: 2 }),
    ),
    { maxLength: 60 },
  )
  .map((pieces) => pieces.join(''));

test('culprits are in order, apart, and as the text has them; replacements are plain', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      let end = 0;
      for (const { index, character, replacement } of findCulprits(text)) {
        expect(index).toBeGreaterThanOrEqual(end);
        expect(text.slice(index, index + character.length)).toBe(character);
        expect(fitsAlphabet(text.slice(end, index))).toBe(true);
        expect(fitsAlphabet(replacement ?? '')).toBe(true);
        end = index + character.length;
      }
      expect(fitsAlphabet(text.slice(end))).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test('a text all of whose culprits have a replacement becomes GSM-7', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      fc.pre(findCulprits(text).every(({ replacement }) => replacement !== undefined));
      expect(fitsAlphabet(replaceCulprits(text))).toBe(true);
    }),
  );
});
