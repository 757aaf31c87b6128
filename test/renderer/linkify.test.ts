import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { linkify } from '#renderer/thread/linkify.ts';

const links = (text: string) =>
  linkify(text).flatMap((piece) => (piece.kind === 'link' ? [piece] : []));

describe('linkify', () => {
  it('finds http and https links and leaves the punctuation after them', () => {
    expect(linkify('See https://example.com/a?b=1, or (http://other.example/x).')).toEqual([
      { kind: 'words', text: 'See ' },
      {
        kind: 'link',
        href: 'https://example.com/a?b=1',
        shown: 'https://example.com/a?b=1',
        host: 'example.com',
        disguised: false,
      },
      { kind: 'words', text: ', or (' },
      expect.objectContaining({ kind: 'link', shown: 'http://other.example/x' }),
      { kind: 'words', text: ').' },
    ]);
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'file:///etc/passwd',
    'ftp://example.com/x',
    'vbscript:msgbox',
    'www.example.com',
    'example.com/path',
    'mail@example.com',
    'https://',
    'http:// example.com',
    'https://[',
  ])('makes no link of %s', (text) => {
    expect(links(text)).toEqual([]);
  });

  it('tells the true host where the link hides it', () => {
    expect(links('http://bank.example@evil.example/login')).toMatchObject([
      { host: 'evil.example', disguised: true },
    ]);
    expect(links('https://аpple.com/id')).toMatchObject([
      { host: 'xn--pple-43d.com', disguised: true },
    ]);
    expect(links('https://EXAMPLE.com/x')).toMatchObject([
      { host: 'example.com', disguised: false },
    ]);
    expect(links('https://example.com:8443/x')).toMatchObject([
      { host: 'example.com:8443', disguised: false },
    ]);
  });

  it('makes direction marks and invisible characters in a link visible', () => {
    const [link] = links('https://example.com/\u202egpj.exe\u200b/x');
    expect(link).toMatchObject({ disguised: true });
    expect(link?.shown).toBe('https://example.com/[U+202E]gpj.exe[U+200B]/x');
  });

  it('loses nothing: the pieces joined are the text, except what was made visible', () => {
    const wordsOrLink = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(' https://example.com/a ', ' http://a.example ', '\n'),
    );
    fc.assert(
      fc.property(fc.array(wordsOrLink, { maxLength: 6 }), (parts) => {
        const text = parts.join('');
        const joined = linkify(text)
          .map((piece) => (piece.kind === 'words' ? piece.text : piece.shown))
          .join('');
        if (!links(text).some(({ disguised }) => disguised)) expect(joined).toBe(text);
      }),
    );
  });

  it('stays quick on a long text', () => {
    const text = 'https://'.repeat(20_000);
    const started = performance.now();
    linkify(text);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
