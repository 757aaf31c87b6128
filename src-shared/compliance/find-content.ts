import type { ContentFinding } from './content-finding.ts';
import { contentTables } from './content-tables.ts';
import { findLinks, hostOf } from './find-links.ts';
import { findPhishing } from './find-phishing.ts';
import { findPhrase } from './find-phrase.ts';
import { findShaft } from './find-shaft.ts';

/** What is asked about a text's content. */
export type ContentQuestion = {
  readonly text: string;
  /** Is it our first marketing to this person? Then it must say how to end it. */
  readonly opensMarketing: boolean;
};

/** Everything about the words of a text that carriers refuse or that reads like fraud, in the order of the text. */
export function findContent({ text, opensMarketing }: ContentQuestion): ContentFinding[] {
  return [
    ...findShorteners(text),
    ...findPhishing(text),
    ...findShaft(text),
    ...(opensMarketing ? findMissingOptOut(text) : []),
  ].toSorted((a, b) => a.from - b.from);
}

function findShorteners(text: string): ContentFinding[] {
  return findLinks(text).flatMap((link) => {
    const host = hostOf(link).replace(/^www\./u, '');
    if (!contentTables.publicShorteners.has(host)) return [];
    const words = `Carriers refuse links of public shorteners such as ${host}.`;
    return [{ rule: 'shortener', from: link.from, to: link.to, words }];
  });
}

const waysOut = [
  'reply stop',
  'text stop',
  'send stop',
  'stop to',
  'unsubscribe',
  'opt out',
  'optout',
  'reply end',
];

function findMissingOptOut(text: string): ContentFinding[] {
  if (waysOut.some((word) => findPhrase(text, word) !== null)) return [];
  const words = 'A first marketing text must say how to end it, such as “Reply STOP to opt out”.';
  return [{ rule: 'opt-out-wording', from: 0, to: text.length, words }];
}
