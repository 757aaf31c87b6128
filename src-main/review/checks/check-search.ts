import { type ReadableDb, first } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';

import { type Finding, failed, inDigits, passed } from './finding.ts';

type Counts = { texts: number; missing: number; left: number };

/* The index holds no copy of the texts to compare with: what it holds can be counted, and its own structure is looked at with
   that of the file. */
const counts = sql`SELECT
  (SELECT count(*) FROM entries WHERE text <> '') AS texts,
  (SELECT count(*) FROM entries WHERE text <> ''
     AND NOT EXISTS (SELECT 1 FROM entry_search_docsize AS found WHERE found.id = entries.id)) AS missing,
  (SELECT count(*) FROM entry_search_docsize AS found
     WHERE NOT EXISTS (SELECT 1 FROM entries WHERE entries.id = found.id)) AS left`;

/** Is every text in the search index, and nothing else? */
export function checkSearch(db: ReadableDb): Finding {
  const check = 'search';
  const { texts, missing, left } = first<Counts>(db, counts) ?? { texts: 0, missing: 0, left: 0 };
  if (missing > 0)
    return failed(check, `${inDigits(missing)} of ${inDigits(texts)} texts cannot be found.`);
  if (left > 0) return failed(check, `${inDigits(left)} texts are found that are not there.`);
  return passed(check, `All ${inDigits(texts)} texts are in the index.`);
}
