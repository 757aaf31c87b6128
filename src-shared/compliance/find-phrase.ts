const letters = /[\p{L}\p{N}]/u;

/** Where a phrase stands in a text as whole words, whatever stands between its words; null where it does not. */
export function findPhrase(
  text: string,
  phrase: string,
): { readonly from: number; readonly to: number } | null {
  const wanted = phrase.split(' ');
  // Most phrases are in no text, and looking for their first word costs next to nothing.
  if (!text.toLowerCase().includes(wanted[0] ?? '')) return null;
  const words = wordsOf(text);
  const at = words.findIndex((_word, index) =>
    wanted.every((each, ahead) => words[index + ahead]?.word === each),
  );
  const [first, last] = [words[at], words[at + wanted.length - 1]];
  return at < 0 || first === undefined || last === undefined
    ? null
    : { from: first.from, to: last.from + last.word.length };
}

/** The words of a text in lower case, with where they begin. */
function wordsOf(text: string): { readonly word: string; readonly from: number }[] {
  const words: { word: string; from: number }[] = [];
  let from = -1;
  for (let at = 0; at <= text.length; at += 1) {
    const isLetter = at < text.length && letters.test(text.charAt(at));
    if (isLetter && from < 0) from = at;
    if (isLetter || from < 0) continue;
    words.push({ word: text.slice(from, at).toLowerCase(), from });
    from = -1;
  }
  return words;
}
