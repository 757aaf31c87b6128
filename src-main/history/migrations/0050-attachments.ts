import type { Migration } from './migration.ts';

/** Pictures that were attached and are not sent yet. Once sent they are media of their text like any other. */
export const attachmentTable: Migration = {
  version: 50,
  name: 'attachments',
  up(db) {
    db.exec(`
CREATE TABLE attachments (
  id TEXT PRIMARY KEY,
  type TEXT NOT NULL,
  size INTEGER NOT NULL,
  width INTEGER,
  height INTEGER,
  attached_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX attachments_by_age ON attachments (attached_at);
`);
  },
};
