import { expect, test } from 'vitest';

import { readJson } from '#main/http/read-json.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

test('reads JSON, with or without a byte order mark', () => {
  expect(readJson(bytes('{"a":[1,"ü"]}'))).toEqual({ a: [1, 'ü'] });
  expect(readJson(bytes('\u{feff}[]'))).toEqual([]);
  expect(readJson(bytes('null'))).toBeNull();
});

test.each([
  ['nothing', bytes('')],
  ['not JSON', bytes('{"a":')],
  ['invalid UTF-8', Uint8Array.of(0x22, 0xff, 0x22)],
  ['33 levels', bytes(nested(33))],
  ['10,000 levels', bytes(nested(10_000))],
])('does not read %s', (_what, input) => {
  expect(readJson(input)).toBeUndefined();
});

test('reads 32 levels, and brackets within strings are no levels', () => {
  expect(readJson(bytes(nested(32)))).toBeDefined();
  const text = JSON.stringify({ text: `\\"${'[{'.repeat(1_000)}` });
  expect(readJson(bytes(text))).toEqual(JSON.parse(text));
});

test('a key named __proto__ is a key and changes no prototype', () => {
  const value = readJson(bytes('{"__proto__":{"polluted":true}}'));
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  expect({}).not.toHaveProperty('polluted');
});
