import type { Stretch } from './stretch.ts';

const words = /\S+/gu;

const label = String.raw`[\p{L}\p{N}-]+`;
const inMailbox = String.raw`[\p{L}\p{N}._%+'’-]`;

/**
 * Where a link begins in a word: a scheme, "www.", a mail address, or a domain with a path. Looking
 * behind keeps the search linear on a long run of letters.
 */
const linkStart = new RegExp(
  [
    'https?://',
    String.raw`(?<![\p{L}\p{N}])www\.`,
    String.raw`(?<!${inMailbox})${inMailbox}+@${label}\.`,
    String.raw`(?<!${inMailbox})${label}(?:\.${label})*\.\p{L}{2,}/`,
  ].join('|'),
  'iu',
);

/** Punctuation, closing quotes and invisible characters that follow a link rather than end it. */
const afterLink = /[\p{P}\p{Cf}\u{FE0F}]$/u;
const endsLink = /[/_%&#-]$/u;

const linkEnd = (word: string, start: number): number => {
  let end = word.length;
  while (end > start) {
    const kept = word.slice(end - 1, end);
    if (!afterLink.test(kept) || endsLink.test(kept)) break;
    end -= 1;
  }
  return end;
};

/**
 * The links and mail addresses in a text, in order. Replacing a character in one would change where it
 * leads.
 */
export function findLinks(text: string): readonly Stretch[] {
  const links: Stretch[] = [];
  if (!/[/@]|www\./iu.test(text)) return links;
  for (const { 0: word, index } of text.matchAll(words)) {
    const found = linkStart.exec(word);
    if (found === null) continue;
    links.push({ start: index + found.index, end: index + linkEnd(word, found.index) });
  }
  return links;
}
