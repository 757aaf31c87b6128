import type { Preview, Thread } from '#shared/message/thread.ts';

import { playingTime, talkTime } from '../controls/tell-time.ts';

/** The second line of a row, and how it looks. */
export type PreviewWords = {
  readonly words: string;
  readonly tone: 'plain' | 'bad' | 'warn' | 'draft';
};

/** What a row says of the newest thing in its thread; a draft comes first, as it waits for the person. */
export function previewWords({ draft, preview }: Pick<Thread, 'draft' | 'preview'>): PreviewWords {
  if (draft.trim() !== '') return { words: `Draft: ${oneLine(draft)}`, tone: 'draft' };
  if (preview === null) return { words: 'No messages yet', tone: 'plain' };
  switch (preview.kind) {
    case 'text':
      return textWords(preview);
    case 'call':
      return { words: callWords(preview), tone: 'plain' };
    case 'voicemail':
      return { words: `Voicemail ${playingTime(preview.seconds ?? 0)}`, tone: 'plain' };
  }
}

function textWords(preview: Preview): PreviewWords {
  const content = oneLine(preview.text) || (preview.hasMedia ? 'Picture' : 'Empty message');
  if (preview.direction === 'in') return { words: content, tone: 'plain' };
  if (preview.state === 'failed')
    return {
      words: ['You: not delivered', preview.failure].filter(Boolean).join(': '),
      tone: 'bad',
    };
  if (preview.state === 'unknown') return { words: 'You: not confirmed', tone: 'warn' };
  return { words: `You: ${content}`, tone: 'plain' };
}

function callWords({ direction, outcome, seconds }: Preview): string {
  switch (outcome) {
    case 'missed':
      return direction === 'in' ? 'Missed call' : 'Call not answered';
    case 'declined':
      return 'Call declined';
    case 'busy':
      return 'Line busy';
    default:
      return `Call · ${talkTime(seconds ?? 0)}`;
  }
}

const oneLine = (text: string): string => text.replaceAll(/\s+/gu, ' ').trim().slice(0, 160);
