import { readMicros } from '../provider/read-micros.ts';
import type { MoneyRange } from './rate-card.ts';

/** Money as a person writes it: "0.0083", "$0.003 – 0.005", "0.003-0.005". Null where it is none, or goes backwards. */
export function readRange(written: string): MoneyRange | null {
  const [from = '', to = from, ...more] = written.split(/[-–—]/u).map((part) => part.trim());
  if (from === '' || more.length > 0) return null;
  const [low, high] = [readMicros(from), readMicros(to)];
  return low === null || high === null || low > high ? null : [low, high];
}

/** A range as it is written to be edited: "0.003–0.005". */
export function writeRange([low, high]: MoneyRange): string {
  return low === high ? decimal(low) : `${decimal(low)}–${decimal(high)}`;
}

function decimal(micros: number): string {
  const digits = String(micros).padStart(7, '0');
  const fraction = digits.slice(-6).replace(/0{1,3}$/u, '');
  return `${digits.slice(0, -6)}.${fraction}`;
}
