import { describe, expect, it, test } from 'vitest';

import { analyzeText } from '#shared/text/analyze-text.ts';
import { standardLimits } from '#shared/text/part-limits.ts';
import type { PartLimits } from '#shared/text/part-limits.ts';

const unitsOf = (text: string, options = {}) =>
  analyzeText(text, options).segments.map(({ units }) => units);

describe('the limits of a part', () => {
  test.each([
    ['160 letters', 'a'.repeat(160), [160], 0],
    ['161 letters', 'a'.repeat(161), [153, 8], 145],
    ['306 letters', 'a'.repeat(306), [153, 153], 0],
    ['307 letters', 'a'.repeat(307), [153, 153, 1], 152],
    ['80 euro signs', '€'.repeat(80), [160], 0],
    ['81 euro signs', '€'.repeat(81), [152, 10], 143],
    ['153 euro signs, 3 parts and not 306 / 153', '€'.repeat(153), [152, 152, 2], 151],
    ['70 Cyrillic letters', 'я'.repeat(70), [70], 0],
    ['71 Cyrillic letters', 'я'.repeat(71), [67, 4], 63],
    ['35 emoji', '😀'.repeat(35), [70], 0],
    ['36 emoji', '😀'.repeat(36), [66, 6], 61],
    ['67 emoji, 3 parts and not 134 / 67', '😀'.repeat(67), [66, 66, 2], 65],
    ['an escape pair that would straddle', `${'a'.repeat(152)}€${'b'.repeat(20)}`, [152, 22], 131],
    ['a surrogate pair that would straddle', `${'я'.repeat(66)}😀яяя`, [66, 5], 62],
    ['CR LF, two septets', `${'a'.repeat(159)}\r\n`, [153, 8], 145],
  ])('%s', (_, ...[text, units, remaining]) => {
    const analysis = analyzeText(text);
    expect(analysis.segments.map((segment) => segment.units)).toEqual(units);
    expect(analysis.remaining).toBe(remaining);
    expect(analysis.segments.map((segment) => segment.text).join('')).toBe(text);
  });

  it('makes no segment of an empty text', () => {
    expect(analyzeText('')).toEqual({
      encoding: 'GSM-7',
      segments: [],
      units: 0,
      remaining: 160,
      culprits: [],
    });
  });

  it('leaves one unit less with a 16-bit reference', () => {
    const options = { reference: '16-bit' } as const;
    expect(unitsOf('a'.repeat(305), options)).toEqual([152, 152, 1]);
    expect(unitsOf('я'.repeat(133), options)).toEqual([66, 66, 1]);
  });
});

describe('the encoding', () => {
  test.each([
    ['plain', 'Hello', 'GSM-7'],
    ['a form feed', 'a\fb', 'GSM-7'],
    ['É and Ç', 'ÉÇ', 'GSM-7'],
    ['ç', 'ç', 'UCS-2'],
    ['á', 'á', 'UCS-2'],
    ['À', 'À', 'UCS-2'],
    ['é composed', '\u00E9', 'GSM-7'],
    ['é decomposed', 'e\u0301', 'UCS-2'],
    ['a back-tick', '`', 'UCS-2'],
    ['a tab', '\t', 'UCS-2'],
    ['NUL, which is not @', '\0', 'UCS-2'],
    ['a literal escape', '\u001B', 'UCS-2'],
    ['a Greek capital that looks Latin', '\u0391', 'UCS-2'],
    ['the ohm sign', '\u2126', 'UCS-2'],
    ['a lone high surrogate', 'a\uD83D', 'UCS-2'],
    ['a lone low surrogate', '\uDE00a', 'UCS-2'],
  ])('of %s', (_, text, encoding) => {
    expect(analyzeText(text).encoding).toBe(encoding);
  });

  it('counts a bracket or a euro sign as one unit once the text is UCS-2', () => {
    expect(analyzeText('я[€]').units).toBe(4);
  });

  it('is turned by one stranger anywhere in the text', () => {
    for (let at = 0; at <= 300; at += 1) {
      const text = `${'a'.repeat(at)}’${'b'.repeat(300 - at)}`;
      expect(analyzeText(text)).toMatchObject({ encoding: 'UCS-2', units: 301 });
      expect(analyzeText(text).culprits).toHaveLength(1);
      expect(analyzeText(text).culprits[0]?.index).toBe(at);
    }
  });
});

describe('a lone surrogate', () => {
  it('counts one unit and never pairs across a cut', () => {
    expect(unitsOf(`${'я'.repeat(66)}\uD83D\uD83D\uDE00${'я'.repeat(10)}`)).toEqual([67, 12]);
    expect(unitsOf(`${'\uDE00'.repeat(67)}\uDE00яяя`)).toEqual([67, 4]);
  });
});

describe('a carrier with limits of its own', () => {
  const asciiOnly: PartLimits = {
    alphabet: 'ascii',
    gsm7: { single: 160, multi: 140 },
    ucs2: { single: 70, multi: 70 },
  };

  it('counts every ASCII character once and turns on é and £', () => {
    expect(unitsOf('a[]{}~'.repeat(26), { limits: asciiOnly })).toEqual([156]);
    expect(unitsOf('a'.repeat(161), { limits: asciiOnly })).toEqual([140, 21]);
    const accented = analyzeText(`£é${'a'.repeat(139)}`, { limits: asciiOnly });
    expect(accented.encoding).toBe('UCS-2');
    expect(accented.segments.map(({ units }) => units)).toEqual([70, 70, 1]);
    expect(accented.culprits.map(({ character }) => character)).toEqual(['£', 'é']);
  });

  test.each([
    ['gsm7.multi is 1', { ...asciiOnly, gsm7: { single: 160, multi: 1 } }],
    ['ucs2.single is 0.5', { ...asciiOnly, ucs2: { single: 0.5, multi: 67 } }],
    ['ucs2.multi is NaN', { ...asciiOnly, ucs2: { single: 70, multi: Number.NaN } }],
  ])('is refused when limits.%s', (field, limits) => {
    expect(() => analyzeText('a', { limits })).toThrow(field);
  });

  it('has the standard limits by name', () => {
    expect(standardLimits['8-bit'].gsm7).toEqual({ single: 160, multi: 153 });
    expect(standardLimits['16-bit'].ucs2).toEqual({ single: 70, multi: 66 });
  });
});

describe('the result', () => {
  const text = 'Don’t 😀';
  const culprits = [
    { index: 3, character: '’', codePoint: 'U+2019', replacement: "'", lengthens: false },
    { index: 6, character: '😀', codePoint: 'U+1F600', replacement: undefined, lengthens: false },
  ];

  it('lists its culprits however it is read', () => {
    expect(analyzeText(text).culprits).toEqual(culprits);
    expect({ ...analyzeText(text) }.culprits).toEqual(culprits);
    expect(structuredClone(analyzeText(text)).culprits).toEqual(culprits);
    expect(Object.keys(analyzeText(text))).toEqual([
      'encoding',
      'segments',
      'units',
      'remaining',
      'culprits',
    ]);
    expect(JSON.parse(JSON.stringify(analyzeText(text)))).toMatchObject({
      culprits: [{ index: 3 }, { index: 6 }],
    });
  });

  it('gives the same list of culprits at every reading, of a frozen result too', () => {
    const analysis = analyzeText(text);
    expect(analysis.culprits).toBe(analysis.culprits);
    expect(Object.freeze(analyzeText(text)).culprits).toEqual(culprits);
  });

  it('names culprits across segments by their place in the whole text', () => {
    const long = `${'a'.repeat(100)}–${'b'.repeat(50)}–`;
    expect(analyzeText(long).culprits.map(({ index }) => index)).toEqual([100, 151]);
  });
});
