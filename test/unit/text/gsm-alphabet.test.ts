import { describe, expect, it, test } from 'vitest';

import { decodeGsm } from '#shared/text/decode-gsm.ts';
import { encodeGsm } from '#shared/text/encode-gsm.ts';
import { gsmDefaultAlphabet } from '#shared/text/gsm-default-alphabet.ts';
import { gsmExtension } from '#shared/text/gsm-extension.ts';
import { septetCosts } from '#shared/text/gsm-septets.ts';

const charactersOf = (table: Uint16Array): string[] =>
  Array.from(table, (unit) => (unit === 0 ? '' : String.fromCharCode(unit))).filter(Boolean);

describe('the alphabet', () => {
  it('has 127 characters and 10 behind the escape, each once', () => {
    const all = [...charactersOf(gsmDefaultAlphabet), ...charactersOf(gsmExtension)];
    expect(charactersOf(gsmDefaultAlphabet)).toHaveLength(127);
    expect(charactersOf(gsmExtension).join('')).toBe('\f^{}\\[~]|€');
    expect(new Set(all).size).toBe(137);
    expect(septetCosts.filter((cost) => cost > 0)).toHaveLength(137);
  });

  it('comes back through its septets, every character', () => {
    for (const character of [...charactersOf(gsmDefaultAlphabet), ...charactersOf(gsmExtension)]) {
      const septets = encodeGsm(character);
      expect(septets).toHaveLength(septetCosts[character.charCodeAt(0)] ?? 0);
      expect(decodeGsm(septets)).toBe(character);
    }
  });

  test.each([
    ['@', [0x00]],
    ['Δ', [0x10]],
    ['à', [0x7f]],
    ['Ç', [0x09]],
    ['€', [0x1b, 0x65]],
    ['\f', [0x1b, 0x0a]],
    ['a|b', [0x61, 0x1b, 0x40, 0x62]],
  ])('%j as septets', (text, septets) => {
    expect([...encodeGsm(text)]).toEqual(septets);
  });

  test.each([
    ['a’', 'text[1] is U+2019'],
    ['\0', 'text[0] is U+0000'],
    ['\u001B', 'text[0] is U+001B'],
    ['😀', 'text[0] is U+D83D'],
  ])('%j has none', (text, complaint) => {
    expect(() => encodeGsm(text)).toThrow(complaint);
  });
});

describe('decoding', () => {
  test.each([
    ['an unknown escape pair as the second code', [0x1b, 0x41], 'A'],
    ['a second escape as a space', [0x1b, 0x1b, 0x41], ' A'],
    ['a trailing escape as nothing', [0x41, 0x1b], 'A'],
    ['the reserved control behind an escape as the default has it', [0x1b, 0x0d], '\r'],
    ['code 0 as @', [0x00], '@'],
    ['nothing', [], ''],
  ])('%s', (_, septets, text) => {
    expect(decodeGsm(Uint8Array.from(septets))).toBe(text);
  });

  it('never fails, whatever the octets', () => {
    for (let code = 0; code < 256; code += 1) {
      expect(decodeGsm(Uint8Array.of(code, 0x1b, code))).not.toContain('\0');
    }
  });
});
