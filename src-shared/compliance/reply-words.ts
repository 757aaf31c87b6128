/** What the line's owner may have written instead of the usual words; null where they did not. */
export type ReplyWords = {
  /** What customers know the line by. */
  readonly label: string;
  readonly helpText: string | null;
  readonly optInText: string | null;
};

/** What a reply that no person writes answers; `ask` asks for consent before the first text. */
export type AutomaticKind = 'opt-out' | 'help' | 'opt-in' | 'ask';

const words: Readonly<Record<AutomaticKind, (line: ReplyWords) => string | null>> = {
  'opt-out': ({ label }) =>
    `${label}: You are opted out and will get no more texts from us. Reply START to opt in again.`,
  help: ({ label, helpText }) =>
    helpText ?? `${label}: For help, reply here or call this number. Reply STOP to opt out.`,
  'opt-in': ({ optInText }) => optInText,
  ask: ({ label }) =>
    `${label}: May we text you at this number? Reply YES to agree, STOP to decline. Msg & data rates may apply.`,
};

/** The words of a reply that no person writes; null where the line gives none. */
export const replyWords = (kind: AutomaticKind, line: ReplyWords): string | null =>
  words[kind](line);
