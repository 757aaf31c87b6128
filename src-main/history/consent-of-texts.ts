import type { ConsentEvent } from '#shared/compliance/consent-event.ts';
import type { ConsentReading } from '#shared/compliance/read-consent.ts';

import { uidOfName } from './uid.ts';

const longestWords = 2_000;
const longestCode = 500;

/** A text that somebody wrote to a line of ours. */
export type SaidText = {
  readonly uid: string;
  readonly at: number;
  readonly text: string;
  readonly peer: string;
  readonly line: string;
};

/** What a text says of consent, as the ledger keeps it. Every desktop that reads the text comes to the same event. */
export function saidOfConsent(
  { uid, at, text, peer, line }: SaidText,
  reading: Exclude<ConsentReading, { kind: 'none' | 'help' }>,
): ConsentEvent {
  const words = text.slice(0, longestWords);
  return {
    uid: uidOfName(`consent/${uid}`),
    number: peer,
    kind: reading.kind,
    source: reading.kind === 'likely-opt-out' ? 'free-text' : 'keyword',
    who: 'customer',
    by: null,
    scope: { kind: 'all' },
    evidence: {
      entryUid: uid,
      words,
      line,
      ...('keyword' in reading ? { keyword: reading.keyword } : {}),
    },
    at,
  };
}

/** A carrier refused a text of ours because this person opted out there. */
export function carrierOptOut(refused: {
  readonly uid: string;
  readonly attempt: number;
  readonly at: number;
  readonly peer: string;
  readonly line: string;
  readonly code: string | null;
}): ConsentEvent {
  const { uid, attempt, at, peer, line, code } = refused;
  return {
    uid: uidOfName(`consent/refused/${uid}/${attempt}`),
    number: peer,
    kind: 'opt-out',
    source: 'carrier',
    who: 'carrier',
    by: null,
    scope: { kind: 'all' },
    evidence: {
      entryUid: uid,
      line,
      ...(code === null ? {} : { code: code.slice(0, longestCode) }),
    },
    at,
  };
}
