import { expect, test } from 'vitest';

import { analyzeText } from '#shared/text/analyze-text.ts';

const partsOf = (text: string, keepClusters: boolean) =>
  analyzeText(text, { keepClusters }).segments.map((segment) => segment.text);

const filler = (length: number) => 'я'.repeat(length);

test.each([
  ['a skin tone', '👍🏽', 64],
  ['a family', '👨‍👩‍👧', 60],
  ['a flag', '🇩🇪', 65],
  ['a keycap', '1\uFE0F\u20E3', 65],
  ['a letter with a mark', 'e\u0301', 66],
  ['CR LF', '\r\n', 66],
])('%s stays in one part where it would straddle two', (_, cluster, at) => {
  const text = filler(at) + cluster + filler(10);
  expect(partsOf(text, true)).toEqual([filler(at), cluster + filler(10)]);
  expect(partsOf(text, false)[0]).not.toBe(filler(at));
});

test('CR LF stays in one part in GSM-7, with escapes in the text and without', () => {
  const plain = 'a'.repeat(152);
  expect(partsOf(`${plain}\r\n${'b'.repeat(20)}`, true)).toEqual([plain, `\r\n${'b'.repeat(20)}`]);
  const escaped = `{${'a'.repeat(150)}`;
  expect(partsOf(`${escaped}\r\n${'b'.repeat(20)}`, true)).toEqual([
    escaped,
    `\r\n${'b'.repeat(20)}`,
  ]);
  expect(partsOf(`${escaped}\r\n${'b'.repeat(20)}`, false)[0]).toBe(`${escaped}\r`);
});

test('a cluster longer than a part is cut at a code point, and no part is too big', () => {
  const stacked = `${filler(3)}a${'\u0301'.repeat(150)}${filler(3)}`;
  const { segments } = analyzeText(stacked, { keepClusters: true });
  expect(segments.map(({ units }) => units)).toEqual([67, 67, 23]);
  expect(segments.map(({ text }) => text).join('')).toBe(stacked);
});

test('a text that fits one part is left whole', () => {
  expect(partsOf('👨‍👩‍👧'.repeat(8), true)).toHaveLength(1);
});
