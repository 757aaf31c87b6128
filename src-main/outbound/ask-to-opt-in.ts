import type { Change } from '#main/history/announce.ts';
import { appendConsent, listConsent } from '#main/history/consent-ledger.ts';
import { findLine } from '#main/history/lines.ts';
import { queueReply } from '#main/history/queue-reply.ts';
import { tellTeam } from '#main/history/team-outbox.ts';
import { placeOf } from '#main/history/team-place.ts';
import { findTeam } from '#main/history/team.ts';
import { findThread } from '#main/history/threads.ts';
import { newUid, uidOfName } from '#main/history/uid.ts';
import type { ReadableDb } from '#main/sqlite/database.ts';
import type { ConsentEvent } from '#shared/compliance/consent-event.ts';
import type { SendFacts } from '#shared/compliance/judge.ts';
import { replyWords } from '#shared/compliance/reply-words.ts';
import type { Verdict } from '#shared/compliance/verdict.ts';
import type { ThreadId } from '#shared/message/entry.ts';

import type { OutboundDesk } from './outbound-desk.ts';

type Held = {
  readonly verdict: Verdict;
  readonly facts: SendFacts | null;
  readonly threadId: ThreadId;
};

/**
 * Asks somebody whether they want texts, once, where a text waits for nothing but that; it leaves when they say YES. Call it in
 * the transaction that holds the text.
 */
export function askToOptIn(desk: OutboundDesk, { verdict, facts, threadId }: Held): Change[] {
  if (verdict.kind !== 'waits' || verdict.reason !== 'opt-in-awaited') return [];
  if (facts?.consent === undefined || facts.consent.state.asked !== null) return [];
  const words = questionOf(desk.db, threadId);
  return words === null ? [] : ask(desk, threadId, words);
}

function questionOf(db: ReadableDb, threadId: ThreadId): string | null {
  const thread = findThread(db, threadId);
  const line = thread && findLine(db, thread.lineId);
  if (line === undefined) return null;
  return replyWords('ask', { label: line.label, helpText: null, optInText: null });
}

function ask({ db, clock }: OutboundDesk, threadId: ThreadId, words: string): Change[] {
  const place = placeOf(db, threadId);
  const number = place.peer;
  const last = Math.max(0, ...listConsent(db, number).map(({ at }) => at));
  const at = Math.max(clock.now(), last + 1);
  const event: ConsentEvent = {
    uid: newUid(at),
    number,
    kind: 'asked',
    source: 'program',
    who: 'agent',
    by: findTeam(db)?.desktop ?? null,
    scope: { kind: 'all' },
    evidence: { line: place.line, words },
    at,
  };
  appendConsent(db, event);
  tellTeam(db, { kind: 'consent-told', at, place, event });
  const uid = uidOfName(`ask/${event.uid}`);
  const entryId = queueReply(db, { uid, threadId, text: words, at: clock.now() });
  const changed: Change = { kind: 'consent-changed', number };
  return entryId === null ? [changed] : [changed, { kind: 'entry-added', entryId }];
}
