import { type LocalTime, addDays, localTimeAt } from '../compliance/local-clock.ts';
import { tellMinutes } from './read-time-of-day.ts';
import type { Clocks } from './read-when.ts';

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const isSameDay = (a: Omit<LocalTime, 'weekday' | 'minutes'>, b: LocalTime): boolean =>
  a.year === b.year && a.month === b.month && a.day === b.day;

/**
 * A moment by both clocks: `Mon 8:00 AM their time (9:00 AM yours)`; where both show the same, `Mon 8:00 AM`. The day is said of
 * yours too where it is another one.
 */
export function whenWords(at: number, { now, theirs, ours }: Clocks): string {
  const their = localTimeAt(at, theirs);
  const own = localTimeAt(at, ours);
  const words = `${dayWords(their, localTimeAt(now, theirs))} ${tellMinutes(their.minutes)}`;
  if (isSameDay(their, own) && their.minutes === own.minutes) return words;
  const ownDay = isSameDay(their, own) ? '' : `${dayWords(own, localTimeAt(now, ours))} `;
  return `${words} their time (${ownDay}${tellMinutes(own.minutes)} yours)`;
}

function dayWords(day: LocalTime, today: LocalTime): string {
  if (isSameDay(day, today)) return 'today';
  if (isSameDay(addDays(today, 1), day)) return 'tomorrow';
  const isNear = [2, 3, 4, 5, 6].some((ahead) => isSameDay(addDays(today, ahead), day));
  const name = weekdays[day.weekday] ?? '';
  if (isNear) return name;
  const date = `${name}, ${months[day.month - 1]} ${day.day}`;
  return day.year === today.year ? date : `${date}, ${day.year}`;
}
