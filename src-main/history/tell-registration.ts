import { type WritableDb, first } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import type { Line, LineId } from '#shared/message/line.ts';

import { findConnectionRates } from './connection-limits.ts';
import { findLine } from './lines.ts';
import { findBrand, findCampaign, findLineRegistration } from './registrations.ts';
import { tellTeam } from './team-outbox.ts';

/** Tells the team how these lines are registered, as far as they are the team's. Call it in the transaction of the change. */
export function tellRegistration(db: WritableDb, lineIds: readonly LineId[], at: number): void {
  for (const id of lineIds) {
    const line = findLine(db, id);
    if (line !== undefined)
      tellTeam(db, { kind: 'registration-set', at, ...registrationOf(db, line) });
  }
}

function registrationOf(db: WritableDb, { id, connectionId, number }: Line) {
  const known = findLineRegistration(db, id);
  const campaign = known?.campaignId == null ? null : (findCampaign(db, known.campaignId) ?? null);
  const found = campaign === null ? undefined : findBrand(db, campaign.brandId);
  return {
    connectionId,
    line: number,
    registration: known === undefined ? null : withoutLine(known),
    campaign,
    brand: found === undefined ? null : withDigest(db, found),
    rates: findConnectionRates(db, connectionId),
  };
}

const withoutLine = ({
  state,
  campaignId,
  source,
  detail,
}: NonNullable<ReturnType<typeof findLineRegistration>>) => ({ state, campaignId, source, detail });

function withDigest(
  db: WritableDb,
  { id, name, kind, score, replySlice }: NonNullable<ReturnType<typeof findBrand>>,
) {
  const row = first<{ digest: string | null }>(
    db,
    sql`SELECT tax_id_digest AS digest FROM brands WHERE id = ${id}`,
  );
  return { id, name, kind, score, replySlice, taxIdDigest: row?.digest ?? null };
}
