import { Pencil, PhoneMissed, Phone, StickyNote, Voicemail } from 'lucide-react';
import type { ReactElement } from 'react';

import type { Thread } from '#shared/message/thread.ts';

import { inDigits } from '../controls/tell-amount.ts';
import { statusWords } from '../thread/status-words.ts';
import { StatusMark } from './StatusMark.tsx';

type Props = { readonly thread: Thread };

/** What stands at the end of a row's second line: how much is unread, else a glyph for the newest thing, with its words. */
export function RowMark({ thread }: Props): ReactElement | null {
  if (thread.unread > 0)
    return (
      <span className="unread-count">
        {inDigits(thread.unread)}
        <span className="unseen"> unread</span>
      </span>
    );
  return (
    <span className="row-mark">
      <Glyph thread={thread} />
    </span>
  );
}

const look = { size: 13, 'aria-hidden': true } as const;

function Glyph({ thread: { draft, preview } }: Props): ReactElement | null {
  if (draft.trim() !== '') return <Pencil {...look} />;
  switch (preview?.kind) {
    case 'call':
      return preview.outcome === 'missed' ? <PhoneMissed {...look} /> : <Phone {...look} />;
    case 'voicemail':
      return <Voicemail {...look} />;
    case 'note':
      return <StickyNote {...look} />;
    case 'text':
      return preview.state === null ? null : (
        <>
          <StatusMark state={preview.state} />
          <span className="unseen">{preview.waiting ? '' : hiddenWords(preview.state)}</span>
        </>
      );
    default:
      return null;
  }
}

/** Failed and unconfirmed texts say so in the preview already. */
const hiddenWords = (state: Parameters<typeof statusWords>[0]['state']): string =>
  state === 'failed' || state === 'unknown' ? '' : statusWords({ state, failure: null });
