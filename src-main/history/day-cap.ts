import type { ReadableDb } from '#main/sqlite/database.ts';
import type { DayCap } from '#shared/throughput/day-cap.ts';
import type { Brand } from '#shared/throughput/registration.ts';
import { usualTables } from '#shared/throughput/throughput-tables.ts';
import { tMobilePerDay } from '#shared/throughput/tiers.ts';

import { spentOnDay } from './spent.ts';

/** The Pacific day of a brand at T-Mobile as it stands at a moment; null where it has no end. */
export function findDayCap(db: ReadableDb, brand: Brand, now: number): DayCap | null {
  const perDay = tMobilePerDay(brand, usualTables);
  if (perDay === null) return null;
  return { perDay, replySlice: brand.replySlice, ...spentOnDay(db, brand.id, now) };
}
