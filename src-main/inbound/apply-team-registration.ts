import type { Change } from '#main/history/announce.ts';
import { saveConnectionRates } from '#main/history/connection-limits.ts';
import { noteSeen } from '#main/history/deliveries-seen.ts';
import { findLineByNumber } from '#main/history/lines.ts';
import {
  findBrandByTaxId,
  saveBrand,
  saveCampaign,
  saveLineRegistration,
} from '#main/history/registrations.ts';
import { seenKey } from '#main/history/team-outbox.ts';
import { releaseThrottled } from '#main/history/throttled.ts';
import type { WritableDb } from '#main/sqlite/database.ts';
import type { TeamEvent } from '#shared/team/team-event.ts';

type Told = Extract<TeamEvent, { kind: 'registration-set' }>;

/** How a line is registered, as the last desktop in the order of the log said. What waits for a limit is asked again. */
export function applyRegistration(db: WritableDb, event: Told, now: number): Change[] {
  if (!noteSeen(db, seenKey(event), event.at)) return [];
  const line = findLineByNumber(db, event.connectionId, event.line);
  if (line === undefined) return [];
  const { registration, campaign, brand, rates } = event;
  if (brand !== null) saveBrand(db, withOwnDigest(db, brand));
  if (campaign !== null && brand?.id === campaign.brandId) saveCampaign(db, campaign);
  const campaignId = campaign !== null && brand !== null ? campaign.id : null;
  if (registration !== null)
    saveLineRegistration(db, { ...registration, campaignId, lineId: line.id }, event.at);
  saveConnectionRates(db, event.connectionId, rates);
  releaseThrottled(db, now);
  return [{ kind: 'registration-changed' }];
}

/* Another brand here may have the tax id already, entered by this desktop; then it is a person's to put right. */
function withOwnDigest(
  db: WritableDb,
  brand: NonNullable<Told['brand']>,
): Parameters<typeof saveBrand>[1] {
  const { taxIdDigest, ...rest } = brand;
  const other = taxIdDigest === null ? undefined : findBrandByTaxId(db, taxIdDigest);
  return other !== undefined && other.id !== brand.id ? rest : brand;
}
