import {
  type LocalDate,
  type LocalTime,
  addDays,
  localTimeAt,
  momentOf,
} from '../compliance/local-clock.ts';
import { type Day, readDay } from './read-day.ts';
import { readTimeOfDay, tellMinutes } from './read-time-of-day.ts';

/** Now, and by which clocks a time may be told: theirs where nothing else is said. */
export type Clocks = {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** IANA zones of the recipient and of the machine the agent sits at. */
  readonly theirs: string;
  readonly ours: string;
};

/** What a person meant by the words; `notes`, `reason` and `cure` are whole sentences. */
export type When =
  | {
      readonly kind: 'at';
      /** Milliseconds since 1970, a whole minute unless it was told in steps from now. */
      readonly at: number;
      readonly notes: readonly string[];
    }
  | { readonly kind: 'unclear'; readonly reason: string; readonly cure: string };

const minuteMs = 60_000;
const yearMs = 366 * 86_400_000;
const unitMs: Readonly<Record<string, number>> = {
  m: minuteMs,
  h: 60 * minuteMs,
  d: 24 * 60 * minuteMs,
  w: 7 * 24 * 60 * minuteMs,
};
const examples = 'Write it like “tomorrow 8am”, “Mon 9:30”, “in 2 hours” or “Dec 3 at 14:00”.';
const unclear = (reason: string, cure = examples): When => ({ kind: 'unclear', reason, cure });

const step =
  /^in\s+(an?|half an|\d{1,4}(?:\.5)?)\s*(m|h|d|w)(?:in|ins|inute|inutes|r|rs|our|ours|ay|ays|eek|eeks)?$/u;
const absolute = /^\d{4}-\d{2}-\d{2}t\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:z|[+-]\d{2}:\d{2})$/u;
const whose = /\b(their|they|theirs|my|mine|our|ours|your|yours)\s*(?:time|clock)?\b/u;
const filler = /\b(at|on|the|o'clock|by|time)\b|,/gu;

/** Reads a time for later as a person writes it, by the recipient's clock unless the words say otherwise. Never in the past. */
export function readWhen(input: string, clocks: Clocks): When {
  const words = input.trim().toLowerCase().replaceAll(/\s+/gu, ' ');
  if (words === '') return unclear('No time yet.');
  const at = readStep(words, clocks.now) ?? readAbsolute(words);
  return check(at === null ? readByClock(words, clocks) : { kind: 'at', at, notes: [] }, clocks);
}

function check(when: When, { now }: Clocks): When {
  if (when.kind === 'unclear') return when;
  if (when.at <= now) return unclear('This time is past.', 'Choose a later one.');
  if (when.at > now + yearMs)
    return unclear('This is more than a year away.', 'Choose a sooner one.');
  return when;
}

function readStep(words: string, now: number): number | null {
  const found = step.exec(words);
  if (found === null) return null;
  const [, count = '', unit = ''] = found;
  const times = count === 'half an' ? 0.5 : count.startsWith('a') ? 1 : Number(count);
  return now + Math.round(times * (unitMs[unit] ?? 0));
}

const readAbsolute = (words: string): number | null => {
  if (!absolute.test(words)) return null;
  const at = Date.parse(words.toUpperCase());
  return Number.isNaN(at) ? null : at;
};

function readByClock(words: string, clocks: Clocks): When {
  const owner = whose.exec(words)?.[1] ?? 'their';
  const zone = owner.startsWith('the') ? clocks.theirs : clocks.ours;
  const today = localTimeAt(clocks.now, zone);
  const plain = words.replace(whose, ' ').replace(/(\d{4}-\d{2}-\d{2})t/u, '$1 ');
  const day = readDay(plain, today);
  if (day === 'impossible') return unclear('There is no such day.');
  const time = readTimeOfDay(day === null ? plain : day.rest);
  if (time === null)
    return day === null
      ? unclear('This is not a time that can be read.')
      : unclear('The time of day is missing.', 'Add one, such as “8am”.');
  const left = time.rest.replaceAll(filler, ' ').trim();
  if (left !== '') return unclear(`“${left}” could not be read.`);
  const notes = time.note === null ? [] : [time.note];
  return settle({ day, today, minutes: time.minutes, zone, now: clocks.now, notes });
}

type Settling = {
  readonly day: Day | null;
  readonly today: LocalTime;
  readonly minutes: number;
  readonly zone: string;
  readonly now: number;
  readonly notes: readonly string[];
};

/* Of what comes again the next one is meant: of a bare time today's or tomorrow's, of a weekday this week's or the next. */
function settle({ day, today, minutes, zone, now, notes }: Settling): When {
  const dates = day === null ? [today, addDays(today, 1)] : candidates(day);
  for (const date of dates) {
    const at = momentOf(date, minutes, zone);
    if (at > now) return { kind: 'at', at, notes: [...notes, ...oddities(at, minutes, zone)] };
  }
  return unclear('This time is past.', 'Choose a later one.');
}

function candidates({ date, open }: Day): LocalDate[] {
  if (open === 'week') return [date, addDays(date, 7)];
  if (open !== 'year') return [date];
  const years = [0, 1, 2, 3, 4].map((more) => ({ ...date, year: date.year + more }));
  return years.filter((each) => addDays(each, 0).day === date.day);
}

/** What the clocks being put forward or back makes of a time. */
function oddities(at: number, minutes: number, zone: string): string[] {
  const shown = localTimeAt(at, zone).minutes;
  if (shown !== minutes)
    return [
      `${tellMinutes(minutes)} does not exist that day, as the clocks go forward: it is ${tellMinutes(shown)}.`,
    ];
  const comesAgain = [30, 60].some(
    (later) => localTimeAt(at + later * minuteMs, zone).minutes === minutes,
  );
  return comesAgain
    ? ['This hour comes twice that day, as the clocks go back: the first is meant.']
    : [];
}
