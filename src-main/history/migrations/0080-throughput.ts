import { type WritableDb, each, run } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import { pacificDay } from '#shared/throughput/pacific-day.ts';

import type { Migration } from './migration.ts';

const registrations = `
CREATE TABLE brands (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('standard', 'low-volume', 'sole-proprietor', 'russell-3000', 'government')),
  score INTEGER CHECK (score BETWEEN 0 AND 100),
  tax_id_digest TEXT UNIQUE,
  reply_slice INTEGER NOT NULL CHECK (reply_slice BETWEEN 0 AND 90)
) STRICT, WITHOUT ROWID;

CREATE TABLE campaigns (
  id TEXT PRIMARY KEY,
  brand_id TEXT NOT NULL REFERENCES brands (id),
  use_case TEXT NOT NULL,
  use TEXT NOT NULL CHECK (use IN ('declared', 'mixed', 'low-volume-mixed')),
  att_class TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX campaigns_of_brand ON campaigns (brand_id);

CREATE TABLE line_registrations (
  line_id INTEGER PRIMARY KEY REFERENCES lines (id),
  state TEXT NOT NULL CHECK (state IN ('registered', 'pending', 'unregistered', 'rejected', 'unknown')),
  campaign_id TEXT REFERENCES campaigns (id),
  source TEXT NOT NULL CHECK (source IN ('person', 'carrier')),
  detail TEXT,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX registrations_of_campaign ON line_registrations (campaign_id);

CREATE TABLE connection_limits (
  connection_id TEXT PRIMARY KEY REFERENCES connections (id),
  sms_limit INTEGER NOT NULL,
  sms_within INTEGER NOT NULL,
  mms_limit INTEGER,
  mms_within INTEGER
) STRICT, WITHOUT ROWID;
`;

const spending = `
CREATE TABLE spent (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  connection_id TEXT NOT NULL,
  line_id INTEGER NOT NULL,
  campaign_id TEXT,
  is_mms INTEGER NOT NULL,
  units INTEGER NOT NULL
) STRICT;
CREATE INDEX spent_in_time ON spent (at);
CREATE INDEX spent_of_connection ON spent (connection_id, is_mms, at);
CREATE INDEX spent_of_line ON spent (line_id, is_mms, at, units);
CREATE INDEX spent_of_campaign ON spent (campaign_id, is_mms, at, units) WHERE campaign_id IS NOT NULL;

CREATE TABLE spent_days (
  day TEXT NOT NULL,
  brand_id TEXT NOT NULL,
  line_id INTEGER NOT NULL,
  replies INTEGER NOT NULL DEFAULT 0,
  others INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (day, brand_id, line_id)
) STRICT, WITHOUT ROWID;

ALTER TABLE outbox ADD COLUMN throttled_by TEXT;
CREATE INDEX outbox_throttled ON outbox (throttled_by, not_before) WHERE throttled_by IS NOT NULL;
CREATE INDEX outbox_answers ON outbox (connection_id, not_before, entry_id)
  WHERE state = 'queued' AND purpose IN ('reply', 'legal');
`;

/**
 * Who sends what by which line as carriers have it registered, and what was sent against their limits. `spent` holds what the
 * sliding spans may still count, one row for each attempt; `spent_days` the sums of a Pacific day, under the brand they were sent
 * for. Both are written in the transaction that puts the text on the road, so they forget nothing that may have left. What the
 * attempts of the last days tell is taken over.
 */
export const throughput: Migration = {
  version: 80,
  name: 'throughput',
  up(db) {
    for (const part of [registrations, spending]) db.exec(part);
    takeOverDays(db);
  },
};

type Sent = { at: number; lineId: number; units: number; isReply: number };

/* Of the two days before the newest attempt: no day that still counts began before. */
function takeOverDays(db: WritableDb): void {
  const sent = each<Sent>(
    db,
    sql`SELECT started_at AS at, threads.line_id AS lineId, max(segments, 1) AS units,
          coalesce(purpose, 'reply') IN ('reply', 'legal') AS isReply
        FROM attempts JOIN entries ON entries.id = attempts.entry_id JOIN threads ON threads.id = entries.thread_id
        WHERE started_at > (SELECT max(started_at) FROM attempts) - 172800000 AND threads.peer GLOB '+1*'`,
  );
  const sums = new Map<string, { day: string; lineId: number; replies: number; others: number }>();
  for (const { at, lineId, units, isReply } of sent) {
    const day = pacificDay(at);
    const key = `${day} ${lineId}`;
    const sum = sums.get(key) ?? { day, lineId, replies: 0, others: 0 };
    sum[isReply === 1 ? 'replies' : 'others'] += units;
    sums.set(key, sum);
  }
  for (const { day, lineId, replies, others } of sums.values())
    run(
      db,
      sql`INSERT INTO spent_days (day, brand_id, line_id, replies, others)
          VALUES (${day}, '', ${lineId}, ${replies}, ${others})`,
    );
}
