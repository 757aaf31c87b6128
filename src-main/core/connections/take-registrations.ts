import { findLineByNumber } from '#main/history/lines.ts';
import { readRegistrationBook } from '#main/history/registration-book.ts';
import {
  findCampaign,
  findLineRegistration,
  saveLineRegistration,
} from '#main/history/registrations.ts';
import { type WritableDb, transact } from '#main/sqlite/database.ts';
import type { ConnectionId } from '#shared/message/line.ts';
import type { CarrierNumber, Registration } from '#shared/provider/carrier-lists.ts';

import type { ConnectionTools } from './connections-desk.ts';

type Tools = Pick<ConnectionTools, 'db' | 'clock' | 'tell'>;

/**
 * Keeps what a carrier's list says of how far our lines are registered: its word stands above a person's. A campaign that was not
 * entered here is only named, because without its brand nobody knows its limits.
 */
export function takeRegistrations(
  { db, clock, tell }: Tools,
  connectionId: ConnectionId,
  numbers: readonly CarrierNumber[],
): void {
  const told = numbers.filter(({ registration }) => registration !== null);
  if (told.length === 0) return;
  transact(db, () => {
    for (const { number, registration } of told) {
      const line = findLineByNumber(db, connectionId, number);
      if (line === undefined || registration === null) continue;
      const earlier = findLineRegistration(db, line.id)?.campaignId ?? null;
      const campaignId = knownCampaign(db, registration) ?? earlier;
      const { state } = registration;
      const detail = wordsOf(registration);
      const said = { lineId: line.id, state, campaignId, source: 'carrier', detail } as const;
      saveLineRegistration(db, said, clock.now());
    }
  });
  tell('registration.changed', { book: readRegistrationBook(db) });
}

function knownCampaign(db: WritableDb, { campaignId }: Registration): string | null {
  return campaignId === null ? null : (findCampaign(db, campaignId)?.id ?? null);
}

function wordsOf({ campaignId, brandId, detail }: Registration): string | null {
  const ids = [campaignId && `campaign ${campaignId}`, brandId && `brand ${brandId}`];
  const words = [...ids, detail].filter(Boolean).join(', ');
  return words === '' ? null : words.slice(0, 500);
}
