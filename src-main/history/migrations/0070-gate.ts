import type { Migration } from './migration.ts';

/**
 * Why a text waits, why it was sent, what each line's owner decided, and what was sent in spite of an objection. A text of
 * before is taken for an answer, which no rule of the hour holds up.
 */
export const gate: Migration = {
  version: 70,
  name: 'gate',
  up(db) {
    db.exec(`
ALTER TABLE outbox ADD COLUMN purpose TEXT NOT NULL DEFAULT 'reply'
  CHECK (purpose IN ('reply', 'outreach', 'marketing', 'legal'));
ALTER TABLE outbox ADD COLUMN queued_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN hold_reason TEXT;
ALTER TABLE outbox ADD COLUMN hold_until INTEGER;
ALTER TABLE outbox ADD COLUMN hold_their_time TEXT;
ALTER TABLE outbox ADD COLUMN hold_because TEXT;
ALTER TABLE outbox ADD COLUMN hold_cure TEXT;
ALTER TABLE outbox ADD COLUMN hold_who TEXT;
UPDATE outbox SET queued_at = coalesce(
  (SELECT max(at) FROM receipts WHERE receipts.entry_id = outbox.entry_id AND state = 'queued'), not_before);

-- Kept with the text, because a text that failed has left the outbox and may be tried again.
ALTER TABLE entries ADD COLUMN purpose TEXT;

CREATE TABLE line_policies (
  line_id INTEGER PRIMARY KEY REFERENCES lines (id),
  policy TEXT NOT NULL
) STRICT;

CREATE TABLE overrides (
  id INTEGER PRIMARY KEY,
  entry_id INTEGER NOT NULL,
  rule TEXT NOT NULL,
  because TEXT NOT NULL,
  reason TEXT,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX overrides_of_entry ON overrides (entry_id, id);
`);
  },
};
