import { type Sql, sql } from '#main/sqlite/sql.ts';
import { type Waiting, waitingSchema } from '#shared/compliance/verdict.ts';
import type { DeliveryState } from '#shared/message/delivery-state.ts';
import type {
  CallEntry,
  Direction,
  Entry,
  EntryId,
  Media,
  ThreadId,
} from '#shared/message/entry.ts';
import type { FailureKind } from '#shared/provider/send-failure.ts';

import { fromBlob } from './uid.ts';

export type EntryRow = {
  thread_id: ThreadId;
  id: EntryId;
  uid: Uint8Array;
  at: number;
  kind: Entry['kind'];
  direction: Direction;
  text: string;
  state: DeliveryState;
  failure_kind: FailureKind | null;
  failure_raw: string | null;
  undecided: number;
  segments: number;
  encoding: 'GSM-7' | 'UCS-2';
  seconds: number;
  outcome: CallEntry['outcome'] | null;
  has_media: number;
  /** The desktop's id as it is kept; its name, or null for this desktop and for nobody, as it is read. */
  author: string | null;
  /** What it waits for here, as JSON; null where nothing holds it. */
  waiting: string | null;
};

/* What a colleague gave a time waits on their desktop, so it is in no outbox here. */
const colleaguesPlan: Sql = sql`(SELECT json_object('reason', 'scheduled', 'until', due_at, 'theirTime', NULL,
    'because', 'A colleague gave it a time, and their desktop sends it.',
    'cure', 'Ask them to change or cancel it.', 'who', 'nobody')
  FROM scheduled WHERE scheduled.entry_id = entries.id
    AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.entry_id = entries.id))`;

/** The columns an {@link EntryRow} is read from. */
export const entryColumns: Sql = sql`thread_id, id, uid, at, kind, direction, text, state, failure_kind, failure_raw,
  undecided, segments, encoding, seconds, outcome, has_media,
  CASE WHEN author IS NULL OR author = (SELECT desktop FROM team WHERE team.id = 1) THEN NULL
    ELSE coalesce((SELECT name FROM team_members WHERE team_members.id = author), 'Another desktop') END AS author,
  CASE state WHEN 'queued' THEN coalesce((SELECT json_object('reason', hold_reason, 'until', hold_until, 'theirTime', hold_their_time,
      'because', hold_because, 'cure', hold_cure, 'who', hold_who)
    FROM outbox WHERE outbox.entry_id = entries.id AND outbox.state = 'queued' AND hold_reason IS NOT NULL),
    ${colleaguesPlan}) END AS waiting`;

/** A row as the domain knows it. */
export function entryFromRow(row: EntryRow, media: Media[]): Entry {
  const common = {
    id: row.id,
    uid: fromBlob(row.uid),
    threadId: row.thread_id,
    at: row.at,
    direction: row.direction,
  };
  switch (row.kind) {
    case 'text':
      return { ...common, kind: 'text', media, ...textPart(row) };
    case 'call':
      return { ...common, kind: 'call', outcome: row.outcome ?? 'missed', seconds: row.seconds };
    case 'voicemail':
      return { ...common, kind: 'voicemail', seconds: row.seconds, media };
    case 'note':
      return { ...common, kind: 'note', author: row.author, text: row.text };
    case 'system':
      return { ...common, kind: 'system', text: row.text };
  }
}

function textPart(row: EntryRow) {
  return {
    author: row.author,
    text: row.text,
    state: row.state,
    failure: row.failure_kind === null ? null : { kind: row.failure_kind, raw: row.failure_raw },
    undecided: row.undecided === 1,
    waiting: waitingFrom(row.waiting),
    segments: row.segments,
    encoding: row.encoding,
  };
}

const waitingFrom = (json: string | null): Waiting | null =>
  json === null ? null : waitingSchema.parse(JSON.parse(json));
