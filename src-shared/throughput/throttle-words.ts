import { type DayCap, keptForReplies } from './day-cap.ts';
import type { Limit } from './limits-of.ts';

const minute = 60_000;

const number = (value: number): string => value.toLocaleString('en-US');

/** How long something is, roughly: `3 h 12 min`, `14 min`, `a moment`. Milliseconds. */
export function roughly(ms: number): string {
  if (ms < minute) return 'a moment';
  const minutes = Math.round(ms / minute);
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

/** Why a text waits for a limit, and about how long. */
export function limitWords(limit: Limit, wait: number): string {
  const because = `${limit.whose} takes ${rateWords(limit)}.`.replace(
    /^(The carriers.*) takes/u,
    '$1 take',
  );
  return wait < minute ? because : `${because} Its turn comes in about ${roughly(wait)}.`;
}

/** `5 texts a second`, `75 segments a minute`, `1 MMS in 4 seconds`. */
export function rateWords({ rate: { limit, within }, isMms, count }: Limit): string {
  const unit = isMms ? 'MMS' : count === 'texts' ? 'text' : 'segment';
  const units = isMms || limit === 1 ? unit : `${unit}s`;
  return `${number(limit)} ${units}${spanWords(within)}`;
}

function spanWords(within: number): string {
  if (within === 1_000) return ' a second';
  if (within === minute) return ' a minute';
  return ` in ${number(within / 1_000)} seconds`;
}

/** Why a text waits for the next day at T-Mobile. */
export function dayWords(name: string, cap: DayCap, left: number): string {
  const spent = cap.replies + cap.others;
  const resets = `resets 00:00 PT (in ${roughly(left)})`;
  const figures = `${number(spent)} of ${number(cap.perDay)} segments`;
  const all = 'Every recipient counts, as nobody tells which carrier they are with.';
  if (spent >= cap.perDay) return `T-Mobile day of ${name} used up: ${figures}, ${resets}. ${all}`;
  const kept = keptForReplies(cap);
  const rest = `the rest is kept for replies${kept > 0 ? ` (${number(kept)})` : ''}`;
  return `T-Mobile day of ${name}: ${figures} used, ${rest}, ${resets}. ${all}`;
}
