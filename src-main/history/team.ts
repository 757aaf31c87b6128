import { type ReadableDb, type WritableDb, all, first, run } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';

/** The team this workspace is in. Its key is in the host's secret store. */
export type TeamJoined = {
  /** Where the relay is, as it was entered. */
  readonly address: string;
  /** The id of the relay, for good. */
  readonly relay: string;
  /** This desktop's id there, and its name. */
  readonly desktop: string;
  readonly name: string;
  readonly workspace: string;
  /** Milliseconds since 1970. */
  readonly joinedAt: number;
  /** The log that was taken from last; null before the first delivery. */
  readonly log: string | null;
};

/** The team this workspace is in, or undefined. */
export function findTeam(db: ReadableDb): TeamJoined | undefined {
  return first<TeamJoined>(
    db,
    sql`SELECT address, relay, desktop, name, workspace, joined_at AS joinedAt, log FROM team WHERE id = 1`,
  );
}

export function joinTeam(db: WritableDb, team: Omit<TeamJoined, 'log'>): void {
  run(
    db,
    sql`INSERT INTO team (id, address, relay, desktop, name, workspace, joined_at)
        VALUES (1, ${team.address}, ${team.relay}, ${team.desktop}, ${team.name}, ${team.workspace}, ${team.joinedAt})
        ON CONFLICT (id) DO UPDATE SET address = excluded.address, relay = excluded.relay, desktop = excluded.desktop,
          name = excluded.name, workspace = excluded.workspace, joined_at = excluded.joined_at, log = NULL`,
  );
}

/** Leaves the team: nothing is told any more, and what was not told yet never will be. */
export function leaveTeam(db: WritableDb): void {
  run(db, sql`DELETE FROM team`);
  run(db, sql`DELETE FROM team_outbox`);
  limitArrivals(db, 0);
}

/**
 * Notes the log that the team's deliveries are numbered by. Numbers of another one say nothing about those of this, so what
 * was remembered of them is forgotten.
 */
export function noteTeamLog(db: WritableDb, log: string): void {
  const before = findTeam(db)?.log;
  if (before === undefined || before === log) return;
  run(db, sql`UPDATE team SET log = ${log} WHERE id = 1`);
  if (before !== null) limitArrivals(db, 0);
}

/**
 * No conversation has news beyond this number of the team's log: an older one that ends there was put back, or it is of another
 * log now. Else nobody could mark done for a long time what had news under a number that is yet to come.
 */
export function limitArrivals(db: WritableDb, lastSeq: number): void {
  run(db, sql`UPDATE threads SET last_in_seq = ${lastSeq} WHERE last_in_seq > ${lastSeq}`);
}

/** A desktop of the team. */
export type TeamMember = { readonly id: string; readonly name: string };

/** Every desktop that was ever of the team, by name: what those that left wrote still names them. */
export function listMembers(db: ReadableDb): TeamMember[] {
  return all<TeamMember>(db, sql`SELECT id, name FROM team_members ORDER BY name, id`);
}

export function findMember(db: ReadableDb, id: string): TeamMember | undefined {
  return first<TeamMember>(db, sql`SELECT id, name FROM team_members WHERE id = ${id}`);
}

/** Keeps the names of these desktops; those not named keep theirs. */
export function saveMembers(db: WritableDb, members: readonly TeamMember[]): void {
  for (const { id, name } of members)
    run(
      db,
      sql`INSERT INTO team_members (id, name) VALUES (${id}, ${name})
          ON CONFLICT (id) DO UPDATE SET name = excluded.name`,
    );
}
