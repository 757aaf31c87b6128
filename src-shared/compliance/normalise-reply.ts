/** Zero-width characters, joiners, direction marks and soft hyphens: invisible, and often pasted along. */
const invisible = /\p{Cf}+/gu;
const marks = /\p{M}+/gu;
/** What an address says is not what its sender says. */
const addresses = /https?:\/\/\S+/giu;
const apostrophes = /['’‘ʼ`´]/gu;
/** Between two words; everything that is no letter and no digit separates. */
const separators = /[^\p{L}\p{N}]+/u;

/** A reply taken apart for comparing: its words in order, and the same for each sentence. */
export type NormalisedReply = {
  readonly words: readonly string[];
  readonly sentences: readonly (readonly string[])[];
  /** Words in capitals among others that are not. */
  readonly shouted: readonly string[];
};

/**
 * Takes away what does not change what a reply means: case, accents, full-width forms, punctuation, quotes, emoji, space,
 * invisible characters. Apostrophes close up, so that "don’t" is "dont".
 */
export function normaliseReply(body: string): NormalisedReply {
  const bare = body
    .replace(addresses, ' ')
    .normalize('NFKD')
    .replace(invisible, '')
    .replace(marks, '')
    .replace(apostrophes, '');
  const plain = bare.toLowerCase();
  const sentences = plain
    .split(/[.!?…\n\r]+/u)
    .map(wordsOf)
    .filter((words) => words.length > 0);
  const isMixed = /\p{Ll}/u.test(bare);
  const shouted = isMixed
    ? bare.split(separators).filter((word) => /^\p{Lu}{2,}$/u.test(word))
    : [];
  return { words: wordsOf(plain), sentences, shouted: shouted.map((word) => word.toLowerCase()) };
}

const wordsOf = (text: string): string[] => text.split(separators).filter((word) => word !== '');
