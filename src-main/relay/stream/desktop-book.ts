import { randomUUID } from 'node:crypto';

import { all, first, run, transact, type WritableDb } from '#main/sqlite/database.ts';
import { sql, type Sql } from '#main/sqlite/sql.ts';

import { openDesktopsFile } from './desktops-file.ts';
import { codeLifeMs, digestCode, makeCode } from './pairing-code.ts';

/** A desktop that was paired. Times are milliseconds since 1970. */
export type PairedDesktop = {
  readonly id: string;
  readonly name: string;
  /** Ed25519, base64url. */
  readonly publicKey: string;
  readonly pairedAt: number;
  readonly revokedAt: number | null;
  /** When it was last connected; null before the first time. */
  readonly seenAt: number | null;
  /** The log that `acknowledgedSeq` is a number of; null before the first acknowledgement. */
  readonly acknowledgedLog: string | null;
  readonly acknowledgedSeq: number;
};

/** How far a desktop has come, to be written down now and then. */
export type Progress = {
  readonly id: string;
  readonly log: string;
  readonly acknowledged: number;
  readonly seenAt: number;
};

const columns: Sql = sql`id, name, public_key AS publicKey, paired_at AS pairedAt, revoked_at AS revokedAt,
  seen_at AS seenAt, acknowledged_log AS acknowledgedLog, acknowledged_seq AS acknowledgedSeq`;

/** The paired desktops of one workspace and the codes by which others may join. Several programs may hold the same file. */
export class DesktopBook {
  /** Names the relay for good. */
  readonly relayId: string;
  readonly #db: WritableDb;
  #version: unknown;

  /** Throws `RelayFailure`. */
  constructor(path: string) {
    this.#db = openDesktopsFile(path);
    this.relayId = first<{ id: string }>(this.#db, sql`SELECT id FROM relay`)?.id ?? '';
    this.#version = this.#readVersion();
  }

  /** Every desktop, revoked ones too, oldest first. */
  list(): PairedDesktop[] {
    return all(this.#db, sql`SELECT ${columns} FROM desktop ORDER BY paired_at, id`);
  }

  find(id: string): PairedDesktop | null {
    return first(this.#db, sql`SELECT ${columns} FROM desktop WHERE id = ${id}`) ?? null;
  }

  /** Makes a code that is good once, for a quarter of an hour. Those that are past are forgotten. */
  makeCode(now: number): { readonly code: string; readonly expiresAt: number } {
    const code = makeCode();
    const expiresAt = now + codeLifeMs;
    transact(this.#db, () => {
      run(this.#db, sql`DELETE FROM code WHERE expires_at <= ${now}`);
      run(
        this.#db,
        sql`INSERT INTO code (digest, expires_at) VALUES (${digestCode(code)}, ${expiresAt})`,
      );
    });
    return { code, expiresAt };
  }

  /** Pairs a desktop by a code, which is used up with it; null where the code is not good. */
  pair(
    code: string,
    desktop: Pick<PairedDesktop, 'name' | 'publicKey'>,
    now: number,
  ): string | null {
    const id = randomUUID();
    return transact(this.#db, () => {
      const used = sql`DELETE FROM code WHERE digest = ${digestCode(code)} AND expires_at > ${now}`;
      if (run(this.#db, used) !== 1) return null;
      const { name, publicKey } = desktop;
      run(
        this.#db,
        sql`INSERT INTO desktop (id, name, public_key, paired_at) VALUES (${id}, ${name}, ${publicKey}, ${now})`,
      );
      return id;
    });
  }

  /** Takes a desktop off the list; false where it was not on it. */
  revoke(id: string, now: number): boolean {
    const revoked = sql`UPDATE desktop SET revoked_at = ${now} WHERE id = ${id} AND revoked_at IS NULL`;
    return transact(this.#db, () => run(this.#db, revoked)) === 1;
  }

  noteProgress(all: readonly Progress[]): void {
    transact(this.#db, () => {
      for (const { id, log, acknowledged, seenAt } of all)
        run(
          this.#db,
          sql`UPDATE desktop SET seen_at = ${seenAt}, acknowledged_log = ${log}, acknowledged_seq = ${acknowledged}
            WHERE id = ${id}`,
        );
    });
  }

  /** Has another program written to the file since this was last asked? */
  hasChanged(): boolean {
    const before = this.#version;
    this.#version = this.#readVersion();
    return this.#version !== before;
  }

  close(): void {
    this.#db.close();
  }

  #readVersion(): unknown {
    return this.#db.pragma('data_version', { simple: true });
  }
}
