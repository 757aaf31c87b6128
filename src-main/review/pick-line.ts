import { listLines } from '#main/history/lines.ts';
import type { ReadableDb } from '#main/sqlite/database.ts';
import { CommandFailure } from '#shared/contract/failure.ts';
import { readNumber } from '#shared/phone/read-number.ts';

/**
 * The number of a line of ours from what a person wrote; null for null.
 * @throws {CommandFailure} where there is no such line, with those there are
 */
export function pickLine(db: ReadableDb, written: string | null): string | null {
  if (written === null) return null;
  const numbers = [...new Set(listLines(db).map((line) => line.number))];
  const meant = [written, ...readings(written)];
  const found = numbers.find((number) => meant.includes(number));
  if (found !== undefined) return found;
  throw new CommandFailure('bad-input', `There is no line ${written} here.`, {
    cure: numbers.length === 0 ? 'There are no lines yet.' : `The lines are ${numbers.join(', ')}.`,
  });
}

function readings(written: string): string[] {
  const reading = readNumber(written);
  switch (reading.kind) {
    case 'number':
      return [reading.e164];
    case 'short-code':
      return [reading.digits];
    case 'impossible':
      return [];
  }
}
