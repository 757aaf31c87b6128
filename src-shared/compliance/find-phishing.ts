import type { ContentFinding } from './content-finding.ts';
import { contentTables } from './content-tables.ts';
import { type FoundLink, findLinks, hostOf } from './find-links.ts';
import { findPhrase } from './find-phrase.ts';

const { programEndings, secretWords, urgentWords } = contentTables;

type Shape = readonly [is: (link: FoundLink) => boolean, words: string];

const octets = /^\d{1,3}(?:\.\d{1,3}){3}$/u;
const shapes: readonly Shape[] = [
  [
    ({ authority }) => authority.includes('@'),
    'A link hides where it goes behind a name and an @.',
  ],
  [
    (link) => octets.test(hostOf(link)) || hostOf(link).startsWith('['),
    'A link goes to a bare IP address instead of a name.',
  ],
  [
    (link) => hostOf(link).split('.').some(isDisguised),
    'A link’s name is written with letters that look like others.',
  ],
  [
    ({ authority }) => /:\d+$/u.test(authority) && !/:(?:80|443)$/u.test(authority),
    'A link goes to an unusual port.',
  ],
  [
    ({ path }) => programEndings.some((ending) => path.toLowerCase().endsWith(`.${ending}`)),
    'A link downloads a program.',
  ],
];

/* Punycode, or Latin letters beside Greek or Cyrillic ones in the same part. */
const isDisguised = (label: string): boolean =>
  label.startsWith('xn--') ||
  (/\p{Script=Latin}/u.test(label) && /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(label));

/** What looks like phishing to a carrier's filter: how a link is made, and haste beside a link beside a secret. */
export function findPhishing(text: string): ContentFinding[] {
  const links = findLinks(text);
  const byShape = links.flatMap((link) =>
    shapes
      .filter(([is]) => is(link))
      .map(([, words]) => ({ rule: 'phishing', from: link.from, to: link.to, words }) as const),
  );
  return [...byShape, ...findPressure(text, links)];
}

function findPressure(text: string, [link]: readonly FoundLink[]): ContentFinding[] {
  if (link === undefined) return [];
  const isUrgent = urgentWords.some((word) => findPhrase(text, word) !== null);
  const isSecret = secretWords.some((word) => findPhrase(text, word) !== null);
  if (!isUrgent || !isSecret) return [];
  const words = 'Haste, a link and words about an account or password together read like phishing.';
  return [{ rule: 'phishing', from: link.from, to: link.to, words }];
}
