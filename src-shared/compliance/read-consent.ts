import {
  courtesyWords,
  helpKeywords,
  optInKeywords,
  optOutKeywords,
  plainOptOutKeywords,
} from './consent-words.ts';
import { isLikelyOptOut } from './likely-opt-out.ts';
import { normaliseReply } from './normalise-reply.ts';

/**
 * What a text in says about consent.
 * `opt-out`: ends it at once, whoever reads it. `likely-opt-out`: reads like that wish, so pending texts are held and a
 * person is asked. `help`: wants to know who this is. `opt-in`: gives consent again where it had been taken away.
 */
export type ConsentReading =
  | { readonly kind: 'opt-out'; readonly keyword: string }
  | { readonly kind: 'help'; readonly keyword: string }
  | { readonly kind: 'opt-in'; readonly keyword: string }
  | { readonly kind: 'likely-opt-out' }
  | { readonly kind: 'none' };

/** The longest reply that is looked at word by word for keywords alone: past it, it is a sentence. */
const longestKeywordReply = 6;

/**
 * Reads a reply. A keyword counts where the whole reply is nothing but keywords, written in whatever way, or a plain one with
 * courtesy around it ("STOP PLEASE"). Opt-out comes before help, and help before opt-in.
 */
export function readConsent(body: string): ConsentReading {
  const reply = normaliseReply(body);
  const keyword = keywordOf(reply.words, optOutKeywords, plainOptOutKeywords);
  if (keyword !== null) return { kind: 'opt-out', keyword };
  const help = keywordOf(reply.words, helpKeywords, helpKeywords);
  if (help !== null) return { kind: 'help', keyword: help };
  const isPoliteKeyword = keywordOf(reply.words, optOutKeywords, optOutKeywords) !== null;
  if (isPoliteKeyword || isLikelyOptOut(reply)) return { kind: 'likely-opt-out' };
  const again = keywordOf(reply.words, optInKeywords, optInKeywords);
  if (again !== null) return { kind: 'opt-in', keyword: again };
  return { kind: 'none' };
}

/** The keyword a reply consists of: closed up, alone, repeated or beside others; or a plain one amid courtesy. */
function keywordOf(
  words: readonly string[],
  keywords: ReadonlySet<string>,
  plain: ReadonlySet<string>,
): string | null {
  if (words.length === 0 || words.length > longestKeywordReply) return null;
  const closedUp = words.join('');
  if (keywords.has(closedUp)) return closedUp;
  const telling = words.filter((word) => !courtesyWords.has(word));
  const isPolite = telling.length < words.length;
  const found = keywordsAmong(telling, isPolite ? plain : keywords);
  return found[0] ?? null;
}

/** All of these words as keywords, two of which may make one (`opt out`); none where a word is left over. */
function keywordsAmong(words: readonly string[], keywords: ReadonlySet<string>): string[] {
  const found: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const one = words[at] ?? '';
    const two = one + (words[at + 1] ?? '');
    if (keywords.has(two) && two !== one) {
      found.push(two);
      at += 1;
    } else if (keywords.has(one) || isAnyKeyword(one)) found.push(one);
    else return [];
  }
  return found.filter((word) => keywords.has(word));
}

/** "STOP HELP" is an opt-out: a second keyword is no other matter. */
const isAnyKeyword = (word: string): boolean =>
  optOutKeywords.has(word) || helpKeywords.has(word) || optInKeywords.has(word);
