/** What a clock on the wall shows somewhere. */
export type LocalTime = {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  /** 0 is Sunday. */
  readonly weekday: number;
  /** Minutes since midnight by the wall clock. */
  readonly minutes: number;
};

export type LocalDate = Pick<LocalTime, 'year' | 'month' | 'day'>;

const minuteMs = 60_000;
const dayMs = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** Is this the name of a zone that the runtime's zone data knows? */
export function isZone(zone: string): boolean {
  try {
    formatOf(zone);
    return true;
  } catch {
    return false;
  }
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  formats.set(zone, made);
  return made;
}

/** The wall clock of an IANA zone at a moment (milliseconds since 1970). */
export function localTimeAt(at: number, zone: string): LocalTime {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const [year = 0, month = 0, day = 0] = [parts.get('year'), parts.get('month'), parts.get('day')];
  const minutes = (parts.get('hour') ?? 0) * 60 + (parts.get('minute') ?? 0);
  return { year, month, day, weekday: weekdayOf({ year, month, day }), minutes };
}

/** The day of the week of a date, 0 for Sunday. */
export function weekdayOf({ year, month, day }: LocalDate): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay();
}

/** The date `days` later. */
export function addDays({ year, month, day }: LocalDate, days: number): LocalDate {
  const moved = new Date(Date.UTC(year, month - 1, day + days));
  return {
    year: moved.getUTCFullYear(),
    month: moved.getUTCMonth() + 1,
    day: moved.getUTCDate(),
  };
}

/**
 * The first moment at which the wall clock of a zone shows this time or, where the clock is put forward over it, a later one.
 * Of an hour that comes twice it is the first.
 */
export function momentOf(date: LocalDate, minutes: number, zone: string): number {
  const wanted = Date.UTC(date.year, date.month - 1, date.day) + minutes * minuteMs;
  const offsets = [wanted - dayMs, wanted + dayMs].map((at) => offsetAt(at, zone));
  const candidates = offsets.map((offset) => wanted - offset).toSorted((a, b) => a - b);
  const exact = candidates.find((at) => at + offsetAt(at, zone) === wanted);
  // In the gap neither shows it; the clock jumps at the moment that both offsets meet.
  return exact ?? jumpBetween(candidates[0] ?? wanted, candidates.at(-1) ?? wanted, zone);
}

/** What is added to UTC for the wall clock, milliseconds. */
function offsetAt(at: number, zone: string): number {
  const local = localTimeAt(at, zone);
  const shown = Date.UTC(local.year, local.month - 1, local.day) + local.minutes * minuteMs;
  return shown - Math.floor(at / minuteMs) * minuteMs;
}

/** The minute within which the offset changes. */
function jumpBetween(from: number, to: number, zone: string): number {
  const before = offsetAt(from, zone);
  let [low, high] = [from, to];
  while (high - low > minuteMs) {
    const middle = low + Math.floor((high - low) / 2 / minuteMs) * minuteMs;
    if (offsetAt(middle, zone) === before) low = middle;
    else high = middle;
  }
  return high;
}
