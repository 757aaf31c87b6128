import type { Preview, Thread } from '#shared/message/thread.ts';

import { playingTime, talkTime } from '../controls/tell-time.ts';
import { waitingWords } from '../thread/waiting-words.ts';

/** The second line of a row, and how it looks. `lead` says whose it is and stands before `words`, which may run the other way. */
export type PreviewWords = {
  readonly lead: string;
  readonly words: string;
  readonly tone: 'plain' | 'bad' | 'warn' | 'draft';
};

/** What a row says of the newest thing in its thread; a draft comes first, as it waits for the person. */
export function previewWords({ draft, preview }: Pick<Thread, 'draft' | 'preview'>): PreviewWords {
  if (draft.trim() !== '') return { lead: 'Draft: ', words: oneLine(draft), tone: 'draft' };
  if (preview === null) return plain('No messages yet');
  switch (preview.kind) {
    case 'text':
      return textWords(preview);
    case 'call':
      return plain(callWords(preview));
    case 'voicemail':
      return plain(`Voicemail ${playingTime(preview.seconds ?? 0)}`);
    case 'note':
      return { lead: 'Note: ', words: oneLine(preview.text), tone: 'plain' };
    case 'system':
      return plain(oneLine(preview.text));
  }
}

const plain = (words: string): PreviewWords => ({ lead: '', words, tone: 'plain' });

function textWords(preview: Preview): PreviewWords {
  const content = oneLine(preview.text) || (preview.hasMedia ? 'Picture' : 'Empty message');
  if (preview.direction === 'in') return plain(content);
  const lead = `${preview.author ?? 'You'}: `;
  if (preview.state === 'failed') {
    if (preview.failure === 'cancelled') return { lead, words: 'cancelled', tone: 'plain' };
    const what = preview.isUnsent ? 'not sent' : 'not delivered';
    return { lead, words: [what, preview.failure].filter(Boolean).join(': '), tone: 'bad' };
  }
  if (preview.waiting) {
    const words = waitingWords(preview.waiting);
    return { lead, words: words.charAt(0).toLowerCase() + words.slice(1), tone: 'warn' };
  }
  if (preview.state === 'unknown') return { lead, words: 'not confirmed', tone: 'warn' };
  return { lead, words: content, tone: 'plain' };
}

function callWords({ outcome, seconds }: Preview): string {
  switch (outcome) {
    case 'missed':
      return 'Missed call';
    case 'declined':
      return 'Call declined';
    case 'busy':
      return 'Line busy';
    default:
      return `Call · ${talkTime(seconds ?? 0)}`;
  }
}

const oneLine = (text: string): string => text.replaceAll(/\s+/gu, ' ').trim().slice(0, 160);
