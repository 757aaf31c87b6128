import { WrongUse } from './wrong-use.ts';

const day = /^\d{4}-\d{2}-\d{2}$/;
const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/;
const dayLength = 86_400_000;

/**
 * Reads the two ends of a span as ISO 8601 writes them: a day, which is one of UTC and wholly meant, or a moment with its
 * zone, from which on or before which is meant. Milliseconds since 1970; null for an end that is not given.
 */
export function readSpan(
  since: string | null,
  until: string | null,
): { since: number | null; until: number | null } {
  const span = {
    since: since === null ? null : readEnd('--since', since, 0),
    until: until === null ? null : readEnd('--until', until, dayLength),
  };
  if (span.since !== null && span.until !== null && span.since >= span.until)
    throw new WrongUse('--until is before --since: exchange them.');
  return span;
}

function readEnd(flag: string, written: string, afterDay: number): number {
  const ms = day.test(written) || moment.test(written) ? Date.parse(written) : Number.NaN;
  if (Number.isNaN(ms) || !isInCalendar(written))
    throw new WrongUse(
      `${flag} must be a day such as 2026-01-31, or a moment with its zone such as 2026-01-31T09:00:00Z, not ${written}.`,
    );
  return day.test(written) ? ms + afterDay : ms;
}

/* 31 February is read as a day in March. */
function isInCalendar(written: string): boolean {
  const date = written.slice(0, 10);
  return new Date(Date.parse(date)).toISOString().startsWith(date);
}
