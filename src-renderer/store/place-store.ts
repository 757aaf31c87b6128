import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';

import type { EntryId, ThreadId } from '#shared/message/entry.ts';
import type { ConnectionId } from '#shared/message/line.ts';

/** Which page about our accounts with carriers is open. */
export type ConnectionsPlace =
  | { readonly page: 'list' }
  | { readonly page: 'connect' }
  | { readonly page: 'connection' | 'numbers'; readonly connectionId: ConnectionId };

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
  | { readonly kind: 'attention' }
  | { readonly kind: 'costs' }
  | { readonly kind: 'team' }
  | { readonly kind: 'templates' }
  | { readonly kind: 'broadcasts' }
  | { readonly kind: 'connections'; readonly at: ConnectionsPlace };

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

/** The page that one about our accounts was reached from; null where it is the first. */
export function placeAbove(at: ConnectionsPlace): ConnectionsPlace | null {
  switch (at.page) {
    case 'list':
      return null;
    case 'connect':
    case 'connection':
      return { page: 'list' };
    case 'numbers':
      return { page: 'connection', connectionId: at.connectionId };
  }
}
