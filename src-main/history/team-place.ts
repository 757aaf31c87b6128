import { type ReadableDb, first } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import type { ThreadId } from '#shared/message/entry.ts';
import type { TeamPlace } from '#shared/team/team-event.ts';

/** A conversation as every desktop of a team knows it. */
export function placeOf(db: ReadableDb, threadId: ThreadId): TeamPlace {
  const place = first<TeamPlace>(
    db,
    sql`SELECT lines.connection_id AS connectionId, lines.number AS line, threads.peer FROM threads
        JOIN lines ON lines.id = threads.line_id WHERE threads.id = ${threadId}`,
  );
  if (place === undefined) throw new Error('the conversation is not there');
  return place;
}
