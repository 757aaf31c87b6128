import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';

import type { EntryId, ThreadId } from '#shared/message/entry.ts';

/** What the main pane shows. `visit` rises with every opening, so that opening the same thread again is noticed. */
export type Pane =
  | { readonly kind: 'nothing' }
  | {
      readonly kind: 'thread';
      readonly threadId: ThreadId;
      /** The entry to show and mark, where the thread was opened at a found text. */
      readonly target: EntryId | null;
      readonly visit: number;
    }
  | { readonly kind: 'new-message' }
  | { readonly kind: 'attention' };

/** Where the person is. */
export type Place = {
  readonly pane: Pane;
  /** The entry picked out in the open thread, and the one whose details are shown. */
  readonly selected: EntryId | null;
  readonly details: EntryId | null;
  /** The screen is before the person's eyes: visible and focused. */
  readonly attentive: boolean;
};

export const createPlaceStore = (): StoreApi<Place> =>
  createStore<Place>(() => ({
    pane: { kind: 'nothing' },
    selected: null,
    details: null,
    attentive: true,
  }));

/** The thread in the main pane, if there is one. */
export function openThreadId({ pane }: Place): ThreadId | null {
  return pane.kind === 'thread' ? pane.threadId : null;
}
