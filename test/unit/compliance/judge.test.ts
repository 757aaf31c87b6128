import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type SendFacts, judge } from '#shared/compliance/judge.ts';
import type { Verdict } from '#shared/compliance/verdict.ts';
import { readNumber } from '#shared/phone/read-number.ts';

const from = '+15550100001';
const facts = (more: Partial<SendFacts> = {}): SendFacts => ({
  text: 'Hello',
  mediaCount: 0,
  to: readNumber('+1 555 010 0100'),
  from,
  maxTextUnits: 1_600,
  lineIsConnected: true,
  ...more,
});
const fieldOf = (verdict: Verdict): string | null =>
  verdict.kind === 'refused' ? verdict.field : null;

describe('allowed', () => {
  test.each([
    ['a plain text', {}],
    ['to a number that nobody has assigned', { to: readNumber('+1 555 999 0000') }],
    ['to a short code', { to: readNumber('72345') }],
    ['with tabs and new lines', { text: 'a\tb\r\nc' }],
    ['as long as the carrier takes', { text: 'x'.repeat(1_600) }],
    ['a picture without words', { text: '', mediaCount: 1 }],
    ['emoji, right-to-left and joiners', { text: '👩‍👩‍👧 שלום \u200f\u202e' }],
    ['markup and template marks', { text: '<script>${x}</script> {{name}} =1+1' }],
  ] as [string, Partial<SendFacts>][])('%s', (_what, more) => {
    expect(judge(facts(more))).toEqual({ kind: 'allowed' });
  });
});

describe('refused, naming the field and the cure', () => {
  test.each([
    ['line', 'no connection', { lineIsConnected: false }, /\+15550100001 is not connected/],
    ['to', 'an impossible number', { to: readNumber('12') }, /./],
    ['to', 'no number', { to: readNumber('') }, /No number yet/],
    ['to', 'the line itself', { to: readNumber(from) }, /the line itself/],
    ['to', 'the short code itself', { to: readNumber('72345'), from: '72345' }, /the line itself/],
    ['text', 'nothing', { text: '' }, /empty/],
    ['text', 'spaces alone', { text: ' \n\t\u00a0\u3000' }, /empty/],
    ['text', 'one too many', { text: 'x'.repeat(1_601) }, /1,601 characters long.*takes 1,600/],
    ['text', '100 kB', { text: 'x'.repeat(102_400) }, /102,400/],
    ['text', 'NUL', { text: 'a\0' }, /U\+0000\) at position 2/],
    ['text', 'escape', { text: '\u001b[31mred' }, /U\+001B\) at position 1/],
    ['text', 'delete', { text: 'ab\u007f' }, /U\+007F\) at position 3/],
    ['text', 'a C1 control', { text: '\u0085' }, /U\+0085\) at position 1/],
  ] as [string, string, Partial<SendFacts>, RegExp][])('%s: %s', (...given) => {
    const [field, , more, because] = given;
    const verdict = judge(facts(more));
    expect(verdict).toMatchObject({
      kind: 'refused',
      field,
      because: expect.stringMatching(because),
    });
    expect(verdict.kind === 'refused' && verdict.cure).toMatch(/^\p{Lu}.+\.$/u);
  });

  test('of several reasons the first a person can mend comes first', () => {
    const all = { lineIsConnected: false, to: readNumber(''), text: '' };
    expect(fieldOf(judge(facts(all)))).toBe('line');
    expect(fieldOf(judge(facts({ ...all, lineIsConnected: true })))).toBe('to');
    expect(fieldOf(judge(facts({ text: '' })))).toBe('text');
  });
});

test('exactly the invisible controls are refused, each wherever it stands', () => {
  const character = fc.integer({ min: 0, max: 0x2ff });
  fc.assert(
    fc.property(character, fc.nat(20), (code, at) => {
      const text = `${'x'.repeat(at)}${String.fromCharCode(code)}y`;
      const control = /[^\P{Cc}\t\n\r]/u.test(text);
      expect(judge(facts({ text })).kind).toBe(control ? 'refused' : 'allowed');
    }),
    { numRuns: 2_000 },
  );
});

test('the same facts give the same verdict, and the facts stay as they are', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, to) => {
      const given = Object.freeze(facts({ text, to: readNumber(to) }));
      expect(judge(given)).toEqual(judge({ ...given }));
    }),
  );
});
