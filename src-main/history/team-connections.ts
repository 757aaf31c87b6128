import { type WritableDb, run } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';

import type { Connection } from './connections.ts';

/** A connection as the team's relay tells of it. */
export type TeamConnection = Pick<
  Connection,
  'id' | 'provider' | 'label' | 'baseUrl' | 'publicUrl' | 'disabled'
>;

/**
 * Keeps a connection as the team's relay tells of it, also where it had been removed.
 * @returns false, and changes nothing, where this desktop keeps a connection of its own under this id
 */
export function keepTeamConnection(
  db: WritableDb,
  { id, provider, label, baseUrl, publicUrl, disabled }: TeamConnection,
  now: number,
): boolean {
  const kept = sql`INSERT INTO connections (id, provider, label, base_url, public_url, disabled, origin, created_at)
      VALUES (${id}, ${provider}, ${label}, ${baseUrl}, ${publicUrl}, ${disabled ? 1 : 0}, 'team', ${now})
      ON CONFLICT (id) DO UPDATE SET provider = excluded.provider, label = excluded.label, base_url = excluded.base_url,
        public_url = excluded.public_url, disabled = excluded.disabled, removed_at = NULL WHERE origin = 'team'`;
  return run(db, kept) === 1;
}
