import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';

import type { Failure } from '#shared/contract/failure.ts';
import type { ThreadId } from '#shared/message/entry.ts';

/** Whose draft: a thread's, or that of the new message. */
export type DraftKey = ThreadId | 'new';

/** A text being written here. What the host keeps for the thread counts until the first key press makes one of these. */
export type Draft = {
  readonly text: string;
  /** UUIDv7 made with the draft and kept until the host has taken the text, so that sending twice is sending once. */
  readonly uid: string;
  readonly phase: 'writing' | 'on-its-way';
  /** Not yet saved at the host. */
  readonly unsaved: boolean;
  /** Why the last try to send it did not work. */
  readonly failure: Failure | null;
  /** Why it goes out in spite of what was found about its content. */
  readonly contentReason?: string;
};

export type Drafts = { readonly byKey: ReadonlyMap<DraftKey, Draft> };

export const createDraftsStore = (): StoreApi<Drafts> =>
  createStore<Drafts>(() => ({ byKey: new Map() }));

/** Changes one draft; `null` takes it away, so that what the host keeps counts again. */
export function withDraft({ byKey }: Drafts, key: DraftKey, draft: Draft | null): Drafts {
  const next = new Map(byKey);
  if (draft === null) next.delete(key);
  else next.set(key, draft);
  return { byKey: next };
}
