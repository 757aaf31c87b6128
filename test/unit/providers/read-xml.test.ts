import fc from 'fast-check';
import { Window } from 'happy-dom';
import { describe, expect, it } from 'vitest';

import {
  MalformedXml,
  type XmlValue,
  readXml,
} from '#main/providers/generic-http/reply/read-xml.ts';

describe('readXml', () => {
  it.each<readonly [string, string, XmlValue]>([
    ['text', '<a>b</a>', 'b'],
    ['nothing', '<a/>', ''],
    ['nothing, at length', '<a ></a >', ''],
    ['references', '<a>&lt;&amp;&gt;&quot;&apos;&#65;&#x1F44B;</a>', '<&>"\'A👋'],
    ['CDATA', '<a>x<![CDATA[<b>&amp;]]>y</a>', 'x<b>&amp;y'],
    ['attributes', `<a b="1" c='"2"' d:e = "&lt;"/>`, { '@b': '1', '@c': '"2"', '@d:e': '<' }],
    ['text beside attributes', '<a b="1"> x </a>', { '@b': '1', '#text': ' x ' }],
    ['elements', '<a><b>1</b><c><d/></c></a>', { b: '1', c: { d: '' } }],
    ['elements of one name', '<a><b>1</b><b>2</b></a>', { b: ['1', '2'] }],
    ['a declaration and comments', '\ufeff<?xml version="1.0"?>\n<!-- < -->\n<a>1</a>\n', '1'],
    [
      'names that are not ours to have',
      '<a><__proto__>1</__proto__></a>',
      JSON.parse('{"__proto__":"1"}') as XmlValue,
    ],
  ])('reads %s', (_what, text, value) => {
    expect(readXml(text)).toEqual({ root: 'a', value });
  });

  it.each([
    ['nothing', ''],
    ['text', 'a'],
    ['text before it', 'x<a/>'],
    ['text behind it', '<a/>x'],
    ['two roots', '<a/><b/>'],
    ['an open element', '<a><b></a>'],
    ['crossed elements', '<a><b></a></b>'],
    ['an end without a beginning', '</a>'],
    ['an open tag', '<a'],
    ['an open comment', '<a><!-- </a>'],
    ['open CDATA', '<a><![CDATA[ </a>'],
    ['an attribute without quotes', '<a b=1/>'],
    ['an attribute twice', '<a b="1" b="2"/>'],
    ['a < in an attribute', '<a b="<"/>'],
    ['a bare ampersand', '<a>a & b</a>'],
    ['an entity nobody knows', '<a>&nbsp;</a>'],
    ['a reference to NUL', '<a>&#0;</a>'],
    ['a reference to half a character', '<a>&#xD800;</a>'],
    ['a reference beyond Unicode', '<a>&#x110000;</a>'],
    ['a document type', '<!DOCTYPE a><a/>'],
    ['entities of its own', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
    ['a file from outside', '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'],
    ['33 levels', `${'<a>'.repeat(33)}${'</a>'.repeat(33)}`],
  ])('refuses %s', (_what, text) => {
    expect(() => readXml(text)).toThrow(MalformedXml);
  });

  it('reads what another reader reads, from hundreds of documents', () => {
    const { document } = new Window();
    const text = fc.string({
      unit: fc.constantFrom('a', '<', '&', '"', "'", '>', ']', '👋', ' ', '\n'),
    });
    fc.assert(
      fc.property(text, text, (content, attribute) => {
        const element = document.createElementNS(null, 'a');
        element.setAttribute('b', attribute);
        element.textContent = content;
        const written = `<a b="${attribute.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')}">${element.innerHTML}</a>`;
        const beside = content.trim() === '' ? {} : { '#text': content };
        expect(readXml(written)).toEqual({ root: 'a', value: { '@b': attribute, ...beside } });
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['blanks', `<a${' '.repeat(1_000_000)}`],
    ['attributes', `<a${' b="1"'.repeat(100_000)}`],
    ['open elements', '<a>'.repeat(300_000)],
    ['ampersands', `<a>${'&'.repeat(1_000_000)}`],
    ['elements', `<a>${'<b/>'.repeat(200_000)}`],
  ])('is done soon with a million characters of %s', (_what, text) => {
    const start = performance.now();
    expect(() => readXml(text)).toThrow(MalformedXml);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});
