/** Why the carrier refuses a text at once, in its own words. */
export type Refusal = { readonly code: 'landline' | 'opted_out'; readonly message: string };

/** What comes of a text, decided by its recipient. */
export type Behaviour = {
  readonly refusal: Refusal | null;
  /** How many times the carrier says it is busy before it takes the text. */
  readonly busyTimes: number;
  /** When the HTTP reply to the send comes. */
  readonly answer: 'at-once' | 'never' | 'after-receipts';
  readonly receipts:
    | 'delivered'
    | 'unreachable'
    | 'spam'
    | 'none'
    | 'once-listed'
    | 'doubled-and-reversed';
  readonly aftermath:
    | 'silence'
    | 'quoting-reply'
    | 'picture-reply'
    | 'stop-to-the-first'
    | 'long-reply-in-parts'
    | 'missed-call-and-voicemail'
    | 'help-reply'
    | 'comes-in-here';
};

const plain: Behaviour = {
  refusal: null,
  busyTimes: 0,
  answer: 'at-once',
  receipts: 'delivered',
  aftermath: 'silence',
};

/** A number of the account's own: the text comes in there, as with any carrier. */
export const ownNumber: Behaviour = { ...plain, aftermath: 'comes-in-here' };

const byEnding: Readonly<Record<string, Partial<Behaviour>>> = {
  '0100': { aftermath: 'quoting-reply' },
  '0101': {},
  '0102': { receipts: 'unreachable' },
  '0103': { receipts: 'spam' },
  '0104': { refusal: { code: 'landline', message: 'The recipient is a landline.' } },
  '0105': { refusal: { code: 'opted_out', message: 'The recipient has opted out.' } },
  '0106': { receipts: 'none' },
  '0107': { busyTimes: 2 },
  '0108': { answer: 'never', receipts: 'once-listed' },
  '0109': { aftermath: 'picture-reply' },
  '0110': { aftermath: 'stop-to-the-first' },
  '0111': { aftermath: 'long-reply-in-parts' },
  '0112': { aftermath: 'missed-call-and-voicemail' },
  '0113': { answer: 'after-receipts', receipts: 'doubled-and-reversed' },
  '0114': { aftermath: 'help-reply' },
};

/** What the carrier does with a text to this number: the last four digits of a +1 555 number decide, all others are plain. */
export function behaviourOf(recipient: string): Behaviour {
  const ending = /^\+1555\d{3}(\d{4})$/.exec(recipient)?.[1];
  return { ...plain, ...(ending === undefined ? {} : byEnding[ending]) };
}
