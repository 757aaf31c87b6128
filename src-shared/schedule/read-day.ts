import { type LocalDate, type LocalTime, addDays, weekdayOf } from '../compliance/local-clock.ts';

/**
 * A day found among words. `open` says that a later one of the same name is meant where this one is past: a weekday comes back
 * after seven days, a date after a year.
 */
export type Day = {
  readonly date: LocalDate;
  readonly open: 'week' | 'year' | null;
  readonly rest: string;
};

const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const month = `(${months.join('|')})[a-z]*\\.?`;
const dayOfMonth = '(\\d{1,2})(?:st|nd|rd|th)?';
const year = '(?:,?\\s+(20\\d{2}))?';

const monthFirst = new RegExp(`\\b${month}\\s+${dayOfMonth}\\b(?![:.])${year}(?![:\\d])`, 'u');
const dayFirst = new RegExp(`\\b${dayOfMonth}\\s+${month}${year}(?![:\\d])`, 'u');
const slashed = /(?<!\d)(\d{1,2})\/(\d{1,2})(?:\/(20\d{2}))?(?!\d)/u;
const dashed = /(?<!\d)(20\d{2})-(\d{2})-(\d{2})(?!\d)/u;
const weekday = new RegExp(
  `\\b(?:(next|this)\\s+)?(${weekdays.join('|')})(?:day|s|sday|nesday|rs|rsday|urday)?\\b`,
  'u',
);

/** Finds the day in lower-case words, by the clock that shows `today`; null where there is none, `impossible` for Feb 30. */
export function readDay(words: string, today: LocalTime): Day | null | 'impossible' {
  return readNear(words, today) ?? readDate(words, today) ?? readWeekday(words, today);
}

function readNear(words: string, today: LocalDate): Day | null {
  const found = /\b(today|tomorrow|tmrw)\b/u.exec(words);
  if (found === null) return null;
  const date = addDays(today, found[1] === 'today' ? 0 : 1);
  return { date, open: null, rest: without(words, found) };
}

type Found = { readonly found: RegExpExecArray; readonly parts: readonly (string | undefined)[] };

/* Month, day and year, whichever way they were written. */
function findDate(words: string): Found | null {
  const iso = dashed.exec(words);
  if (iso !== null) return { found: iso, parts: [iso[2], iso[3], iso[1]] };
  const first = monthFirst.exec(words) ?? slashed.exec(words);
  if (first !== null) return { found: first, parts: [first[1], first[2], first[3]] };
  const last = dayFirst.exec(words);
  return last && { found: last, parts: [last[2], last[1], last[3]] };
}

function readDate(words: string, today: LocalDate): Day | null | 'impossible' {
  const date = findDate(words);
  if (date === null) return null;
  const [name = '', day, inYear] = date.parts;
  const named = months.indexOf(name);
  const wanted = {
    year: Number(inYear ?? today.year),
    month: named === -1 ? Number(name) : named + 1,
    day: Number(day),
  };
  if (!exists(wanted)) return 'impossible';
  return {
    date: wanted,
    open: inYear === undefined ? 'year' : null,
    rest: without(words, date.found),
  };
}

/* The leap day exists in some year, which is then looked for. */
const exists = ({ year: inYear, month: inMonth, day }: LocalDate): boolean => {
  const leap = inMonth === 2 && day === 29 ? 2028 : inYear;
  const made = new Date(Date.UTC(leap, inMonth - 1, day));
  return made.getUTCMonth() === inMonth - 1 && made.getUTCDate() === day && inMonth >= 1;
};

function readWeekday(words: string, today: LocalDate): Day | null {
  const found = weekday.exec(words);
  if (found === null) return null;
  const ahead = (weekdays.indexOf(found[2] ?? '') - weekdayOf(today) + 7) % 7;
  const date = addDays(today, ahead === 0 && found[1] === 'next' ? 7 : ahead);
  return { date, open: 'week', rest: without(words, found) };
}

const without = (words: string, { 0: whole, index }: RegExpExecArray): string =>
  `${words.slice(0, index)} ${words.slice(index + whole.length)}`;
