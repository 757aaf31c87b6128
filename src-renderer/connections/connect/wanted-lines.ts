import { formatPeer } from '#shared/phone/format-peer.ts';

import { nameOf } from '../name-of-number.ts';
import type { CarrierNumber } from '../numbers/use-numbers.ts';
import type { WantedLine } from './connecting-store.ts';

/** An account with more numbers than this is rarely wanted whole. */
const chosenUnasked = 10;
/** The longest name a line may have, in characters. */
export const longestLabel = 60;

/**
 * The lines to choose from after the carrier told its numbers: names and choices made before stay, and so does what was written
 * by hand.
 */
export function withFound(
  before: readonly WantedLine[],
  numbers: readonly CarrierNumber[],
): readonly WantedLine[] {
  const known = new Map(before.map((line) => [line.number, line]));
  const found = numbers.map((number) => {
    const line = known.get(number.number);
    known.delete(number.number);
    return line === undefined ? lineOf(number, numbers.length) : { ...line, found: number };
  });
  return [...found, ...[...known.values()].filter((line) => line.found === null)];
}

const lineOf = (number: CarrierNumber, count: number): WantedLine => ({
  number: number.number,
  label: (nameOf(number) ?? formatPeer(number.number)).slice(0, longestLabel),
  numberType: number.numberType,
  isChosen: number.sms && count <= chosenUnasked,
  found: number,
});

/** With one line changed. */
export function withLine(
  lines: readonly WantedLine[],
  number: string,
  change: Partial<WantedLine>,
): readonly WantedLine[] {
  return lines.map((line) => (line.number === number ? { ...line, ...change } : line));
}

/** With a number written by hand; one that is there already is chosen instead. */
export function withWritten(
  lines: readonly WantedLine[],
  { number, numberType }: Pick<WantedLine, 'number' | 'numberType'>,
): readonly WantedLine[] {
  if (lines.some((line) => line.number === number))
    return withLine(lines, number, { isChosen: true });
  const label = formatPeer(number);
  return [...lines, { number, label, numberType, isChosen: true, found: null }];
}

/** The lines that were chosen, as the host wants them. */
export function chosenLines(lines: readonly WantedLine[]) {
  return lines
    .filter(({ isChosen }) => isChosen)
    .map(({ number, label, numberType }) => ({
      number,
      numberType,
      label: label.trim() === '' ? formatPeer(number) : label.trim(),
    }));
}
