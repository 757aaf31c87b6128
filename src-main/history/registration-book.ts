import type { ReadableDb } from '#main/sqlite/database.ts';
import type { RegistrationBook } from '#shared/contract/registration-commands.ts';
import { connectionThroughput } from '#shared/throughput/limits-of.ts';
import { usualTables } from '#shared/throughput/throughput-tables.ts';

import { findConnectionRates } from './connection-limits.ts';
import { listConnections } from './connections.ts';
import { listBrands, listCampaigns, listLineRegistrations } from './registrations.ts';

/** Everything that is registered, and what each connection takes. */
export function readRegistrationBook(db: ReadableDb): RegistrationBook {
  return {
    brands: listBrands(db),
    campaigns: listCampaigns(db),
    lines: listLineRegistrations(db),
    connections: listConnections(db).map((connection) => {
      const set = findConnectionRates(db, connection.id);
      const rates = connectionThroughput({ ...connection, set }, usualTables);
      return { connectionId: connection.id, rates, isUsual: set === null };
    }),
    asOf: usualTables.asOf,
  };
}
