import { readHead } from '#main/history/consent-ledger.ts';
import { verifyConsent } from '#main/history/verify-consent.ts';
import type { ReadableDb } from '#main/sqlite/database.ts';

import { Faults, type Finding, inDigits } from './finding.ts';

/** Does the chain of the consent ledger hold? What was edited, removed or put elsewhere is named. */
export function checkConsent(db: ReadableDb): Finding {
  const faults = new Faults();
  for (const { words } of verifyConsent(db)) faults.add(words.replace(/\.$/, ''));
  const { count } = readHead(db);
  return faults.judge('consent', `The chain of ${inDigits(count)} consent events holds.`);
}
