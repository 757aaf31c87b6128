const clock = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });
const clockWithSeconds = new Intl.DateTimeFormat(undefined, {
  month: 'short',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  second: '2-digit',
});
const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'short' });
const dayOfYear = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric' });
const mediumDay = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const fullDay = new Intl.DateTimeFormat(undefined, { dateStyle: 'short' });
const longDay = new Intl.DateTimeFormat(undefined, {
  weekday: 'long',
  month: 'long',
  day: 'numeric',
});
const longDayOfYear = new Intl.DateTimeFormat(undefined, { dateStyle: 'long' });

/** Midnight that begins the day of a moment, by the clock of this machine. */
export function dayStart(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

/** Whole days from the day of `at` to that of `now`; a day of 23 or 25 hours is one day. */
function daysAgo(at: number, now: number): number {
  return Math.round((dayStart(now) - dayStart(at)) / 86_400_000);
}

/** "May 3", or with its year where that is another one: "May 3, 2025". */
export function shortDay(at: number): string {
  return isSameYear(at, Date.now()) ? dayOfYear.format(at) : mediumDay.format(at);
}

/** "2:14 PM". */
export function clockTime(at: number): string {
  return clock.format(at);
}

/** "May 3, 2:14:09 PM". */
export function exactTime(at: number): string {
  return clockWithSeconds.format(at);
}

/** As short as a row of the list wants it: "2:14 PM", "Yesterday", "Mon", "May 3", "5/3/25". */
export function rowTime(at: number, now: number): string {
  const days = daysAgo(at, now);
  if (days <= 0) return clockTime(at);
  if (days === 1) return 'Yesterday';
  if (days < 7) return weekday.format(at);
  return isSameYear(at, now) ? dayOfYear.format(at) : fullDay.format(at);
}

/** When something to come will be: "8:00 AM", "tomorrow 8:00 AM", "Mon 8:00 AM", "May 3, 8:00 AM". */
export function aheadTime(at: number, now: number): string {
  const days = -daysAgo(at, now);
  if (days <= 0) return clockTime(at);
  if (days === 1) return `tomorrow ${clockTime(at)}`;
  return days < 7
    ? `${weekday.format(at)} ${clockTime(at)}`
    : `${dayOfYear.format(at)}, ${clockTime(at)}`;
}

/** The name of a day between messages: "Today", "Yesterday", "Monday, May 3", "May 3, 2025". */
export function dayName(at: number, now: number): string {
  const days = daysAgo(at, now);
  if (days === 0) return 'Today';
  if (days === 1) return 'Yesterday';
  return isSameYear(at, now) ? longDay.format(at) : longDayOfYear.format(at);
}

const isSameYear = (at: number, now: number): boolean =>
  new Date(at).getFullYear() === new Date(now).getFullYear();

/** "0:32", "12:05", "1:02:09". */
export function playingTime(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, at) => (at === 0 ? `${part}` : `${part}`.padStart(2, '0'))).join(':');
}

/** "45 s", "4 min 12 s", "1 h 2 min". */
export function talkTime(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor(seconds / 60) % 60} min`;
}

const ago = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });
const longestFirst = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** "just now", "3 minutes ago", "yesterday". */
export function timeAgo(at: number, now: number): string {
  const seconds = Math.max(0, Math.round((now - at) / 1_000));
  for (const [unit, length] of longestFirst)
    if (seconds >= length) return ago.format(-Math.floor(seconds / length), unit);
  return 'just now';
}
