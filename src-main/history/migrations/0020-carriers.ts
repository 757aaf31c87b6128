import type { Migration } from './migration.ts';

/** What connections to real carriers need to remember, what they charged, and when to ask them once more. */
export const carriers: Migration = {
  version: 20,
  name: 'carriers',
  up(db) {
    db.exec(`
ALTER TABLE connections ADD COLUMN public_url TEXT;
ALTER TABLE connections ADD COLUMN disabled INTEGER NOT NULL DEFAULT 0;
ALTER TABLE connections ADD COLUMN removed_at INTEGER;
ALTER TABLE connections ADD COLUMN last_inbound_at INTEGER;
ALTER TABLE connections ADD COLUMN last_receipt_at INTEGER;
ALTER TABLE connections ADD COLUMN swept_until INTEGER;
ALTER TABLE lines ADD COLUMN last_inbound_at INTEGER;
ALTER TABLE lines ADD COLUMN last_receipt_at INTEGER;
ALTER TABLE attention ADD COLUMN retry_at INTEGER;
CREATE INDEX attention_to_retry ON attention (retry_at) WHERE retry_at IS NOT NULL;
CREATE TABLE billing (
  entry_id INTEGER PRIMARY KEY,
  segments INTEGER,
  price_micros INTEGER,
  fee_micros INTEGER,
  currency TEXT NOT NULL
) STRICT;
`);
  },
};
