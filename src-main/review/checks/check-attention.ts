import { countAttention } from '#main/history/attention.ts';
import type { ReadableDb } from '#main/sqlite/database.ts';

import { type Finding, inDigits, noted, passed } from './finding.ts';

/** How many deliveries could not be understood and wait for a person. */
export function checkAttention(db: ReadableDb): Finding {
  const check = 'attention';
  const count = countAttention(db);
  if (count === 0) return passed(check, 'No delivery needs attention.');
  return noted(check, `Deliveries that need attention: ${inDigits(count)}. They are kept whole.`);
}
