import { type ReadableDb, type WritableDb, all, first, run } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import type { LineId } from '#shared/message/line.ts';
import { pacificDay } from '#shared/throughput/pacific-day.ts';
import type { Spend } from '#shared/throughput/sliding-window.ts';

/** A text that was put on the road, as limits count it. */
export type NewSpent = {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly connectionId: string;
  readonly lineId: LineId;
  readonly campaignId: string | null;
  readonly brandId: string | null;
  /** Segments; an MMS is one. */
  readonly units: number;
  readonly isMms: boolean;
  /** Does it count at the carriers of the United States? */
  readonly isDomestic: boolean;
  readonly isReply: boolean;
};

/* Longer than any sliding span of the tables, and long enough for a person to put a wrong clock right. */
const keptFor = 3_600_000;

/** Writes down what was spent. Call it in the transaction that puts the text on the road. */
export function addSpent(db: WritableDb, spent: NewSpent): void {
  const { at, connectionId, lineId, campaignId, isMms, units } = spent;
  run(
    db,
    sql`INSERT INTO spent (at, connection_id, line_id, campaign_id, is_mms, units)
        VALUES (${at}, ${connectionId}, ${lineId}, ${campaignId}, ${isMms ? 1 : 0}, ${units})`,
  );
  run(db, sql`DELETE FROM spent WHERE at < ${at - keptFor}`);
  if (spent.isDomestic) addToDay(db, spent, units);
}

/** Takes back from its day what the carrier certainly did not take. The sliding spans keep it: it was asked for. */
export function giveBack(db: WritableDb, spent: NewSpent): void {
  if (spent.isDomestic) addToDay(db, spent, -spent.units);
}

function addToDay(db: WritableDb, { at, brandId, lineId, isReply }: NewSpent, units: number): void {
  const [replies, others] = isReply ? [units, 0] : [0, units];
  run(
    db,
    sql`INSERT INTO spent_days (day, brand_id, line_id, replies, others)
        VALUES (${pacificDay(at)}, ${brandId ?? ''}, ${lineId}, max(${replies}, 0), max(${others}, 0))
        ON CONFLICT (day, brand_id, line_id) DO UPDATE
          SET replies = max(replies + ${replies}, 0), others = max(others + ${others}, 0)`,
  );
}

/** Where a limit counts: over everything of a connection, a line or a campaign; SMS and MMS apart. */
export type SpentScope = {
  readonly of: 'connection' | 'line' | 'campaign';
  readonly id: string | LineId;
  readonly isMms: boolean;
};

const columnOf = {
  connection: sql`connection_id`,
  line: sql`line_id`,
  campaign: sql`campaign_id`,
};

/** What was sent within a scope after a moment, oldest first; `texts` counts each as one, `units` by its segments. */
export function listSpent(
  db: ReadableDb,
  { of, id, isMms }: SpentScope,
  { after, count }: { readonly after: number; readonly count: 'texts' | 'units' },
): Spend[] {
  const cost = count === 'texts' ? sql`1` : sql`units`;
  return all<Spend>(
    db,
    sql`SELECT at, ${cost} AS cost FROM spent
        WHERE ${columnOf[of]} = ${id} AND is_mms = ${isMms ? 1 : 0} AND at > ${after} ORDER BY at`,
  );
}

/** The sum of the same. */
export function sumSpent(
  db: ReadableDb,
  { of, id, isMms }: SpentScope,
  { after, count }: { readonly after: number; readonly count: 'texts' | 'units' },
): number {
  const cost = count === 'texts' ? sql`1` : sql`units`;
  const row = first<{ sum: number }>(
    db,
    sql`SELECT coalesce(sum(${cost}), 0) AS sum FROM spent
        WHERE ${columnOf[of]} = ${id} AND is_mms = ${isMms ? 1 : 0} AND at > ${after}`,
  );
  return row?.sum ?? 0;
}

/** Segments of a day: of replies, and of everything else. */
export type DaySpent = { readonly replies: number; readonly others: number };

/**
 * What a brand spent on the Pacific day of a moment. Days that are yet to come count too: the clock was set back. So does what
 * its lines sent while they were of no brand.
 */
export function spentOnDay(db: ReadableDb, brandId: string, now: number): DaySpent {
  const row = first<DaySpent>(
    db,
    sql`SELECT coalesce(sum(replies), 0) AS replies, coalesce(sum(others), 0) AS others FROM spent_days
        WHERE day >= ${pacificDay(now)} AND (brand_id = ${brandId} OR (brand_id = '' AND line_id IN
          (SELECT line_id FROM line_registrations JOIN campaigns ON campaigns.id = campaign_id
           WHERE campaigns.brand_id = ${brandId})))`,
  );
  return row ?? { replies: 0, others: 0 };
}

/**
 * Was anything sent at a moment that is yet to come? Then the clock was set back, and it counts as sent now, so that it is
 * counted long enough and no longer. Returns whether there was any.
 */
export function takeClockSetBack(db: WritableDb, now: number): boolean {
  if (first(db, sql`SELECT 1 FROM spent WHERE at > ${now} LIMIT 1`) === undefined) return false;
  return run(db, sql`UPDATE spent SET at = ${now} WHERE at > ${now}`) > 0;
}
