import { consentFacts } from '#main/history/consent-of-number.ts';
import { findLastInbound } from '#main/history/last-inbound.ts';
import { findPolicy } from '#main/history/line-policies.ts';
import { isOwnNumber } from '#main/history/lines.ts';
import { registrationFacts } from '#main/history/registration-facts.ts';
import { hasTextOut } from '#main/history/threads.ts';
import type { ReadableDb } from '#main/sqlite/database.ts';
import { type Located, findWhereabouts } from '#shared/compliance/find-whereabouts.ts';
import type { Circumstances } from '#shared/compliance/judge.ts';
import type { LinePolicy } from '#shared/compliance/line-policy.ts';
import type { Purpose } from '#shared/compliance/verdict.ts';
import type { EntryId, ThreadId } from '#shared/message/entry.ts';
import type { Line } from '#shared/message/line.ts';

const hourMs = 3_600_000;

/** A text that wants to leave, or already waits to. */
export type Asked = {
  readonly line: Line;
  /** E.164 or the digits of a short code. */
  readonly peer: string;
  /** Its conversation; null where there is none yet. */
  readonly threadId: ThreadId | null;
  /** Its entry; null where it is not written down yet. */
  readonly entryId: EntryId | null;
  /** Why it is sent; null where that is to be read from the conversation. */
  readonly purpose: Purpose | null;
  /** Since when it could have left, and now: milliseconds since 1970. */
  readonly queuedAt: number;
  readonly now: number;
  /** What somebody has overruled. */
  readonly overruled: readonly string[];
};

/** What stands around a text, for the composer and for the drain alike. Reads, and decides nothing. */
export function gatherCircumstances(db: ReadableDb, asked: Asked): Circumstances {
  const { line, peer, threadId, queuedAt, now, overruled } = asked;
  const policy = findPolicy(db, line.id);
  const since = Math.min(queuedAt, now - policy.liveHours * hourMs);
  const lastInboundAt = threadId === null ? null : findLastInbound(db, threadId, since);
  const isToOurselves = isOwnNumber(db, peer);
  const known = isToOurselves
    ? {}
    : { consent: consentFacts(db, { number: peer, line: line.number, now }) };
  return {
    ...known,
    now,
    queuedAt,
    policy,
    lastInboundAt,
    overruled,
    purpose: asked.purpose ?? readPurpose(lastInboundAt, policy, now),
    isToOurselves,
    registration: registrationFacts(db, line, peer),
    isFirstText: threadId === null || !hasTextOut(db, threadId, asked.entryId),
    where: whereIs(peer),
    ownZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}

function readPurpose(lastInboundAt: number | null, policy: LinePolicy, now: number): Purpose {
  const isLive = lastInboundAt !== null && now - lastInboundAt < policy.liveHours * hourMs;
  return isLive ? 'reply' : 'outreach';
}

/* A short code is a program, which has no night. */
const whereIs = (peer: string): Located | null =>
  peer.startsWith('+') ? findWhereabouts({ e164: peer, zone: null, state: null }) : null;
