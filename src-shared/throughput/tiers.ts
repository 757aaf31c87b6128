import type { Brand, Campaign } from './registration.ts';
import type { AttClass, ThroughputTables } from './throughput-tables.ts';

/** Segments a brand may send at T-Mobile on a Pacific day; null where there is no cap. */
export function tMobilePerDay(
  { kind, score }: Pick<Brand, 'kind' | 'score'>,
  tables: ThroughputTables,
): number | null {
  if (kind === 'government') return null;
  if (kind === 'sole-proprietor') return tables.tMobileSoleProprietor;
  return tierOf(tables.tMobileByScore, standingOf(kind, score)).perDay;
}

/** The class AT&T counts a campaign in: the one it was given, else the one its brand's score stands for. */
export function attClassOf(
  { attClass, use }: Pick<Campaign, 'attClass' | 'use'>,
  { kind, score }: Pick<Brand, 'kind' | 'score'>,
  tables: ThroughputTables,
): AttClass {
  if (attClass !== null) return attClass;
  if (kind === 'sole-proprietor') return 'W';
  if (use === 'low-volume-mixed') return 'T';
  const tier = tierOf(tables.attByScore, standingOf(kind, score));
  return use === 'declared' ? tier.declared : tier.mixed;
}

/* The largest companies and governments stand at the top without vetting; whoever was not vetted at the bottom. */
function standingOf(kind: Brand['kind'], score: number | null): number {
  if (kind === 'russell-3000' || kind === 'government') return 100;
  return kind === 'low-volume' ? 0 : (score ?? 0);
}

function tierOf<Tier extends { readonly from: number }>(
  tiers: readonly Tier[],
  score: number,
): Tier {
  const tier = tiers.find(({ from }) => score >= from) ?? tiers.at(-1);
  if (tier === undefined) throw new Error('a table of tiers has at least one');
  return tier;
}
