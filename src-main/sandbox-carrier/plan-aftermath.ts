import type { Behaviour } from './behaviours.ts';
import type { CarrierEvent, SmsPart } from './carrier-event.ts';
import { describeFiles } from './fetch-files.ts';
import { voicemailSeconds } from './make-sound.ts';
import { fractionOf, idOf, pick } from './seeded-chance.ts';
import type { Draft, TakenMessage } from './taken-message.ts';

/** When the recipient answers or calls back, milliseconds after the text was taken. */
const replyMs = 1_800;
const arrivalMs = 700;
const voicemailMs = 2_600;
const betweenPartsMs = 200;

/** What the recipient does about a text: replies or missed calls. */
export function planAftermath(message: TakenMessage, behaviour: Behaviour, seed: number): Draft[] {
  switch (behaviour.aftermath) {
    case 'silence':
      return [];
    case 'quoting-reply':
      return [reply(message, { text: quote(message, seed) })];
    case 'picture-reply': {
      const media = `${idOf('pic', message.id)}.png`;
      return [reply(message, { text: 'Here is the picture.', media })];
    }
    case 'stop-to-the-first':
      return message.turn === 0 ? [reply(message, { text: 'STOP' })] : [];
    case 'help-reply':
      return isAnswerToHelp(message) ? [] : [reply(message, { text: 'HELP' })];
    case 'long-reply-in-parts':
      return partsOfReply(message, seed);
    case 'comes-in-here':
      return [arrival(message)];
    case 'missed-call-and-voicemail':
      return missedCall(message);
  }
}

/** The text as the number it was sent to receives it. */
function arrival({ id, from, to, text }: TakenMessage): Draft {
  const messageId = idOf('msg', 'arrival of', id);
  return {
    event: { type: 'message.received', messageId, from, to, text, media: null, part: null },
    afterMs: arrivalMs,
  };
}

type ReplyWords = {
  readonly text: string;
  readonly media?: string;
  readonly part?: SmsPart;
  readonly afterMs?: number;
};

function reply(message: TakenMessage, words: ReplyWords): Draft {
  const event: CarrierEvent = {
    type: 'message.received',
    messageId: idOf('msg', 'reply to', message.id, words.part?.sequence ?? 0),
    from: message.to,
    to: message.from,
    text: words.text,
    media: words.media ?? null,
    part: words.part ?? null,
  };
  return { event, afterMs: words.afterMs ?? replyMs };
}

/* Who has been told how to stop asks no more; else two programs would talk to each other without end. */
const isAnswerToHelp = ({ text }: TakenMessage): boolean => /\breply stop\b/iu.test(text);

const greetings = [
  'Thanks for the text!',
  'Got it, thanks.',
  'Hi! Good to hear from you.',
] as const;
const longestQuote = 300;

/** What the friendly one answers. */
export function quote(
  { text, from, to, turn, files }: Omit<TakenMessage, 'id' | 'reference'>,
  seed: number,
): string {
  const greeting = pick(greetings, [seed, from, to, turn, 'greeting']);
  const short = Array.from(text).slice(0, longestQuote).join('');
  const quoted = short === text ? text : `${short}...`;
  const seen = files.length === 0 ? [] : [`You sent ${describeFiles(files)}.`];
  return [greeting, ...seen, ...(text === '' ? [] : [`You wrote: "${quoted}"`])].join(' ');
}

/** Two full parts and a rest, in the GSM alphabet. */
const longText =
  'Thank you for asking, here is the long story. We moved in on the third of May, and since then the heating has never ' +
  'worked for more than a week. Two engineers came, both were friendly, both changed the same valve, and both said it ' +
  'would last. It did not. Could somebody who has seen this kind of boiler before call us on a weekday after five? ' +
  'That would be a great help. Many thanks from all of us.';
/** GSM-7 characters that fit a part beside its header. */
const partLength = 153;
/** Out of order, and one of them twice. */
const orderOfParts = [3, 1, 3, 2] as const;

function partsOfReply(message: TakenMessage, seed: number): Draft[] {
  const first = Math.floor(fractionOf(seed, message.from, message.to, 'reference') * 256);
  const reference = (first + message.turn) % 256;
  const total = Math.ceil(longText.length / partLength);
  return orderOfParts.map((sequence, index) =>
    reply(message, {
      text: longText.slice((sequence - 1) * partLength, sequence * partLength),
      part: { reference, total, sequence },
      afterMs: replyMs + index * betweenPartsMs,
    }),
  );
}

function missedCall({ id, from, to }: TakenMessage): Draft[] {
  const call = { callId: idOf('call', id), direction: 'out', from, to } as const;
  const media = `${idOf('snd', id)}.wav`;
  return [
    { event: { type: 'call.ended', ...call, outcome: 'missed', seconds: 0 }, afterMs: replyMs },
    {
      event: { type: 'voicemail.left', ...call, seconds: voicemailSeconds, media },
      afterMs: voicemailMs,
    },
  ];
}
