import { backfillConsent } from '../backfill-consent.ts';
import type { Migration } from './migration.ts';

/**
 * The consent ledger. A row is the event as canonical JSON, chained by SHA-256 to the one before; what is searched by is read out
 * of that JSON, so that there is nothing beside it to disagree. Rows are numbered from 1 without a hole, and the head says how
 * many there are. Replies that no person writes are kept apart, so that each is sent once.
 */
export const consentLedger: Migration = {
  version: 60,
  name: 'consent',
  up(db) {
    db.exec(`
CREATE TABLE consent_events (
  id INTEGER PRIMARY KEY,
  event TEXT NOT NULL,
  previous BLOB NOT NULL,
  hash BLOB NOT NULL,
  uid TEXT NOT NULL GENERATED ALWAYS AS (event ->> '$.uid') VIRTUAL,
  number TEXT NOT NULL GENERATED ALWAYS AS (event ->> '$.number') VIRTUAL
) STRICT;
CREATE UNIQUE INDEX consent_by_uid ON consent_events (uid);
CREATE INDEX consent_of_number ON consent_events (number, id);
CREATE TABLE consent_head (id INTEGER PRIMARY KEY CHECK (id = 1), count INTEGER NOT NULL, hash BLOB NOT NULL) STRICT;
INSERT INTO consent_head VALUES (1, 0, zeroblob(32));
CREATE TRIGGER consent_not_changed BEFORE UPDATE ON consent_events
  BEGIN SELECT RAISE(ABORT, 'the consent ledger is only ever appended to'); END;
CREATE TRIGGER consent_not_removed BEFORE DELETE ON consent_events
  BEGIN SELECT RAISE(ABORT, 'the consent ledger is only ever appended to'); END;

CREATE TABLE automatic_replies (
  uid BLOB PRIMARY KEY,
  thread_id INTEGER NOT NULL REFERENCES threads (id),
  number TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('opt-out', 'help', 'opt-in', 'ask')),
  asked_at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('claimed', 'queued', 'elsewhere', 'not-sent')),
  text TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX automatic_replies_of_number ON automatic_replies (number, kind, asked_at);
`);
    backfillConsent(db);
  },
};
