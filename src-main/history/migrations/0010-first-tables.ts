import type { Migration } from './migration.ts';

const ownNumbers = `
CREATE TABLE connections (
  id TEXT PRIMARY KEY,
  provider TEXT NOT NULL,
  label TEXT NOT NULL,
  base_url TEXT,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE lines (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL UNIQUE,
  connection_id TEXT NOT NULL REFERENCES connections (id),
  number TEXT NOT NULL,
  number_type TEXT NOT NULL,
  label TEXT NOT NULL,
  colour TEXT NOT NULL,
  UNIQUE (connection_id, number)
) STRICT;
`;

/* Each view of the list is a partial index in the order it is shown, so that a page never sorts and never skips. Of open and
   done there are as many as there are threads, so a line has its own; of the others only what is still to be dealt with, and
   there the line stands in the index. The unread count does too, because SQLite looks at it once more. */
const conversations = `
CREATE TABLE threads (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL UNIQUE,
  line_id INTEGER NOT NULL REFERENCES lines (id),
  peer TEXT NOT NULL,
  name TEXT,
  last_at INTEGER NOT NULL,
  preview TEXT,
  unread INTEGER NOT NULL DEFAULT 0,
  done INTEGER NOT NULL DEFAULT 0,
  awaits_reply INTEGER NOT NULL DEFAULT 0,
  last_out INTEGER,
  failed INTEGER NOT NULL DEFAULT 0,
  draft TEXT NOT NULL DEFAULT '',
  UNIQUE (line_id, peer)
) STRICT;
CREATE INDEX threads_open ON threads (last_at, id) WHERE done = 0;
CREATE INDEX threads_open_on_line ON threads (line_id, last_at, id) WHERE done = 0;
CREATE INDEX threads_done ON threads (last_at, id) WHERE done = 1;
CREATE INDEX threads_done_on_line ON threads (line_id, last_at, id) WHERE done = 1;
CREATE INDEX threads_unread ON threads (last_at, id, line_id, unread) WHERE unread > 0;
CREATE INDEX threads_unanswered ON threads (last_at, id, line_id) WHERE awaits_reply = 1 AND done = 0;
CREATE INDEX threads_failed ON threads (last_at, id, line_id) WHERE failed = 1;
`;

/* Clustered by thread and time: the rows of a thread lie side by side, so a page of it is one or two reads. */
const timeline = `
CREATE TABLE entries (
  thread_id INTEGER NOT NULL REFERENCES threads (id),
  id INTEGER NOT NULL,
  uid BLOB NOT NULL,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  direction TEXT NOT NULL,
  text TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL DEFAULT 'received',
  failure_kind TEXT,
  failure_raw TEXT,
  undecided INTEGER NOT NULL DEFAULT 0,
  segments INTEGER NOT NULL DEFAULT 0,
  encoding TEXT NOT NULL DEFAULT 'GSM-7',
  seconds INTEGER NOT NULL DEFAULT 0 CHECK (seconds >= 0),
  outcome TEXT CHECK (outcome IN ('answered', 'missed', 'declined', 'busy')),
  has_media INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (thread_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX entries_by_id ON entries (id);
CREATE UNIQUE INDEX entries_by_uid ON entries (uid);

CREATE VIRTUAL TABLE entry_search USING fts5 (
  text, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);

CREATE TABLE media (
  id TEXT PRIMARY KEY,
  entry_id INTEGER NOT NULL,
  position INTEGER NOT NULL,
  connection_id TEXT NOT NULL,
  url TEXT NOT NULL,
  state TEXT NOT NULL,
  type TEXT NOT NULL,
  size INTEGER NOT NULL DEFAULT 0,
  width INTEGER,
  height INTEGER,
  problem TEXT,
  tries INTEGER NOT NULL DEFAULT 0,
  next_try_at INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX media_of_entry ON media (entry_id, position);
CREATE INDEX media_to_fetch ON media (next_try_at) WHERE state = 'fetching';
`;

/* Receipts are only ever appended; entries.state is derived from them in the same transaction. */
const sending = `
CREATE TABLE outbox (
  entry_id INTEGER PRIMARY KEY,
  thread_id INTEGER NOT NULL,
  connection_id TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'unknown', 'undecided')),
  attempt INTEGER NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0,
  looks INTEGER NOT NULL DEFAULT 0,
  not_before INTEGER NOT NULL,
  lease_owner TEXT,
  request TEXT NOT NULL
) STRICT;
CREATE INDEX outbox_due ON outbox (state, not_before, entry_id);
CREATE INDEX outbox_of_connection ON outbox (connection_id, state, not_before, entry_id);
CREATE INDEX outbox_of_thread ON outbox (thread_id, entry_id);

CREATE TABLE attempts (
  entry_id INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  connection_id TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  provider_id TEXT,
  PRIMARY KEY (entry_id, attempt)
) STRICT, WITHOUT ROWID;
CREATE INDEX attempts_by_provider_id ON attempts (connection_id, provider_id) WHERE provider_id IS NOT NULL;

CREATE TABLE receipts (
  id INTEGER PRIMARY KEY,
  entry_id INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  state TEXT NOT NULL,
  failure_kind TEXT,
  failure_raw TEXT,
  source TEXT NOT NULL,
  at INTEGER NOT NULL,
  happened_at INTEGER
) STRICT;
CREATE INDEX receipts_of_entry ON receipts (entry_id, id);

CREATE TABLE unmatched_receipts (
  id INTEGER PRIMARY KEY,
  connection_id TEXT NOT NULL,
  provider_id TEXT NOT NULL,
  receipt TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX unmatched_receipts_by_provider_id ON unmatched_receipts (connection_id, provider_id);

CREATE TABLE usage_by_day (day TEXT PRIMARY KEY, segments INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`;

const receiving = `
CREATE TABLE cursors (name TEXT PRIMARY KEY, seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE deliveries_seen (key TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE reassembly (connection_id TEXT PRIMARY KEY, state TEXT NOT NULL, next_expiry INTEGER) STRICT, WITHOUT ROWID;

CREATE TABLE attention (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  provider TEXT NOT NULL,
  connection_id TEXT NOT NULL,
  problem TEXT NOT NULL,
  delivery TEXT NOT NULL,
  body BLOB NOT NULL
) STRICT;

CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
`;

/** Lines, threads, the timeline, sending and receiving. */
export const firstTables: Migration = {
  version: 10,
  name: 'first-tables',
  up(db) {
    for (const part of [ownNumbers, conversations, timeline, sending, receiving]) db.exec(part);
  },
};
