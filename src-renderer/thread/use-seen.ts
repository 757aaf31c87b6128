import { useEffect } from 'react';
import { useStore } from 'zustand';

import type { ThreadId } from '#shared/message/entry.ts';

import { useScreen } from '../screen/screen-context.ts';
import { markRead } from '../store/act-on-thread.ts';
import { loadNewer, loadOlder } from '../store/load-timeline.ts';
import type { LogRow } from './log-rows.ts';

/** Rows before the edge of the window at which the next page is fetched. */
const ahead = 15;

/** Follows what is before the eye: fetches the pages next to it, and marks it read while the person is looking. */
export function useSeen(
  threadId: ThreadId,
  rows: readonly LogRow[],
  range: { readonly startIndex: number; readonly endIndex: number } | null,
): void {
  const screen = useScreen();
  const attentive = useStore(screen.place, (place) => place.attentive);
  const unread = useStore(screen.threads, ({ index }) => index.get(threadId)?.unread ?? 0);
  const first = range?.startIndex ?? 0;
  const last = range?.endIndex ?? -1;
  const lastId = rows[last]?.entry.id;
  useEffect(() => {
    if (last < 0) return;
    if (first < ahead) void loadOlder(screen, threadId);
    if (last > rows.length - ahead) void loadNewer(screen, threadId);
  }, [screen, threadId, rows.length, first, last]);
  useEffect(() => {
    if (attentive && unread > 0 && lastId !== undefined) void markRead(screen, threadId, lastId);
  }, [screen, threadId, attentive, unread, lastId]);
}
