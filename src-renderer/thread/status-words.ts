import type { TextEntry } from '#shared/message/entry.ts';
import { failureMeanings } from '#shared/provider/send-failure.ts';

type Standing = Pick<TextEntry, 'state' | 'failure'>;

/** Where a text stands, in the words people and screen readers get; empty for what came in. */
export function statusWords({ state, failure }: Standing): string {
  switch (state) {
    case 'received':
      return '';
    case 'queued':
      return 'Waiting';
    case 'sending':
      return 'Sending';
    case 'accepted':
    case 'sent':
      return 'Sent';
    case 'delivered':
      return 'Delivered';
    case 'failed':
      return failure === null
        ? 'Not delivered'
        : `Not delivered: ${failureMeanings[failure.kind].short}`;
    case 'unknown':
      return 'Not confirmed';
  }
}

/** What happened to a text that did not simply arrive, and what the person can do about it. */
export type Trouble = {
  readonly kind: 'failed' | 'undecided' | 'checking';
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
  if (state === 'failed') {
    const { sentence, cure, retryHelps } = failureMeanings[failure?.kind ?? 'unmapped'];
    return {
      kind: 'failed',
      words: `${sentence} ${cure}`,
      mayTryAgain: retryHelps && author === null,
    };
  }
  if (state !== 'unknown') return null;
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
