import type { NumberReading } from '../phone/read-number.ts';
import { type MediaFacts, judgeMedia } from './judge-media.ts';

/** Everything the judge needs to know of a text that wants to leave. */
export type SendFacts = {
  readonly text: string;
  readonly mediaCount: number;
  /** What is attached, and what may be; left out where nothing is. */
  readonly media?: MediaFacts;
  readonly to: NumberReading;
  /** Our own number, E.164 or a short code. */
  readonly from: string;
  /** Longest text the carrier takes, in UTF-16 units. */
  readonly maxTextUnits: number;
  /** Is the connection of the line there and open? */
  readonly lineIsConnected: boolean;
};

export type Verdict =
  | { readonly kind: 'allowed' }
  | {
      readonly kind: 'refused';
      /** What the refusal is about: the name of the field at fault. */
      readonly field: 'text' | 'to' | 'line' | 'media';
      readonly because: string;
      readonly cure: string;
    };

/** The rules in the order in which a person should hear of them. */
const rules: readonly ((facts: SendFacts) => Verdict | null)[] = [
  judgeLine,
  judgeRecipient,
  judgeAttachments,
  judgeEmptiness,
  judgeLength,
  judgeControlCharacters,
];

/** May this text leave? Pure: the same facts give the same verdict, in the composer and at the gate. */
export function judge(facts: SendFacts): Verdict {
  for (const rule of rules) {
    const verdict = rule(facts);
    if (verdict !== null) return verdict;
  }
  return { kind: 'allowed' };
}

const refuse = (field: 'text' | 'to' | 'line', because: string, cure: string): Verdict => ({
  kind: 'refused',
  field,
  because,
  cure,
});

function judgeLine({ lineIsConnected, from }: SendFacts): Verdict | null {
  if (lineIsConnected) return null;
  return refuse(
    'line',
    `The line ${from} is not connected to a carrier.`,
    'Choose another line, or connect its carrier again.',
  );
}

function judgeRecipient({ to, from }: SendFacts): Verdict | null {
  if (to.kind === 'impossible') return refuse('to', to.reason, to.cure);
  if ((to.kind === 'number' ? to.e164 : to.digits) === from) {
    return refuse(
      'to',
      'This is the number of the line itself.',
      'Choose another recipient or another line.',
    );
  }
  return null;
}

function judgeAttachments({ text, media }: SendFacts): Verdict | null {
  const problem = media === undefined ? null : judgeMedia(media, text);
  return problem === null ? null : { kind: 'refused', field: 'media', ...problem };
}

function judgeEmptiness({ text, mediaCount }: SendFacts): Verdict | null {
  if (text.trim() !== '' || mediaCount > 0) return null;
  return refuse('text', 'The text is empty.', 'Write something first.');
}

function judgeLength({ text, maxTextUnits }: SendFacts): Verdict | null {
  if (text.length <= maxTextUnits) return null;
  const length = text.length.toLocaleString('en-US');
  const limit = maxTextUnits.toLocaleString('en-US');
  return refuse(
    'text',
    `The text is ${length} characters long; the carrier takes ${limit}.`,
    'Shorten it, or split it in two.',
  );
}

function judgeControlCharacters({ text }: SendFacts): Verdict | null {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (!isControl(code)) continue;
    const name = code.toString(16).toUpperCase().padStart(4, '0');
    return refuse(
      'text',
      `The text holds a control character (U+${name}) at position ${at + 1}.`,
      'Delete it and type that place again.',
    );
  }
  return null;
}

/* Tab, line feed and carriage return are text; the others are invisible, break bills and terminals, and were never meant. */
function isControl(code: number): boolean {
  if (code === 0x09 || code === 0x0a || code === 0x0d) return false;
  return code < 0x20 || (code >= 0x7f && code <= 0x9f);
}
