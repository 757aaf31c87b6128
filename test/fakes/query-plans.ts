import type { WritableDb } from '#main/sqlite/database.ts';

/** One statement and the lines of the plan SQLite has for it. */
export type QueryPlan = { readonly text: string; readonly plan: readonly string[] };

/** The plans of every statement that `deed` runs for the first time on this handle, in that order. */
export function plansOf(db: WritableDb, deed: (db: WritableDb) => unknown): QueryPlan[] {
  const texts: string[] = [];
  const watched = new Proxy(db, {
    get(target, name) {
      if (name === 'prepare')
        return (text: string) => {
          texts.push(text);
          return target.prepare(text);
        };
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
  deed(watched);
  return texts.map((text) => ({ text, plan: explain(db, text) }));
}

function explain(db: WritableDb, text: string): string[] {
  const values = Array.from({ length: text.split('?').length - 1 }, () => 1);
  const rows = db.prepare(`EXPLAIN QUERY PLAN ${text}`).all(...values) as { detail: string }[];
  return rows.map(({ detail }) => detail);
}
