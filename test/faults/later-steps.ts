import { allMigrations } from '#main/history/migrations/all-migrations.ts';
import type { Migration } from '#main/history/migrations/migration.ts';

const newest = allMigrations.at(-1)?.version ?? 0;

/** The moments of {@link laterSteps} at which something may go wrong, in their order. */
export const moments = [
  'opened',
  'first begun',
  'first altered',
  'first written',
  'second begun',
  'second written',
  'migrated',
] as const;

/** Two made-up steps after the real ones; `moment` is called in the midst of them. */
export function laterSteps(moment: (name: string) => void): readonly Migration[] {
  return [
    ...allMigrations,
    {
      version: newest + 10,
      name: 'stars',
      up(db) {
        moment('first begun');
        db.exec('ALTER TABLE entries ADD COLUMN starred INTEGER NOT NULL DEFAULT 0');
        moment('first altered');
        db.exec('UPDATE entries SET starred = 1');
        moment('first written');
      },
    },
    {
      version: newest + 20,
      name: 'copied texts',
      up(db) {
        moment('second begun');
        db.exec('CREATE TABLE copied AS SELECT id, text FROM entries WHERE starred = 1');
        db.exec('DELETE FROM outbox');
        moment('second written');
      },
    },
  ];
}
