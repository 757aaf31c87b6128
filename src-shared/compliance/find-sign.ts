import { conceptsOf, joined } from './wish-concepts.ts';
import { wishesForMore, wishSigns } from './wish-signs.ts';

type Step = { readonly oneOf: ReadonlySet<string>; readonly gap: number; readonly isBan: boolean };

const edges = ['^', '$'];
const signs: readonly (readonly Step[])[] = wishSigns.map(stepsOf);
const moreSigns: readonly (readonly Step[])[] = wishesForMore.map(stepsOf);

/** Does a sentence show a sign of the wish to hear no more? Takes time in proportion to its words. */
export function showsSign(sentence: readonly string[]): boolean {
  return showsAny(signs, sentence);
}

/** "Don't stop texting me", "keep sending these", "why did you stop" ask for more. */
export function asksForMore(sentence: readonly string[]): boolean {
  return showsAny(moreSigns, sentence);
}

/** Most signs want a word that is not there at all, which is soon seen. */
function showsAny(wanted: readonly (readonly Step[])[], sentence: readonly string[]): boolean {
  const words = withEdges(sentence);
  const present = new Set(words.flatMap((word) => [word, ...(conceptsOf.get(word) ?? [])]));
  if (words.length > edges.length) present.add('.');
  const mayMatch = ({ isBan, oneOf }: Step): boolean =>
    isBan || [...oneOf].some((each) => present.has(each));
  return wanted.some((steps) => steps.every(mayMatch) && matches(steps, words));
}

const withEdges = (sentence: readonly string[]): string[] => ['^', ...joinPairs(sentence), '$'];

function stepsOf(sign: readonly string[]): Step[] {
  const steps: Step[] = [];
  let gap = 0;
  for (const part of sign) {
    if (/^\d$/u.test(part)) gap = Number(part);
    else {
      const isBan = part.startsWith('!');
      steps.push({ oneOf: new Set(part.replace('!', '').split('/')), gap, isBan });
      gap = 0;
    }
  }
  return steps;
}

/** Walks all places at once that the steps so far may have led to, so that no place is tried twice. */
function matches(steps: readonly Step[], words: readonly string[]): boolean {
  let ends: readonly number[] = words.map((_, at) => at - 1);
  for (const step of steps) {
    const next = new Set(ends.flatMap((end) => reached(step, words, end)));
    if (next.size === 0) return false;
    ends = [...next];
  }
  return true;
}

function reached(step: Step, words: readonly string[], end: number): number[] {
  if (step.isBan) return standsFor(words[end + 1], step.oneOf) ? [] : [end];
  const found: number[] = [];
  for (let at = end + 1; at <= end + 1 + step.gap; at += 1) {
    if (standsFor(words[at], step.oneOf)) found.push(at);
  }
  return found;
}

function standsFor(word: string | undefined, oneOf: ReadonlySet<string>): boolean {
  if (word === undefined) return false;
  if (oneOf.has(word) || (oneOf.has('.') && !edges.includes(word))) return true;
  const concepts = conceptsOf.get(word);
  return concepts !== undefined && [...concepts].some((concept) => oneOf.has(concept));
}

function joinPairs(words: readonly string[]): string[] {
  const result: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const pair = joined[`${words[at]} ${words[at + 1]}`];
    result.push(pair ?? words[at] ?? '');
    if (pair !== undefined) at += 1;
  }
  return result;
}
