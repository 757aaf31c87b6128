import { type DayCap, keptForReplies } from './day-cap.ts';
import type { Limit } from './limits-of.ts';
import { rateWords } from './throttle-words.ts';

const dayMs = 86_400_000;

/** How long many texts take to leave, and what makes it so long; null where nothing holds them. */
export type Duration = { readonly ms: number; readonly because: string | null };

export type Many = {
  readonly texts: number;
  /** Segments of all of them. */
  readonly units: number;
  readonly limits: readonly Limit[];
  /** The Pacific day of the brand at T-Mobile as it stands, and how long it lasts; null where it has no end. */
  readonly day: (DayCap & { readonly left: number }) | null;
};

/** From the first to the last text, where nothing else uses the same limits: the slowest of them decides. */
export function estimateDuration({ texts, units, limits, day }: Many): Duration {
  const each = limits.map((limit): Duration => {
    const cost = limit.count === 'texts' ? texts : units;
    const ms = Math.ceil(Math.max(0, cost / limit.rate.limit - 1) * limit.rate.within);
    return { ms, because: `${limit.whose}: ${rateWords(limit)}.` };
  });
  const all = day === null ? each : [...each, overDays(units, day)];
  return all.reduce((slowest, one) => (one.ms > slowest.ms ? one : slowest), {
    ms: 0,
    because: null,
  });
}

/* What is kept for replies is no room for these. */
function overDays(units: number, day: DayCap & { readonly left: number }): Duration {
  const perDay = Math.max(1, day.perDay - keptForReplies(day));
  const today = Math.max(
    0,
    perDay - Math.max(day.others, day.others + day.replies - keptForReplies(day)),
  );
  const more = units - today;
  if (more <= 0) return { ms: 0, because: null };
  const ms = day.left + (Math.ceil(more / perDay) - 1) * dayMs;
  return {
    ms,
    because: `T-Mobile: ${perDay.toLocaleString('en-US')} segments a day for this brand.`,
  };
}
