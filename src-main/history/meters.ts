import type { ReadableDb } from '#main/sqlite/database.ts';
import type { Meter } from '#shared/contract/registration-commands.ts';
import type { Line } from '#shared/message/line.ts';
import { keptForReplies } from '#shared/throughput/day-cap.ts';
import { type Limit, limitsOf } from '#shared/throughput/limits-of.ts';
import { endOfPacificDay } from '#shared/throughput/pacific-day.ts';
import type { Brand } from '#shared/throughput/registration.ts';
import { usualTables } from '#shared/throughput/throughput-tables.ts';

import { findDayCap } from './day-cap.ts';
import { findLimitFacts } from './limit-facts.ts';
import { listLines } from './lines.ts';
import { listBrands } from './registrations.ts';
import { sumSpent } from './spent.ts';

type Counted = {
  readonly line: Line;
  readonly brandId: string | null;
  readonly limits: readonly Limit[];
};

/** How much of each brand's day, and of each campaign's and line's span, is used at a moment. */
export function listMeters(db: ReadableDb, now: number): Meter[] {
  const lines = listLines(db).map((line) => countedBy(db, line));
  const days = listBrands(db).flatMap((brand) => meterOfDay(db, { brand, lines, now }) ?? []);
  const spans = lines.flatMap(({ line, limits }) => limits.map((limit) => ({ line, limit })));
  const together = Map.groupBy(spans, ({ limit }) => `${limit.of} ${limit.id} ${limit.whose}`);
  const meters = [...together.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const lineIds = [first, ...others].map(({ line }) => line.id);
    return [{ ...meterOfSpan(db, first, now), lineIds }];
  });
  return [...days, ...meters];
}

function countedBy(db: ReadableDb, line: Line): Counted {
  const facts = findLimitFacts(db, line.id);
  if (facts === undefined) return { line, brandId: null, limits: [] };
  const limits = limitsOf({ ...facts, isMms: false, isDomestic: true }, usualTables);
  return {
    line,
    brandId: facts.brand?.id ?? null,
    limits: limits.filter(({ of }) => of !== 'connection'),
  };
}

type Day = { readonly brand: Brand; readonly lines: readonly Counted[]; readonly now: number };

function meterOfDay(db: ReadableDb, { brand, lines, now }: Day): Meter | null {
  const cap = findDayCap(db, brand, now);
  if (cap === null) return null;
  const ofBrand = lines.filter(({ brandId }) => brandId === brand.id);
  return {
    of: 'brand',
    id: brand.id,
    whose: 'T-Mobile today',
    name: brand.name,
    used: cap.replies + cap.others,
    limit: cap.perDay,
    resetsAt: endOfPacificDay(now),
    kept: keptForReplies(cap),
    lineIds: ofBrand.map(({ line }) => line.id),
  };
}

function meterOfSpan(
  db: ReadableDb,
  { line, limit }: { readonly line: Line; readonly limit: Limit },
  now: number,
): Omit<Meter, 'lineIds'> {
  const { of, id, count, rate, whose } = limit;
  return {
    of: of === 'campaign' ? 'campaign' : 'line',
    id: String(id),
    whose: rate.within === 60_000 ? `${whose}, last minute` : `${whose}, last second`,
    name: of === 'campaign' ? String(id) : line.label,
    used: sumSpent(db, limit, { after: now - rate.within, count }),
    limit: rate.limit,
    resetsAt: null,
    kept: 0,
  };
}
