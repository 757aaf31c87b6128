import { isLegalHoliday } from './legal-holidays.ts';
import { type LocalDate, addDays, localTimeAt, momentOf } from './local-clock.ts';
import type { DayWindow, QuietHours, QuietHoursTable } from './quiet-hours-table.ts';

/** Where somebody may be: every zone and every state that cannot be ruled out. */
export type Whereabouts = {
  /** IANA zones; at least one. */
  readonly zones: readonly string[];
  /** States as the post abbreviates them; none where nothing is known. */
  readonly states: readonly string[];
};

/** Whether marketing may arrive now, and if not the first moment at which it may (milliseconds since 1970). */
export type QuietVerdict =
  | { readonly kind: 'open'; readonly until: number }
  | { readonly kind: 'quiet'; readonly opensAt: number };

/** More days than any rule ever closes in a row, weekends and holidays counted. */
const furthestDays = 14;

/**
 * Judges a moment by the recipient's own clock: the window must be open in every zone and by the rules of every state where
 * they may be. The end of a window is exclusive.
 */
export function judgeQuietHours(
  at: number,
  where: Whereabouts,
  table: QuietHoursTable,
): QuietVerdict {
  const spans = openSpans(at, where, table);
  const now = spans.find(([from, before]) => from <= at && at < before);
  if (now !== undefined) return { kind: 'open', until: now[1] };
  const next = spans.find(([from]) => from > at);
  if (next === undefined) throw new Error('no rule closes this long');
  return { kind: 'quiet', opensAt: next[0] };
}

type Span = readonly [from: number, before: number];

/** The spans from the day before on in which every zone is open, in order. */
function openSpans(at: number, where: Whereabouts, table: QuietHoursTable): Span[] {
  const rules = rulesOf(where.states, table);
  return where.zones
    .map((zone) => spansIn(zone, at, rules))
    .reduce((common, spans) => common.flatMap((one) => spans.flatMap((two) => overlap(one, two))));
}

function rulesOf(
  states: readonly string[],
  { federal, states: all }: QuietHoursTable,
): QuietHours[] {
  return [federal, ...states.flatMap((state) => all[state] ?? [])];
}

function spansIn(zone: string, at: number, rules: readonly QuietHours[]): Span[] {
  const today = localTimeAt(at, zone);
  const spans: Span[] = [];
  for (let ahead = -1; ahead <= furthestDays; ahead += 1) {
    const date = addDays(today, ahead);
    const window = windowOn(date, rules);
    if (window === null) continue;
    const [from, before] = window.map((hour) => momentOf(date, hour * 60, zone));
    if (from !== undefined && before !== undefined && from < before) spans.push([from, before]);
  }
  return spans;
}

/** The hours of a date that all rules leave open. */
function windowOn(date: LocalDate, rules: readonly QuietHours[]): DayWindow {
  const windows = rules.map((rule) => windowBy(rule, date));
  if (windows.some((window) => window === null)) return null;
  const open = windows.filter((window) => window !== null);
  const from = Math.max(...open.map(([hour]) => hour));
  const before = Math.min(...open.map(([, hour]) => hour));
  return from < before ? [from, before] : null;
}

function windowBy(rule: QuietHours, date: LocalDate): DayWindow {
  if (!rule.holidays && isLegalHoliday(date)) return null;
  const weekday = new Date(Date.UTC(date.year, date.month - 1, date.day)).getUTCDay();
  if (weekday === 0) return rule.sunday;
  return weekday === 6 ? rule.saturday : rule.weekdays;
}

function overlap([from, before]: Span, [otherFrom, otherBefore]: Span): Span[] {
  const start = Math.max(from, otherFrom);
  const end = Math.min(before, otherBefore);
  return start < end ? [[start, end]] : [];
}
