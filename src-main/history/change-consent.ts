import type { WritableDb } from '#main/sqlite/database.ts';
import type { ConsentEvent } from '#shared/compliance/consent-event.ts';
import type { ThreadId } from '#shared/message/entry.ts';

import type { Change } from './announce.ts';
import { cancelPending } from './cancel-pending.ts';
import { appendConsent } from './consent-ledger.ts';
import { releaseNumber } from './consent-of-number.ts';
import { addSystemLine } from './system-lines.ts';

type Told = {
  /** Where it was done; null where that conversation is not here. */
  readonly threadId: ThreadId | null;
  /** Name of the colleague's desktop; null for this one. */
  readonly by: string | null;
  /** Milliseconds since 1970. */
  readonly now: number;
};

/**
 * Writes down what an agent, here or elsewhere in the team, or a carrier did about somebody's consent, and what follows from it.
 * Call it in a transaction. Told twice, it changes nothing the second time.
 */
export function changeConsent(db: WritableDb, event: ConsentEvent, told: Told): Change[] {
  if (!appendConsent(db, event)) return [];
  const { number, scope } = event;
  const { now } = told;
  const changed: Change = { kind: 'consent-changed', number };
  if (event.kind !== 'opt-out') {
    releaseNumber(db, number, now);
    return [changed, ...say(db, event, { ...told, behind: '' })];
  }
  const because =
    event.who === 'carrier' ? 'They opted out at the carrier.' : 'An agent opted them out.';
  const { count, changes } = cancelPending(db, { number, scope, because, at: now });
  return [changed, ...changes, ...say(db, event, { ...told, behind: cancelledWords(count) })];
}

/** What is said behind an opt-out of how many texts it cancelled here. */
export const cancelledWords = (count: number): string =>
  count === 0 ? '' : ` ${count} pending ${count === 1 ? 'text' : 'texts'} cancelled.`;

function say(
  db: WritableDb,
  event: ConsentEvent,
  told: Told & { readonly behind: string },
): Change[] {
  const words = wordsOf(event, told.by);
  if (told.threadId === null || words === null) return [];
  const { threadId, behind } = told;
  return addSystemLine(db, { name: event.uid, threadId, at: event.at, text: words + behind });
}

function wordsOf({ kind, who, evidence }: ConsentEvent, by: string | null): string | null {
  const agent = by === null ? 'by an agent' : `by ${by}`;
  const note = evidence.note === undefined || evidence.note === '' ? '' : ` ("${evidence.note}")`;
  switch (kind) {
    case 'opt-out':
      return who === 'carrier'
        ? 'The carrier says that this person opted out.'
        : `Opted out ${agent}${note}.`;
    case 'undo':
      return `Opt-out undone ${agent}.`;
    case 'not-opt-out':
      return `Said ${agent} to be no opt-out.`;
    case 'express':
    case 'express-written':
      return `Consent put on file ${agent}${note}.`;
    default:
      return null;
  }
}
