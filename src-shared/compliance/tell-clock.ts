import { localTimeAt } from './local-clock.ts';

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** What the clock on the wall shows there, such as `8:40 PM`. */
export function clockIn(at: number, zone: string): string {
  const { minutes } = localTimeAt(at, zone);
  const hour = Math.floor(minutes / 60);
  const minute = String(minutes % 60).padStart(2, '0');
  return `${hour % 12 === 0 ? 12 : hour % 12}:${minute} ${hour < 12 ? 'AM' : 'PM'}`;
}

/** The same of a moment to come, with its day where that is neither today nor tomorrow there. */
export function clockAhead(at: number, now: number, zone: string): string {
  const days = dayNumber(at, zone) - dayNumber(now, zone);
  const clock = clockIn(at, zone);
  return days < 2 ? clock : `${weekdays[localTimeAt(at, zone).weekday] ?? ''} ${clock}`;
}

function dayNumber(at: number, zone: string): number {
  const { year, month, day } = localTimeAt(at, zone);
  return Date.UTC(year, month - 1, day) / 86_400_000;
}

/** What clocks show in these zones, each time once: `8:40 PM`, or `7:40 PM or 8:40 PM` where they differ. */
export function clocksIn(zones: readonly string[], tell: (zone: string) => string): string {
  return [...new Set(zones.map(tell))].toReversed().join(' or ');
}
