import type { ReadableDb } from '#main/sqlite/database.ts';
import type { LineId } from '#shared/message/line.ts';
import type { LimitFacts } from '#shared/throughput/limits-of.ts';

import { findConnectionRates } from './connection-limits.ts';
import { findConnection } from './connections.ts';
import { findLine } from './lines.ts';
import { findBrand, findCampaign, findLineRegistration } from './registrations.ts';

type Road = Omit<LimitFacts, 'isMms' | 'isDomestic'>;

/** What of a line decides which limits its texts have; undefined where the line or its connection is gone. */
export function findLimitFacts(db: ReadableDb, lineId: LineId): Road | undefined {
  const line = findLine(db, lineId);
  const connection = line && findConnection(db, line.connectionId);
  if (line === undefined || connection === undefined) return undefined;
  const campaignId = findLineRegistration(db, lineId)?.campaignId ?? null;
  const campaign = (campaignId === null ? undefined : findCampaign(db, campaignId)) ?? null;
  const brand = (campaign === null ? undefined : findBrand(db, campaign.brandId)) ?? null;
  const { id, label, provider } = connection;
  const set = findConnectionRates(db, id);
  return { connection: { id, label, provider, set }, line, campaign, brand };
}
