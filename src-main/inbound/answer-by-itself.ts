import type { Change } from '#main/history/announce.ts';
import {
  type AutomaticReply,
  addReply,
  findReply,
  setReplyState,
  wasAnsweredWithin,
} from '#main/history/automatic-replies.ts';
import { findPolicy } from '#main/history/line-policies.ts';
import { findLine } from '#main/history/lines.ts';
import { queueReply } from '#main/history/queue-reply.ts';
import { addSystemLine } from '#main/history/system-lines.ts';
import { isTeams, tellTeam } from '#main/history/team-outbox.ts';
import { placeOf } from '#main/history/team-place.ts';
import { findTeam } from '#main/history/team.ts';
import { findThread } from '#main/history/threads.ts';
import { uidOfName } from '#main/history/uid.ts';
import type { ReadableDb, WritableDb } from '#main/sqlite/database.ts';
import { type AutomaticKind, replyWords } from '#shared/compliance/reply-words.ts';
import type { ThreadId } from '#shared/message/entry.ts';
import type { TeamEvent } from '#shared/team/team-event.ts';

import { findPlace } from './find-place.ts';

/**
 * A reply is sent within this many milliseconds of what it answers, or not at all: five minutes is what the FCC takes a
 * confirmation to be covered by (47 CFR 64.1200(a)(12)).
 */
const promptly = 300_000;

/** Help is given at most once in this many milliseconds to one number: an hour, so that two programs cannot talk for ever. */
const helpPause = 3_600_000;

/** A text that is answered by itself. */
export type Answerable = {
  readonly threadId: ThreadId;
  readonly number: string;
  /** Its uid, by which the reply is the same on every desktop. */
  readonly entryUid: string;
  /** When it came, and now: milliseconds since 1970. */
  readonly at: number;
  readonly now: number;
};

/**
 * Answers a text by itself, once. On a line of this computer alone the reply goes into the outbox now. On a line of a team every
 * desktop hears the same text, and one alone may answer: each claims the reply in the team's log, and the first claim in the
 * order of the log is the one that holds, which all of them read alike. Call it in a transaction.
 */
export function answerByItself(
  db: WritableDb,
  kind: Exclude<AutomaticKind, 'ask'>,
  to: Answerable,
): Change[] {
  const uid = uidOfName(`reply/${to.entryUid}`);
  const text = wordsFor(db, kind, to.threadId);
  if (text === null || findReply(db, uid) !== undefined || isTooSoon(db, kind, to)) return [];
  const { threadId, number, at: askedAt, now } = to;
  const reply = { uid, threadId, number, kind, askedAt, text } as const;
  if (now - askedAt >= promptly) return giveUp(db, reply, 'it came more than five minutes ago');
  const place = placeOf(db, threadId);
  if (!isTeams(db, place.connectionId)) return send(db, reply, now);
  addReply(db, { ...reply, state: 'claimed' });
  tellTeam(db, { kind: 'reply-claimed', at: now, place, uid });
  return [];
}

type Reply = Omit<AutomaticReply, 'state'>;

function send(db: WritableDb, reply: Reply, now: number): Change[] {
  if (findReply(db, reply.uid) === undefined) addReply(db, { ...reply, state: 'queued' });
  else setReplyState(db, reply.uid, 'queued');
  const entryId = queueReply(db, { ...reply, at: now });
  return entryId === null ? [] : [{ kind: 'entry-added', entryId }];
}

function giveUp(db: WritableDb, reply: Reply, because: string): Change[] {
  if (findReply(db, reply.uid) === undefined) addReply(db, { ...reply, state: 'not-sent' });
  else setReplyState(db, reply.uid, 'not-sent');
  const { uid, threadId, askedAt: at, kind } = reply;
  if (kind !== 'opt-out') return [];
  const text = `The confirmation was not sent: ${because}.`;
  return addSystemLine(db, { name: `not-sent/${uid}`, threadId, at, text });
}

function wordsFor(db: ReadableDb, kind: AutomaticKind, threadId: ThreadId): string | null {
  const thread = findThread(db, threadId);
  const line = thread && findLine(db, thread.lineId);
  if (line === undefined) return null;
  return replyWords(kind, { ...findPolicy(db, line.id), label: line.label });
}

const isTooSoon = (db: ReadableDb, kind: AutomaticKind, { number, at }: Answerable): boolean =>
  kind === 'help' && wasAnsweredWithin(db, { number, kind, askedAt: at }, helpPause);

/**
 * A desktop of the team claimed a reply. The first claim in the order of the log holds: where it is ours, the reply goes out
 * from here; where it is another's, never. One that came back too late is not sent by anybody.
 */
export function applyReplyClaimed(
  db: WritableDb,
  event: Extract<TeamEvent, { kind: 'reply-claimed' }>,
  { author, now }: { readonly author: string; readonly now: number },
): Change[] {
  const reply = findReply(db, event.uid);
  if (reply === undefined) {
    const unknown = { kind: 'opt-out', askedAt: 0, state: 'elsewhere', text: '' } as const;
    const threadId = findPlace(db, { ...event.place, at: event.at });
    addReply(db, { ...unknown, uid: event.uid, threadId, number: event.place.peer });
    return [];
  }
  if (reply.state !== 'claimed') return [];
  if (author !== findTeam(db)?.desktop) {
    setReplyState(db, reply.uid, 'elsewhere');
    return [];
  }
  if (now - reply.askedAt < promptly) return send(db, reply, now);
  return giveUp(db, reply, 'the team’s relay could not be asked in time who sends it');
}
