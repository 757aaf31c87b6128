import type { Migration } from './migration.ts';

/**
 * Texts for later, templates, and broadcasts. A text for later is a held row of the outbox; what is kept beside it is when it
 * was meant to leave, and on what terms. A recipient of a broadcast has at most one row, and by it at most one text.
 */
export const later: Migration = {
  version: 90,
  name: 'later',
  up(db) {
    db.exec(`
CREATE TABLE scheduled (
  entry_id INTEGER PRIMARY KEY,
  thread_id INTEGER NOT NULL REFERENCES threads (id),
  due_at INTEGER NOT NULL,
  zone TEXT NOT NULL,
  even_if_they_write INTEGER NOT NULL CHECK (even_if_they_write IN (0, 1))
) STRICT;
CREATE INDEX scheduled_of_thread ON scheduled (thread_id);

CREATE TABLE templates (
  uid BLOB PRIMARY KEY,
  name TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE broadcasts (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL UNIQUE,
  line_id INTEGER NOT NULL REFERENCES lines (id),
  name TEXT NOT NULL,
  purpose TEXT NOT NULL CHECK (purpose IN ('marketing', 'informational')),
  text TEXT NOT NULL,
  people INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'running', 'paused', 'cancelling', 'cancelled', 'done')),
  created_at INTEGER NOT NULL,
  begins_at INTEGER
) STRICT;
CREATE INDEX broadcasts_moving ON broadcasts (state, id) WHERE state IN ('running', 'paused', 'cancelling');

CREATE TABLE broadcast_people (
  broadcast_id INTEGER NOT NULL REFERENCES broadcasts (id),
  position INTEGER NOT NULL,
  peer TEXT NOT NULL,
  text TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'added', 'refused', 'cancelled')),
  entry_id INTEGER,
  because TEXT,
  PRIMARY KEY (broadcast_id, position)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX broadcast_people_once ON broadcast_people (broadcast_id, peer);
CREATE INDEX broadcast_people_waiting ON broadcast_people (broadcast_id, position) WHERE state = 'waiting';
CREATE UNIQUE INDEX broadcast_of_entry ON broadcast_people (entry_id) WHERE entry_id IS NOT NULL;
`);
  },
};
