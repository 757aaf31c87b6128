import type { Migration } from './migration.ts';

/**
 * What shows holes in the deliveries and what became of them; and texts to ourselves that show whether a line is reached.
 * In `line_counts` a row of the whole log has neither connection nor line, one of a connection no line; a count that is null
 * begins with whatever comes next.
 */
export const gapsAndChecks: Migration = {
  version: 40,
  name: 'gaps and checks',
  up(db) {
    db.exec(`
CREATE TABLE line_counts (
  log_id TEXT NOT NULL,
  connection_id TEXT NOT NULL,
  line TEXT NOT NULL,
  count INTEGER,
  heard_at INTEGER NOT NULL,
  PRIMARY KEY (log_id, connection_id, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE gaps (
  id INTEGER PRIMARY KEY,
  log_id TEXT NOT NULL,
  connection_id TEXT NOT NULL REFERENCES connections (id),
  line TEXT,
  first_missing INTEGER,
  last_missing INTEGER,
  since INTEGER NOT NULL,
  until INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'filled', 'not-found')),
  found INTEGER NOT NULL DEFAULT 0,
  dismissed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX gaps_shown ON gaps (connection_id, id) WHERE dismissed = 0;
CREATE INDEX gaps_open ON gaps (connection_id, since) WHERE state = 'open';

CREATE TABLE recovered (
  connection_id TEXT NOT NULL,
  key TEXT NOT NULL,
  line TEXT NOT NULL,
  at INTEGER NOT NULL,
  gap_id INTEGER,
  PRIMARY KEY (connection_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX recovered_in_time ON recovered (connection_id, at);
CREATE INDEX recovered_by_age ON recovered (at);

CREATE TABLE check_plans (
  to_line INTEGER PRIMARY KEY REFERENCES lines (id),
  from_line INTEGER NOT NULL REFERENCES lines (id),
  every_hours INTEGER NOT NULL CHECK (every_hours BETWEEN 1 AND 168),
  next_at INTEGER NOT NULL
) STRICT;

CREATE TABLE checks (
  id INTEGER PRIMARY KEY,
  from_line INTEGER NOT NULL REFERENCES lines (id),
  to_line INTEGER NOT NULL REFERENCES lines (id),
  code TEXT NOT NULL UNIQUE,
  entry_uid BLOB NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'arrived', 'missing', 'not-sent')),
  started_at INTEGER NOT NULL,
  arrived_at INTEGER,
  heard TEXT CHECK (heard IN ('told', 'listed')),
  problem TEXT
) STRICT;
CREATE UNIQUE INDEX checks_waiting ON checks (from_line, to_line) WHERE state = 'waiting';
CREATE INDEX checks_to_line ON checks (to_line, id);
`);
  },
};
