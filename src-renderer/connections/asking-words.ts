import type { FailureKind, SendFailure } from '#shared/provider/send-failure.ts';
import { failureMeanings } from '#shared/provider/send-failure.ts';

type Words = { readonly sentence: string; readonly cure: string };

/** Where the words for a text that failed would be wrong for a question that failed. */
const otherwise: Partial<Record<FailureKind, Words>> = {
  'rate-limited': {
    sentence: 'The carrier asked us to slow down.',
    cure: 'Wait a moment and try again.',
  },
  'not-allowed': {
    sentence: 'The account may not do this.',
    cure: 'Ask the carrier to enable it.',
  },
  network: {
    sentence: 'The carrier could not be reached.',
    cure: 'Check the network, and the API address if one is set, and try again.',
  },
  'no-answer': { sentence: 'The carrier did not answer in time.', cure: 'Try again.' },
  expired: { sentence: 'The carrier did not answer in time.', cure: 'Try again.' },
};

/** What went wrong when the carrier was asked something, and what to do. */
export function askingWords({ kind }: SendFailure): Words {
  const { sentence, cure } = otherwise[kind] ?? failureMeanings[kind];
  return { sentence, cure };
}
