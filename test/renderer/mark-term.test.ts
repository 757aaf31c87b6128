import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { markTerm } from '#renderer/search/mark-term.ts';

const marked = (text: string, query: string): string =>
  markTerm(text, query)
    .map((stretch) => (stretch.marked ? `[${stretch.text}]` : stretch.text))
    .join('');

describe('markTerm', () => {
  it.each([
    ['Invoice 2210', 'invoice', '[Invoice] 2210'],
    ['Invoice 2210', '22', 'Invoice [22]10'],
    ['the café', 'cafe', 'the [café]'],
    ['José said', 'jose', '[José] said'],
    ['a claim', '"a claim"', '[a claim]'],
    ['reclaim', 'claim', 'reclaim'],
    ['one two', 'two one', '[one] [two]'],
    ['nothing here', 'zebra', 'nothing here'],
    ['x', '...', 'x'],
    ['a  b\nc', 'c', 'a b [c]'],
  ])('marks in %j what %j looks for', (text, query, result) => {
    expect(marked(text, query)).toBe(result);
  });

  it('begins shortly before the first mark, so that it is seen', () => {
    expect(marked(`${'word '.repeat(40)}target and on`, 'target')).toBe(
      '…word word [target] and on',
    );
  });

  it('never throws and adds nothing but the ellipsis', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (text, query) => {
        const joined = markTerm(text, query)
          .map((stretch) => stretch.text)
          .join('');
        expect(text.replaceAll(/\s+/gu, ' ')).toContain(joined.replace(/^…/u, ''));
      }),
    );
  });
});
