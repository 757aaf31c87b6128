import type { ReadableDb } from '#main/sqlite/database.ts';
import type { RegistrationBook } from '#shared/contract/registration-commands.ts';
import { connectionThroughput } from '#shared/throughput/limits-of.ts';
import type { LineRegistration } from '#shared/throughput/registration.ts';
import { usualTables } from '#shared/throughput/throughput-tables.ts';

import { findConnectionRates } from './connection-limits.ts';
import { listConnections } from './connections.ts';
import { listLines } from './lines.ts';
import { listBrands, listCampaigns, listLineRegistrations } from './registrations.ts';

/** Everything that is registered, and what each connection takes. */
export function readRegistrationBook(db: ReadableDb): RegistrationBook {
  return {
    brands: listBrands(db),
    campaigns: listCampaigns(db),
    lines: [...listLineRegistrations(db), ...sandboxLines(db)],
    connections: listConnections(db).map((connection) => {
      const set = findConnectionRates(db, connection.id);
      const rates = connectionThroughput({ ...connection, set }, usualTables);
      return { connectionId: connection.id, rates, isUsual: set === null };
    }),
    asOf: usualTables.asOf,
  };
}

/* Numbers of the sandbox need no registration, and count as registered. */
function sandboxLines(db: ReadableDb): LineRegistration[] {
  const sandboxes = new Set(
    listConnections(db).flatMap(({ id, provider }) => (provider === 'sandbox' ? [id] : [])),
  );
  const known = new Set(listLineRegistrations(db).map(({ lineId }) => lineId));
  return listLines(db)
    .filter(({ id, connectionId }) => sandboxes.has(connectionId) && !known.has(id))
    .map(({ id: lineId }) => ({
      lineId,
      state: 'registered',
      campaignId: null,
      source: 'carrier',
      detail: null,
    }));
}
