import { judgeMedia } from './judge-media.ts';
import type { SendFacts } from './judge.ts';
import { type Objection, refuse } from './verdict.ts';

/** Is the line there? */
export function judgeLine({ lineIsConnected, from }: SendFacts): Objection | null {
  if (lineIsConnected) return null;
  return refuse(
    'line',
    `The line ${from} is not connected to a carrier.`,
    'Choose another line, or connect its carrier again.',
    'supervisor',
  );
}

/** Can the recipient be reached at all? */
export function judgeRecipient({ to, from }: SendFacts): Objection | null {
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

/** May these pictures go along? */
export function judgeAttachments({ text, media }: SendFacts): Objection | null {
  const problem = media === undefined ? null : judgeMedia(media, text);
  return problem === null ? null : refuse('media', problem.because, problem.cure);
}

/** Is there anything to send? */
export function judgeEmptiness({ text, mediaCount }: SendFacts): Objection | null {
  if (text.trim() !== '' || mediaCount > 0) return null;
  return refuse('text', 'The text is empty.', 'Write something first.');
}

/** Is it short enough for the carrier? */
export function judgeLength({ text, maxTextUnits }: SendFacts): Objection | null {
  if (text.length <= maxTextUnits) return null;
  const length = text.length.toLocaleString('en-US');
  const limit = maxTextUnits.toLocaleString('en-US');
  return refuse(
    'text',
    `The text is ${length} characters long; the carrier takes ${limit}.`,
    'Shorten it, or split it in two.',
  );
}

/** Is all of it text? */
export function judgeControlCharacters({ text }: SendFacts): Objection | null {
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
