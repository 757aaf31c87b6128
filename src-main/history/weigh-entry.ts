import { type ReadableDb, first } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import type { Purpose } from '#shared/compliance/verdict.ts';
import type { EntryId } from '#shared/message/entry.ts';
import type { LineId } from '#shared/message/line.ts';
import type { Weighed } from '#shared/throughput/weighed.ts';

type Row = {
  lineId: LineId;
  connectionId: string;
  peer: string;
  segments: number;
  has_media: number;
  purpose: Purpose | null;
};

/**
 * A text out of ours as limits count it; undefined where it is gone. One of which nobody told why it was sent, such as a
 * colleague's, counts as no reply.
 */
export function weighEntry(db: ReadableDb, entryId: EntryId): Weighed | undefined {
  const row = first<Row>(
    db,
    sql`SELECT line_id AS lineId, connection_id AS connectionId, peer, segments, has_media, purpose
        FROM entries JOIN threads ON threads.id = thread_id JOIN lines ON lines.id = line_id
        WHERE entries.id = ${entryId}`,
  );
  if (row === undefined) return undefined;
  const { has_media, purpose, ...text } = row;
  return { ...text, isMms: has_media === 1, purpose: purpose ?? 'outreach' };
}
