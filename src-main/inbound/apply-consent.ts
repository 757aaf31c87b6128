import type { Change } from '#main/history/announce.ts';
import { cancelPending } from '#main/history/cancel-pending.ts';
import { cancelledWords } from '#main/history/change-consent.ts';
import { appendConsent, readConsentState } from '#main/history/consent-ledger.ts';
import { releaseNumber } from '#main/history/consent-of-number.ts';
import { saidOfConsent } from '#main/history/consent-of-texts.ts';
import { findPolicy } from '#main/history/line-policies.ts';
import { isOwnNumber } from '#main/history/lines.ts';
import { addSystemLine } from '#main/history/system-lines.ts';
import { placeOf } from '#main/history/team-place.ts';
import { findThread, setAnswered } from '#main/history/threads.ts';
import type { WritableDb } from '#main/sqlite/database.ts';
import { carrierAnswers } from '#shared/compliance/carrier-answers.ts';
import type { ConsentScope } from '#shared/compliance/consent-event.ts';
import { type ConsentReading, readConsent } from '#shared/compliance/read-consent.ts';
import type { Entry, TextEntry } from '#shared/message/entry.ts';
import type { Capabilities } from '#shared/provider/capabilities.ts';

import { type Answerable, answerByItself } from './answer-by-itself.ts';

/** Who carried the text, and when it is read. */
export type Hearing = {
  /** What the carrier can do; undefined where the connection is gone. */
  readonly carrier: Capabilities | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
};

type Heard = {
  readonly text: TextEntry;
  readonly line: string;
  readonly number: string;
  readonly scope: ConsentScope;
  readonly answerable: Answerable;
  /** Does the carrier answer it by itself? */
  readonly answered: (kind: 'opt-out' | 'help' | 'opt-in') => boolean;
};

/**
 * Does what a text that came in says about consent. It is called in the transaction that takes the text in, so there is neither
 * without the other: the confirmation is queued, all that waits for this person is cancelled, and the number is locked, or
 * none of it happened. Read twice, it changes nothing the second time.
 */
export function applyConsent(db: WritableDb, text: TextEntry, hearing: Hearing): Change[] {
  const { line, peer: number } = placeOf(db, text.threadId);
  if (isOwnNumber(db, number)) return [];
  const reading = readConsent(text.text);
  const heard: Heard = {
    text,
    line,
    number,
    scope: scopeOn(db, text, line),
    answerable: {
      threadId: text.threadId,
      number,
      entryUid: text.uid,
      at: text.at,
      now: hearing.now,
    },
    answered: (kind) => carrierAnswers(hearing.carrier, kind, { line, body: text.text }),
  };
  const changes = deeds[reading.kind](db, heard, reading as never);
  return changes.length === 0 && reading.kind === 'none'
    ? []
    : [...changes, { kind: 'consent-changed', number }];
}

type Deed<Kind extends ConsentReading['kind']> = (
  db: WritableDb,
  heard: Heard,
  reading: Extract<ConsentReading, { kind: Kind }>,
) => Change[];

const deeds: { readonly [Kind in ConsentReading['kind']]: Deed<Kind> } = {
  none: () => [],
  help: (db, { answerable, answered }) =>
    answered('help') ? [] : answerByItself(db, 'help', answerable),
  'opt-out': optOut,
  'opt-in': optIn,
  'likely-opt-out': (db, heard, reading) => {
    // Programs write of opting out in all they send; of them, only a plain keyword counts.
    if (!heard.number.startsWith('+')) return [];
    if (keep(db, heard, reading)) releaseNumber(db, heard.number, heard.answerable.now);
    return [];
  },
};

function optOut(
  db: WritableDb,
  heard: Heard,
  reading: Extract<ConsentReading, { kind: 'opt-out' }>,
): Change[] {
  const { number, scope, answerable, text, line } = heard;
  const { now } = answerable;
  const before = readConsentState(db, number, { now, place: { line } }).optedOut;
  if (!keep(db, heard, reading)) return [];
  const because = `They opted out ("${text.text}").`;
  const { count, changes } = cancelPending(db, { number, scope, because, at: now });
  const isKnown = before?.who === 'customer';
  // It wants no answer but the confirmation.
  setAnswered(db, text.threadId);
  if (isKnown && count === 0) return changes;
  const told = `Opted out by customer ("${text.text}").${cancelledWords(count)}`;
  const { threadId, at } = text;
  return [
    ...changes,
    ...addSystemLine(db, { name: text.uid, threadId, at, text: told }),
    ...(isKnown || heard.answered('opt-out') ? [] : answerByItself(db, 'opt-out', answerable)),
  ];
}

function optIn(
  db: WritableDb,
  heard: Heard,
  reading: Extract<ConsentReading, { kind: 'opt-in' }>,
): Change[] {
  const { number, answerable, text, line } = heard;
  const { now } = answerable;
  const place = { line };
  const before = readConsentState(db, number, { now, place });
  if (!keep(db, heard, reading)) return [];
  const after = readConsentState(db, number, { now, place });
  releaseNumber(db, number, now);
  if (before.optedOut === null && before.asked === null) return [];
  if (after.optedOut !== null) return [];
  const { threadId, at } = text;
  const told = `Opted in by customer ("${text.text}").`;
  return [
    ...addSystemLine(db, { name: text.uid, threadId, at, text: told }),
    ...(heard.answered('opt-in') ? [] : answerByItself(db, 'opt-in', answerable)),
  ];
}

function keep(
  db: WritableDb,
  { text, line, number, scope }: Heard,
  reading: Parameters<typeof saidOfConsent>[1],
): boolean {
  const { uid, at } = text;
  return appendConsent(db, {
    ...saidOfConsent({ uid, at, text: text.text, peer: number, line }, reading),
    scope,
  });
}

/* The wide reading is the usual one: who stops one line means all of them. */
function scopeOn(db: WritableDb, { threadId }: Entry, line: string): ConsentScope {
  const thread = findThread(db, threadId);
  const isNarrow = thread !== undefined && findPolicy(db, thread.lineId).optOutScope === 'line';
  return isNarrow ? { kind: 'line', of: line } : { kind: 'all' };
}
