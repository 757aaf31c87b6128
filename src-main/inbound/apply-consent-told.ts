import type { Change } from '#main/history/announce.ts';
import { changeConsent } from '#main/history/change-consent.ts';
import { findLineByNumber } from '#main/history/lines.ts';
import { findMember } from '#main/history/team.ts';
import { findThreadByKey } from '#main/history/threads.ts';
import type { ReadableDb } from '#main/sqlite/database.ts';
import type { ThreadId } from '#shared/message/entry.ts';
import type { TeamEvent, TeamPlace } from '#shared/team/team-event.ts';

import type { InboundDesk } from './inbound-desk.ts';

/**
 * Is it what an agent did on the desktop that tells it? What customers and carriers say every desktop hears itself, so nobody is
 * believed who speaks for them: else one desktop could lift what only the customer may.
 */
export function isOwnDeed(
  { event, place }: Extract<TeamEvent, { kind: 'consent-told' }>,
  author: string,
): boolean {
  return event.who === 'agent' && event.by === author && event.number === place.peer;
}

/** A colleague changed somebody's consent: it holds here too, and what waits here for them is cancelled where it ended it. */
export function applyConsentTold(
  { db, clock }: InboundDesk,
  { event, place }: Extract<TeamEvent, { kind: 'consent-told' }>,
): Change[] {
  const by = event.by === null ? null : (findMember(db, event.by)?.name ?? 'another desktop');
  return changeConsent(db, event, { threadId: threadAt(db, place), by, now: clock.now() });
}

function threadAt(db: ReadableDb, { connectionId, line, peer }: TeamPlace): ThreadId | null {
  const ours = findLineByNumber(db, connectionId, line);
  return (ours && findThreadByKey(db, { lineId: ours.id, peer })?.id) ?? null;
}
