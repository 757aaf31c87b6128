import type { Receipt } from '../inbound/read-receipt.ts';
import type { SentText } from './part-book.ts';

const quarter = 15 * 60_000;
/** Zones differ by no more than this from that of the machine that sent, in milliseconds. */
const widestZones = 14 * 3_600_000 + quarter;
/** The carrier's clock and ours may differ by this much, and it may leave the seconds out. */
const slack = 120_000;

/** How much of a text its receipt must repeat, where it is not all of it: characters. */
const fewestWords = 8;

/** Is the receipt between the two numbers of the text? */
export function isBetween({ peer, line }: SentText, { numbers }: Receipt): boolean {
  return numbers.some((each) => each === peer) && numbers.some((each) => each === line);
}

/**
 * Is a receipt, whose id nobody knows, about this text, whose id nobody knows either? By its numbers, by how the text begins
 * and by the time at which the carrier took it. The time's zone is not told, so it counts by its place within a quarter of an
 * hour, by which all zones differ.
 */
export function isRecognised(text: SentText, receipt: Receipt): boolean {
  return (
    text.parts.length === 1 &&
    isBetween(text, receipt) &&
    beginsWith(text.words, receipt.words ?? '') &&
    isOfTime(text.at, receipt.submitted ?? '')
  );
}

function beginsWith(words: string, repeated: string): boolean {
  const [whole, some] = [words.trim(), repeated.trim()];
  return some === whole || (some.length >= fewestWords && whole.startsWith(some));
}

function isOfTime(at: number, submitted: string): boolean {
  const [year = '', month = '', day = '', ...clock] = submitted.match(/\d{2}/g) ?? [];
  if (!/^\d{10}(\d{2})?$/.test(submitted)) return false;
  const [hour = '', minute = '', second = '0'] = clock;
  const date = [2_000 + Number(year), Number(month) - 1, Number(day)] as const;
  const taken = Date.UTC(...date, Number(hour), Number(minute), Number(second));
  const apart = Math.abs(taken - at);
  const beside = Math.min(apart % quarter, quarter - (apart % quarter));
  return apart <= widestZones && beside <= slack;
}
