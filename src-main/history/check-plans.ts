import { type ReadableDb, type WritableDb, all, run } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import type { LineId } from '#shared/message/line.ts';

/** That a line is to be checked by itself, and when next: milliseconds since 1970. */
export type CheckPlan = {
  readonly toLineId: LineId;
  readonly fromLineId: LineId;
  readonly everyHours: number;
  readonly nextAt: number;
};

export function listCheckPlans(db: ReadableDb): CheckPlan[] {
  return all<CheckPlan>(
    db,
    sql`SELECT to_line AS toLineId, from_line AS fromLineId, every_hours AS everyHours, next_at AS nextAt
        FROM check_plans ORDER BY to_line`,
  );
}

export function saveCheckPlan(db: WritableDb, plan: CheckPlan): void {
  run(
    db,
    sql`INSERT INTO check_plans (to_line, from_line, every_hours, next_at)
        VALUES (${plan.toLineId}, ${plan.fromLineId}, ${plan.everyHours}, ${plan.nextAt})
        ON CONFLICT (to_line) DO UPDATE SET from_line = excluded.from_line, every_hours = excluded.every_hours,
          next_at = excluded.next_at`,
  );
}

export function removeCheckPlan(db: WritableDb, toLineId: LineId): void {
  run(db, sql`DELETE FROM check_plans WHERE to_line = ${toLineId}`);
}
