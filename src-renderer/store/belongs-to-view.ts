import type { LineId } from '#shared/message/line.ts';
import type { Preview, Thread, ThreadView } from '#shared/message/thread.ts';

/** Which threads a list shows; `lineId` null is all lines. */
export type ThreadFilter = { readonly view: ThreadView; readonly lineId: LineId | null };

export type Belonging = 'yes' | 'no' | 'unsure';

const known = (belongs: boolean): Belonging => (belongs ? 'yes' : 'no');

const views: Readonly<Record<ThreadView, (thread: Thread) => Belonging>> = {
  open: ({ done }) => known(!done),
  done: ({ done }) => known(done),
  unread: ({ unread }) => known(unread > 0),
  unanswered: ({ done, preview }) =>
    (preview?.kind === 'note' || preview?.kind === 'system') && !done
      ? 'unsure'
      : known(!done && preview?.direction === 'in'),
  failed: ({ preview }) => hasFailed(preview),
};

/** Does a thread belong to a filtered list? `unsure` where its newest entry does not tell; then the host is asked. */
export function belongsTo(thread: Thread, { view, lineId }: ThreadFilter): Belonging {
  return lineId === null || lineId === thread.lineId ? views[view](thread) : 'no';
}

function hasFailed(preview: Preview | null): Belonging {
  if (preview === null) return 'no';
  if (preview.kind !== 'text' || preview.direction === 'in') return 'unsure';
  return preview.state === 'unknown' ? 'unsure' : known(preview.state === 'failed');
}
