import { createHash } from 'node:crypto';

type Word = string | number;

function digest(words: readonly Word[]): Buffer {
  return createHash('sha256').update(JSON.stringify(words)).digest();
}

/** A fraction from 0 up to 1 that looks like chance and is the same for the same words. */
export function fractionOf(...words: readonly Word[]): number {
  return digest(words).readUIntBE(0, 6) / 2 ** 48;
}

/** One of the choices, the same for the same words. */
export function pick<Choice>(
  choices: readonly [Choice, ...Choice[]],
  words: readonly Word[],
): Choice {
  return choices[Math.floor(fractionOf(...words) * choices.length)] ?? choices[0];
}

/** An id such as `msg_3f…`, the same for the same words. */
export function idOf(kind: string, ...words: readonly Word[]): string {
  return `${kind}_${digest([kind, ...words])
    .toString('hex')
    .slice(0, 24)}`;
}
