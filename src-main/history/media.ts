import { type ReadableDb, type WritableDb, all, first, run } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import type { EntryId, Media } from '#shared/message/entry.ts';
import type { RemoteMedia } from '#shared/provider/delivery.ts';

/** Media of an entry, in the order the carrier gave them. */
export function listMedia(db: ReadableDb, entryId: EntryId): Media[] {
  return all<Media>(
    db,
    sql`SELECT id, state, type, size, width, height, problem FROM media WHERE entry_id = ${entryId} ORDER BY position`,
  );
}

export function findMedia(db: ReadableDb, id: string): Media | undefined {
  return first<Media>(
    db,
    sql`SELECT id, state, type, size, width, height, problem FROM media WHERE id = ${id}`,
  );
}

export type NewMedia = {
  readonly id: string;
  readonly entryId: EntryId;
  readonly position: number;
  readonly connectionId: string;
  readonly remote: RemoteMedia;
};

/** Notes a picture or sound that is still to be fetched. */
export function addMedia(db: WritableDb, media: NewMedia): void {
  const type = media.remote.type ?? 'application/octet-stream';
  run(
    db,
    sql`INSERT INTO media (id, entry_id, position, connection_id, url, state, type)
        VALUES (${media.id}, ${media.entryId}, ${media.position}, ${media.connectionId}, ${media.remote.url}, 'fetching', ${type})`,
  );
}

/** Notes a picture that a colleague sent: that there is one, and where. */
export function addMediaElsewhere(
  db: WritableDb,
  media: Omit<NewMedia, 'remote'> & { readonly type: string; readonly problem: string },
): void {
  run(
    db,
    sql`INSERT INTO media (id, entry_id, position, connection_id, url, state, type, problem)
        VALUES (${media.id}, ${media.entryId}, ${media.position}, ${media.connectionId}, '', 'failed', ${media.type},
                ${media.problem})`,
  );
}

/** A picture or sound whose bytes are still with the carrier. */
export type MediaToFetch = {
  id: string;
  entryId: EntryId;
  connectionId: string;
  url: string;
  /** What the carrier said it is; `application/octet-stream` where it said nothing. */
  declaredType: string;
  /** How often it was tried in vain. */
  tries: number;
};

/** Media due to be fetched now, the longest due first. */
export function listMediaToFetch(db: ReadableDb, now: number, limit: number): MediaToFetch[] {
  return all<MediaToFetch>(
    db,
    sql`SELECT id, entry_id AS entryId, connection_id AS connectionId, url, type AS declaredType, tries FROM media
        WHERE state = 'fetching' AND next_try_at <= ${now} ORDER BY next_try_at LIMIT ${limit}`,
  );
}

/** When the next fetch after this moment is due, milliseconds since 1970; null where none is. */
export function nextMediaFetchAfter(db: ReadableDb, now: number): number | null {
  return (
    first<{ at: number | null }>(
      db,
      sql`SELECT min(next_try_at) AS at FROM media WHERE state = 'fetching' AND next_try_at > ${now}`,
    )?.at ?? null
  );
}

export function postponeMedia(db: WritableDb, id: string, nextTryAt: number): void {
  run(db, sql`UPDATE media SET tries = tries + 1, next_try_at = ${nextTryAt} WHERE id = ${id}`);
}

export type Fetched = Pick<Media, 'type' | 'size' | 'width' | 'height'>;

export function markMediaStored(db: WritableDb, id: string, fetched: Fetched): void {
  run(
    db,
    sql`UPDATE media SET state = 'stored', type = ${fetched.type}, size = ${fetched.size}, width = ${fetched.width},
        height = ${fetched.height}, problem = NULL WHERE id = ${id}`,
  );
}

export function markMediaFailed(db: WritableDb, id: string, problem: string): void {
  run(db, sql`UPDATE media SET state = 'failed', problem = ${problem} WHERE id = ${id}`);
}
