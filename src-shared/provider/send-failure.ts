import { z } from 'zod';

/** The one taxonomy of failures over all carriers. */
export const failureKindSchema = z.enum([
  'landline',
  'opted-out',
  'unreachable',
  'filtered',
  'invalid-number',
  'unknown-number',
  'rate-limited',
  'credentials',
  'balance',
  'not-registered',
  'content',
  'too-long',
  'media',
  'no-link',
  'not-allowed',
  'carrier-trouble',
  'network',
  'no-answer',
  'expired',
  'blocked',
  'cancelled',
  'unmapped',
]);
export type FailureKind = z.infer<typeof failureKindSchema>;

/** What went wrong with a text. `raw` is the carrier's own code and words, kept for the details. */
export const sendFailureSchema = z.object({
  kind: failureKindSchema,
  raw: z.string().nullable(),
});
export type SendFailure = z.infer<typeof sendFailureSchema>;

export type FailureMeaning = {
  /** A few words that follow "Not delivered:". */
  readonly short: string;
  /** What happened, a whole sentence. */
  readonly sentence: string;
  readonly side: 'theirs' | 'ours' | 'carrier';
  /** What the agent can do. */
  readonly cure: string;
  /** May the same text, sent again later, get through? */
  readonly retryHelps: boolean;
  readonly certainty: 'certain' | 'likely' | 'guess';
};

const meaning = (
  [short, sentence, cure]: readonly [string, string, string],
  side: FailureMeaning['side'],
  more: { retryHelps?: boolean; certainty?: FailureMeaning['certainty'] } = {},
): FailureMeaning => ({
  short,
  sentence,
  cure,
  side,
  retryHelps: more.retryHelps ?? false,
  certainty: more.certainty ?? 'certain',
});

/** Every kind of failure in words. */
export const failureMeanings: Readonly<Record<FailureKind, FailureMeaning>> = {
  landline: meaning(
    ['landline', 'The number is a landline, which cannot receive texts.', 'Call instead.'],
    'theirs',
  ),
  'opted-out': meaning(
    [
      'opted out at the carrier',
      'This person has opted out, and the carrier blocks texts to them.',
      'They must text START to this line first.',
    ],
    'theirs',
  ),
  unreachable: meaning(
    ['handset unreachable', 'The handset is off or out of reach.', 'Try again later, or call.'],
    'theirs',
    { retryHelps: true, certainty: 'likely' },
  ),
  filtered: meaning(
    [
      'filtered as spam',
      'The carrier filtered the text as spam.',
      'Change the wording, leave out links, and check the registration of the line.',
    ],
    'carrier',
    { certainty: 'likely' },
  ),
  'invalid-number': meaning(
    ['not a valid number', 'The number cannot exist.', 'Check the digits.'],
    'ours',
  ),
  'unknown-number': meaning(
    [
      'number not in service',
      'The number is not in service, or not known to any carrier.',
      'Check the digits, or call.',
    ],
    'theirs',
    { certainty: 'likely' },
  ),
  'rate-limited': meaning(
    [
      'too fast for the carrier',
      'The carrier asked us to slow down.',
      'It goes out again by itself after the pause.',
    ],
    'carrier',
    { retryHelps: true },
  ),
  credentials: meaning(
    [
      'credentials refused',
      'The carrier refused the account credentials.',
      'Check the credentials of the connection.',
    ],
    'ours',
  ),
  balance: meaning(
    [
      'account balance',
      'The carrier account has no balance left.',
      'Top up the account with the carrier.',
    ],
    'ours',
  ),
  'not-registered': meaning(
    [
      'line not registered',
      'The line is not registered for this traffic.',
      'Register the brand and campaign with the carrier.',
    ],
    'ours',
  ),
  content: meaning(
    ['content refused', 'The carrier refused the content of the text.', 'Change the wording.'],
    'ours',
  ),
  'too-long': meaning(
    ['too long', 'The text is longer than the carrier takes.', 'Shorten it or split it in two.'],
    'ours',
  ),
  media: meaning(
    [
      'attachment refused',
      'The carrier could not use an attachment.',
      'Use a smaller picture of a common type.',
    ],
    'ours',
  ),
  'no-link': meaning(
    [
      'picture not offered',
      'The picture could not be put where the carrier fetches it, so nothing left.',
      'It goes out again by itself; the details say why it could not.',
    ],
    'ours',
    { retryHelps: true },
  ),
  'not-allowed': meaning(
    [
      'not allowed on this account',
      'The account or line may not send this.',
      'Ask the carrier to enable it.',
    ],
    'ours',
  ),
  'carrier-trouble': meaning(
    ['carrier trouble', 'The carrier had a fault of its own.', 'Try again later.'],
    'carrier',
    { retryHelps: true, certainty: 'likely' },
  ),
  network: meaning(
    [
      'no connection',
      'The carrier could not be reached, so nothing left.',
      'It goes out again by itself.',
    ],
    'ours',
    { retryHelps: true },
  ),
  'no-answer': meaning(
    [
      'no answer',
      'The carrier did not answer, so the text may or may not have been taken.',
      'Check with the person before trying again.',
    ],
    'carrier',
    { certainty: 'guess' },
  ),
  expired: meaning(
    [
      'expired',
      'The text waited longer than it was valid for.',
      'Write again if it still matters.',
    ],
    'carrier',
    { retryHelps: true },
  ),
  blocked: meaning(
    [
      'held back here',
      'It was not sent: a rule of this program stood against it.',
      'Try again when the reason is gone.',
    ],
    'ours',
    { retryHelps: true },
  ),
  cancelled: meaning(
    ['cancelled', 'It was cancelled before it left.', 'Write again if it still matters.'],
    'ours',
  ),
  unmapped: meaning(
    [
      'refused by the carrier',
      'The carrier gave a reason that is not known here.',
      'Look at the code in the details.',
    ],
    'carrier',
    { certainty: 'guess' },
  ),
};

/** Did the text end here, so that nothing of it ever left? */
export const isUnsent = (failure: SendFailure | null): failure is SendFailure =>
  failure?.kind === 'blocked' || failure?.kind === 'cancelled';

/** A few words for what went wrong. Of what was held back here they are the beginning of the rule's own. */
export function failureShortly({ kind, raw }: SendFailure): string {
  const [sentence] = kind === 'blocked' && raw !== null ? raw.split(/\.(?=\s|$)/u) : [];
  if (!sentence) return failureMeanings[kind].short;
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
