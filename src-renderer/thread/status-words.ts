import type { TextEntry } from '#shared/message/entry.ts';
import {
  type SendFailure,
  failureMeanings,
  failureShortly,
  isUnsent,
} from '#shared/provider/send-failure.ts';

import { waitingWords } from './waiting-words.ts';

type Standing = Pick<TextEntry, 'state' | 'failure' | 'waiting'>;

/** Where a text stands, in the words people and screen readers get; empty for what came in. */
export function statusWords({ state, failure, waiting }: Standing): string {
  switch (state) {
    case 'received':
      return '';
    case 'queued':
      if (waiting) return waitingWords(waiting);
      return failure === null ? 'Waiting' : `Waiting: ${failureMeanings[failure.kind].short}`;
    case 'sending':
      return 'Sending';
    case 'accepted':
    case 'sent':
      return 'Sent';
    case 'delivered':
      return 'Delivered';
    case 'failed':
      return failureWords(failure);
    case 'unknown':
      return 'Not confirmed';
  }
}

/** Of what never left it is not said that it was not delivered. */
function failureWords(failure: SendFailure | null): string {
  if (failure === null) return 'Not delivered';
  if (failure.kind === 'cancelled') return 'Cancelled';
  return `${isUnsent(failure) ? 'Not sent' : 'Not delivered'}: ${failureShortly(failure)}`;
}

/** What happened to a text that did not simply arrive, and what the person can do about it. */
export type Trouble = {
  readonly kind: 'failed' | 'undecided' | 'checking' | 'cancelled';
  readonly words: string;
  /** May the person try the same text again from here? */
  readonly mayTryAgain: boolean;
};

/** The trouble with a text; null where there is none. Only the desktop that wrote it may try it again. */
export function troubleOf({
  state,
  failure,
  undecided,
  author = null,
}: Standing & Pick<TextEntry, 'undecided'> & Partial<Pick<TextEntry, 'author'>>): Trouble | null {
  if (state === 'failed' && isUnsent(failure)) return unsentTrouble(failure, author);
  if (state === 'failed') {
    const { sentence, cure, retryHelps } = failureMeanings[failure?.kind ?? 'unmapped'];
    return {
      kind: 'failed',
      words: `${sentence} ${cure}`,
      mayTryAgain: retryHelps && author === null,
    };
  }
  return state === 'unknown' ? unknownTrouble(failure, undecided, author) : null;
}

/** The gate's own words, or those of whoever cancelled it. What a person took back needs none. */
function unsentTrouble({ kind, raw }: SendFailure, author: string | null): Trouble | null {
  if (kind === 'cancelled')
    return raw === null ? null : { kind: 'cancelled', words: raw, mayTryAgain: false };
  return {
    kind: 'failed',
    words: raw ?? failureMeanings[kind].sentence,
    mayTryAgain: author === null,
  };
}

function unknownTrouble(
  failure: SendFailure | null,
  undecided: boolean,
  author: string | null,
): Trouble {
  if (author !== null)
    return {
      kind: 'checking',
      words: `May have been delivered. ${author} finds out, or decides.`,
      mayTryAgain: false,
    };
  const { sentence, cure } = failureMeanings[failure?.kind ?? 'no-answer'];
  return undecided
    ? { kind: 'undecided', words: `Not confirmed. ${sentence} ${cure}`, mayTryAgain: true }
    : {
        kind: 'checking',
        words: 'May have been delivered. Looking for it in the carrier’s own list.',
        mayTryAgain: false,
      };
}
