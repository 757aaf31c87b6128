import type { Migration } from './migration.ts';

/**
 * What a person edited of a connection's rates, what a carrier billed beyond our own count, and the texts out in the order of
 * their time. Texts with pictures are counted by other rules, so those are not compared.
 */
export const costs: Migration = {
  version: 100,
  name: 'costs',
  up(db) {
    db.exec(`
CREATE TABLE rate_cards (
  connection_id TEXT PRIMARY KEY REFERENCES connections (id),
  card TEXT NOT NULL
) STRICT, WITHOUT ROWID;

ALTER TABLE billing ADD COLUMN extra INTEGER NOT NULL DEFAULT 0;
UPDATE billing SET extra = max(0, coalesce(segments - (
  SELECT e.segments FROM entries e
  WHERE e.id = billing.entry_id AND e.direction = 'out' AND e.has_media = 0 AND e.segments > 0), 0));
CREATE INDEX billing_extra ON billing (entry_id) WHERE extra > 0;

CREATE INDEX entries_out_by_time ON entries (at, id) WHERE kind = 'text' AND direction = 'out';
`);
  },
};
