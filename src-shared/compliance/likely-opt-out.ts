import { asksForMore, showsSign } from './find-sign.ts';
import type { NormalisedReply } from './normalise-reply.ts';
import { optOutWishes } from './opt-out-wishes.ts';

/** After "stop" these say where or what, as in "stop by at 5": an ordinary sentence, not a wish. */
const stopOver: ReadonlySet<string> = new Set(
  (
    'by in at on over off here there for sign light loss payment payments and when before after until till near outside work ' +
    'working watch drinking smoking eating using taking making doing going being having getting worrying thinking the my our ' +
    'this that his her their your a an to it if is was signs lights time watch'
  ).split(' '),
);

/** Before "stop" at the end these make it something else: "can’t stop", "bus stop", "until the rain will stop". */
const noStopAfter: ReadonlySet<string> = new Set(
  'dont cant wont cannot not never to bus truck pit rest next last full train the a my our one will would should non un and tab'.split(
    ' ',
  ),
);

const longestCurtReply = 4;
const curtKeywords: ReadonlySet<string> = new Set(['stop', 'stopp', 'alto']);

/** Does this reply read like a wish to hear no more, though it is no keyword? */
export function isLikelyOptOut(reply: NormalisedReply): boolean {
  const text = reply.words.join(' ');
  const telling = reply.sentences.filter((sentence) => !asksForMore(sentence));
  if (telling.length === 0) return false;
  return (
    optOutWishes.some((wish) => wish.test(text)) || hasCurtStop(reply) || telling.some(showsSign)
  );
}

/** "STOP. I already paid", "get off my phone, STOP", "stop man": alone in a sentence, shouted, or in a very short reply. */
function hasCurtStop({ words, sentences, shouted }: NormalisedReply): boolean {
  const stands = sentences.some(([word, ...more]) => more.length === 0 && isCurt(word));
  if (stands) return true;
  if (shouted.some(isCurt) && words.some((_, at) => standsAlone(words, at))) return true;
  const isShort = words.length > 1 && words.length <= longestCurtReply;
  return isShort && (standsAlone(words, 0) || standsAlone(words, words.length - 1));
}

const isCurt = (word: string | undefined): boolean => word !== undefined && curtKeywords.has(word);

/** Is the word at this place a "stop" that goes with neither of its neighbours? */
function standsAlone(words: readonly string[], at: number): boolean {
  const [before = '', after = ''] = [words[at - 1], words[at + 1]];
  return isCurt(words[at]) && !noStopAfter.has(before) && !stopOver.has(after);
}
