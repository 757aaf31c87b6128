import { type WritableDb, all, first, run, transact } from '#main/sqlite/database.ts';
import { openDatabase } from '#main/sqlite/open-database.ts';
import { sql } from '#main/sqlite/sql.ts';

/** A link as it is kept: its token only as a digest, its bytes in the file of that name. Times are milliseconds since 1970. */
export type KeptLink = {
  readonly digest: Uint8Array;
  /** Hex SHA-256 of the bytes. */
  readonly file: string;
  readonly type: string;
  readonly size: number;
  readonly expiresAt: number;
};

const layout = 1;

/** Opens the book of links, making it where it is missing. */
export function openLinkBook(path: string): WritableDb {
  const db = openDatabase(path);
  if (Number(db.pragma('user_version', { simple: true })) === layout) return db;
  transact(db, () =>
    db.exec(`
      CREATE TABLE link (
        digest BLOB PRIMARY KEY,
        file TEXT NOT NULL,
        type TEXT NOT NULL,
        size INTEGER NOT NULL,
        expires_at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX link_by_expiry ON link (expires_at);
      CREATE INDEX link_by_file ON link (file, size);
      CREATE TABLE used (proof BLOB PRIMARY KEY, forget_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
      PRAGMA user_version = ${layout};
    `),
  );
  return db;
}

export function addLink(db: WritableDb, link: KeptLink): void {
  run(
    db,
    sql`INSERT INTO link (digest, file, type, size, expires_at)
        VALUES (${link.digest}, ${link.file}, ${link.type}, ${link.size}, ${link.expiresAt})`,
  );
}

export function findLink(db: WritableDb, digest: Uint8Array): KeptLink | undefined {
  return first<KeptLink>(
    db,
    sql`SELECT digest, file, type, size, expires_at AS expiresAt FROM link WHERE digest = ${digest}`,
  );
}

/** Octets of all files that links lead to, each file counted once. */
export function heldOctets(db: WritableDb): number {
  const sum = sql`SELECT coalesce(sum(size), 0) AS octets FROM (SELECT DISTINCT file, size FROM link)`;
  return first<{ octets: number }>(db, sum)?.octets ?? 0;
}

export function isHeld(db: WritableDb, file: string): boolean {
  return first(db, sql`SELECT 1 FROM link WHERE file = ${file} LIMIT 1`) !== undefined;
}

/** Every file that a link leads to. */
export function heldFiles(db: WritableDb): Set<string> {
  const rows = all<{ file: string }>(db, sql`SELECT DISTINCT file FROM link`);
  return new Set(rows.map(({ file }) => file));
}

/** Moments, in milliseconds since 1970. No link made by now ends after `latestEnd`. */
type Ends = { readonly now: number; readonly endedBefore: number; readonly latestEnd: number };

/**
 * Forgets links that ended before a moment, and proofs that are too old to be shown again. What was made while the clock was
 * ahead would work for as long as it was ahead, so it ends at the latest when a link of now does.
 */
export function forgetEnded(db: WritableDb, { now, endedBefore, latestEnd }: Ends): void {
  transact(db, () => {
    run(db, sql`UPDATE link SET expires_at = ${latestEnd} WHERE expires_at > ${latestEnd}`);
    run(db, sql`DELETE FROM link WHERE expires_at < ${endedBefore}`);
    run(db, sql`DELETE FROM used WHERE forget_at < ${now}`);
  });
}

/** Notes that a proof was shown; false where it was shown before. */
export function spendProof(db: WritableDb, proof: Uint8Array, forgetAt: number): boolean {
  const added = first(
    db,
    sql`INSERT INTO used (proof, forget_at) VALUES (${proof}, ${forgetAt}) ON CONFLICT DO NOTHING RETURNING 1 AS yes`,
  );
  return added !== undefined;
}
