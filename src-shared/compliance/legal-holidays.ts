import { type LocalDate, addDays, weekdayOf } from './local-clock.ts';

const fixed: readonly (readonly [month: number, day: number])[] = [
  [1, 1],
  [6, 19],
  [7, 4],
  [11, 11],
  [12, 25],
];

/** The n-th such weekday of a month; `last` counts from its end. */
const floating: readonly {
  readonly month: number;
  readonly weekday: number;
  readonly nth: number | 'last';
}[] = [
  { month: 1, weekday: 1, nth: 3 },
  { month: 2, weekday: 1, nth: 3 },
  { month: 5, weekday: 1, nth: 'last' },
  { month: 9, weekday: 1, nth: 1 },
  { month: 10, weekday: 1, nth: 2 },
  { month: 11, weekday: 4, nth: 4 },
];

/**
 * Is this one of the eleven federal legal holidays (5 U.S.C. 6103), on its day or on the working day that stands in for it
 * where it falls on a weekend?
 */
export function isLegalHoliday(date: LocalDate): boolean {
  return isFixed(date) || isObserved(date) || isFloating(date);
}

const isFixed = ({ month, day }: LocalDate): boolean =>
  fixed.some(([inMonth, onDay]) => inMonth === month && onDay === day);

/** Saturday's is kept on Friday, Sunday's on Monday. */
function isObserved(date: LocalDate): boolean {
  const weekday = weekdayOf(date);
  if (weekday === 5) return isFixed(addDays(date, 1));
  return weekday === 1 && isFixed(addDays(date, -1));
}

function isFloating(date: LocalDate): boolean {
  return floating.some(({ month, weekday, nth }) => {
    if (date.month !== month || weekdayOf(date) !== weekday) return false;
    if (nth === 'last') return addDays(date, 7).month !== month;
    return Math.ceil(date.day / 7) === nth;
  });
}
