/** A time of day found among words, and what to say about how it was read. */
export type TimeOfDay = {
  /** Minutes since midnight. */
  readonly minutes: number;
  /** What to say of it; null where it was plain. */
  readonly note: string | null;
  /** The words without it. */
  readonly rest: string;
};

const named: Readonly<Record<string, number>> = {
  morning: 9 * 60,
  noon: 12 * 60,
  afternoon: 14 * 60,
  evening: 18 * 60,
};

const clockTime = /(?<![\d/:.-])(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?(?![\d/:-])/gu;
/** Without minutes and without `am` a number is an hour only where nothing else can claim it. */
const earliestUsual = 7;

/** Finds the time of day in lower-case words: `8am`, `9:30`, `14:00`, `noon`; null where there is none. */
export function readTimeOfDay(words: string): TimeOfDay | null {
  const name = Object.keys(named).find((each) => new RegExp(`\\b${each}\\b`, 'u').test(words));
  if (name !== undefined) return readNamed(words, name);
  const found = [...words.matchAll(clockTime)];
  const telling = found.find(([, , minute, half]) => minute ?? half) ?? found.at(-1);
  return telling === undefined ? null : readDigits(words, telling);
}

function readNamed(words: string, name: string): TimeOfDay {
  const rest = words.replace(new RegExp(`\\b(?:in the )?${name}\\b`, 'u'), ' ');
  const note = name === 'noon' ? null : `“${name}” was read as ${tellMinutes(named[name] ?? 0)}.`;
  return { minutes: named[name] ?? 0, note, rest };
}

function readDigits(words: string, found: RegExpExecArray): TimeOfDay | null {
  const [whole, hourText, minuteText, half] = found;
  const minute = Number(minuteText ?? 0);
  const hour = hourOf(Number(hourText), half);
  if (hour === null || minute > 59) return null;
  const isBare = half === undefined && Number(hourText) < 13;
  const isOdd = isBare && (minuteText === undefined || hour < earliestUsual);
  const minutes = hour * 60 + minute;
  return {
    minutes,
    note: isOdd ? `“${whole.trim()}” was read as ${tellMinutes(minutes)}: write am or pm.` : null,
    rest: `${words.slice(0, found.index)} ${words.slice(found.index + whole.length)}`,
  };
}

function hourOf(hour: number, half: string | undefined): number | null {
  if (half === undefined) return hour < 24 ? hour : null;
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (half.startsWith('p') ? 12 : 0);
}

/** Minutes since midnight as a clock tells them: `8:00 AM`. */
export function tellMinutes(minutes: number): string {
  const hour = Math.floor(minutes / 60);
  const minute = String(minutes % 60).padStart(2, '0');
  return `${hour % 12 === 0 ? 12 : hour % 12}:${minute} ${hour < 12 ? 'AM' : 'PM'}`;
}
