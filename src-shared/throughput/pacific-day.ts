import { addDays, localTimeAt, momentOf } from '../compliance/local-clock.ts';

const pacific = 'America/Los_Angeles';

/** The day in the zone by which T-Mobile counts, as `2026-11-21`; such names sort as the days do. */
export function pacificDay(at: number): string {
  const { year, month, day } = localTimeAt(at, pacific);
  return `${year}-${two(month)}-${two(day)}`;
}

/** When that day ends: the next midnight of the Pacific zone, milliseconds since 1970. */
export function endOfPacificDay(at: number): number {
  return momentOf(addDays(localTimeAt(at, pacific), 1), 0, pacific);
}

const two = (value: number): string => String(value).padStart(2, '0');
