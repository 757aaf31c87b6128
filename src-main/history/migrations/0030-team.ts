import type { Migration } from './migration.ts';

/* Whose desktop wrote what, whose a conversation is, and how far in the team's log it had news. */
const marks = `
ALTER TABLE entries ADD COLUMN author TEXT;
ALTER TABLE threads ADD COLUMN assignee TEXT;
ALTER TABLE threads ADD COLUMN last_in_seq INTEGER NOT NULL DEFAULT 0;
ALTER TABLE connections ADD COLUMN origin TEXT NOT NULL DEFAULT 'own' CHECK (origin IN ('own', 'team'));
`;

/* What is unread is a set, because desktops that read apart must come to the same; threads.unread counts it. The newest that
   came in are those that were counted so far. */
const reading = `
CREATE TABLE unread (
  thread_id INTEGER NOT NULL,
  entry_id INTEGER NOT NULL,
  PRIMARY KEY (thread_id, entry_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE read_ahead (uid BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE inbound_ids (
  entry_id INTEGER PRIMARY KEY,
  connection_id TEXT NOT NULL,
  provider_id TEXT NOT NULL
) STRICT;
INSERT INTO unread (thread_id, entry_id)
  SELECT thread_id, id FROM (
    SELECT entries.thread_id, entries.id, threads.unread,
      row_number() OVER (PARTITION BY entries.thread_id ORDER BY entries.id DESC) AS newest
    FROM threads JOIN entries ON entries.thread_id = threads.id
    WHERE threads.unread > 0 AND entries.direction = 'in')
  WHERE newest <= unread;
UPDATE threads SET unread = (SELECT count(*) FROM unread WHERE thread_id = threads.id) WHERE unread > 0;
`;

/* The key with which this desktop signs is in the host's secret store, never here. */
const team = `
CREATE TABLE team (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  address TEXT NOT NULL,
  relay TEXT NOT NULL,
  desktop TEXT NOT NULL,
  name TEXT NOT NULL,
  workspace TEXT NOT NULL,
  joined_at INTEGER NOT NULL,
  log TEXT
) STRICT;
CREATE TABLE team_members (id TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE team_outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  event_id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  place TEXT,
  event TEXT NOT NULL,
  seq INTEGER,
  refused TEXT
) STRICT;
CREATE INDEX team_outbox_of_place ON team_outbox (place, kind) WHERE place IS NOT NULL;
CREATE INDEX team_outbox_waiting ON team_outbox (id) WHERE seq IS NULL AND refused IS NULL;
`;

/** What desktops of a team share: who wrote, who read, whose it is, and what is still to be told. */
export const teamTables: Migration = {
  version: 30,
  name: 'team',
  up(db) {
    for (const part of [marks, reading, team]) db.exec(part);
  },
};
