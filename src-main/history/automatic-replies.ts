import { type ReadableDb, type WritableDb, first, run } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import type { AutomaticKind } from '#shared/compliance/reply-words.ts';
import type { ThreadId } from '#shared/message/entry.ts';

import { fromBlob, toBlob } from './uid.ts';

/**
 * `claimed`: this desktop asked the team to be the one that sends it. `queued`: it is ours to send, and in the outbox.
 * `elsewhere`: a colleague's desktop sends it. `not-sent`: it never went out, and never will.
 */
export type ReplyState = 'claimed' | 'queued' | 'elsewhere' | 'not-sent';

/** A reply that no person writes. Its uid comes from the text it answers, so every desktop means the same one. */
export type AutomaticReply = {
  readonly uid: string;
  readonly threadId: ThreadId;
  readonly number: string;
  readonly kind: AutomaticKind;
  /** When what it answers came, milliseconds since 1970. */
  readonly askedAt: number;
  readonly state: ReplyState;
  readonly text: string;
};

type Row = Omit<AutomaticReply, 'uid'> & { uid: Uint8Array };

export function findReply(db: ReadableDb, uid: string): AutomaticReply | undefined {
  const row = first<Row>(
    db,
    sql`SELECT uid, thread_id AS threadId, number, kind, asked_at AS askedAt, state, text FROM automatic_replies
        WHERE uid = ${toBlob(uid)}`,
  );
  return row && { ...row, uid: fromBlob(row.uid) };
}

export function addReply(db: WritableDb, reply: AutomaticReply): void {
  run(
    db,
    sql`INSERT INTO automatic_replies (uid, thread_id, number, kind, asked_at, state, text)
        VALUES (${toBlob(reply.uid)}, ${reply.threadId}, ${reply.number}, ${reply.kind}, ${reply.askedAt}, ${reply.state},
                ${reply.text})`,
  );
}

export function setReplyState(db: WritableDb, uid: string, state: ReplyState): void {
  run(db, sql`UPDATE automatic_replies SET state = ${state} WHERE uid = ${toBlob(uid)}`);
}

/** Was such a reply to this number asked for within the span before this moment, in milliseconds? */
export function wasAnsweredWithin(
  db: ReadableDb,
  { number, kind, askedAt }: Pick<AutomaticReply, 'number' | 'kind' | 'askedAt'>,
  span: number,
): boolean {
  return (
    first(
      db,
      sql`SELECT 1 FROM automatic_replies WHERE number = ${number} AND kind = ${kind}
          AND asked_at > ${askedAt - span} AND asked_at < ${askedAt + span} LIMIT 1`,
    ) !== undefined
  );
}
