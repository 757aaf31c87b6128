import { createRequire } from 'node:module';

import { describe, expect, it, test } from 'vitest';

import { fitsAlphabet } from '#shared/text/count-units.ts';
import { lookAlikes, plainAlternative } from '#shared/text/look-alikes.ts';

describe('the list of look-alikes', () => {
  it('holds every entry of the published calculator, with one blank for several', () => {
    const require = createRequire(import.meta.url);
    const published = require('sms-segments-calculator/dist/libs/SmartEncodingMap.js') as {
      default: Record<string, string>;
    };
    const entries = Object.entries(published.default);
    expect(entries).toHaveLength(271);
    for (const [character, plain] of entries) {
      expect([character, lookAlikes.get(character)]).toEqual([
        character,
        plain.replace(/^ +$/u, ' '),
      ]);
    }
  });

  it('replaces only strangers, and only by characters GSM-7 has', () => {
    for (const [character, plain] of lookAlikes) {
      expect([character, fitsAlphabet(character)]).toEqual([character, false]);
      expect([plain, fitsAlphabet(plain)]).toEqual([plain, true]);
    }
  });
});

test.each([
  ['a curly apostrophe', '\u2019', "'"],
  ['an ellipsis', '\u2026', '...'],
  ['an en dash', '\u2013', '-'],
  ['a hyphen that does not break', '\u2011', '-'],
  ['a figure dash', '\u2012', '-'],
  ['a minus sign', '\u2212', '-'],
  ['a no-break space', '\u00A0', ' '],
  ['a byte-order mark', '\uFEFF', ''],
  ['a variation selector', '\uFE0F', ''],
  ['a full-width capital', '\uFF21', 'A'],
  ['a full-width small letter', '\uFF5A', 'z'],
  ['a full-width digit', '\uFF19', '9'],
  ['é decomposed', 'e\u0301', 'é'],
  ['ñ decomposed', 'n\u0303', 'ñ'],
  ['the ohm sign', '\u2126', 'Ω'],
  ['the angstrom sign', '\u212B', 'Å'],
  ['á, whose accent is kept', 'á', undefined],
  ['á decomposed', 'a\u0301', undefined],
  ['an emoji', '😀', undefined],
  ['a Chinese character', '中', undefined],
  ['a lone surrogate', '\uD83D', undefined],
])('%s', (_, character, plain) => {
  expect(plainAlternative(character)).toBe(plain);
});

test('a plain alternative is one the alphabet asked for has', () => {
  expect(plainAlternative('\u212B', 'ascii')).toBeUndefined();
  expect(plainAlternative('\u2019', 'ascii')).toBe("'");
});
