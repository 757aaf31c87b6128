import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';

import type { Media } from '#shared/message/entry.ts';

import type { DraftKey } from './drafts-store.ts';

/** A picture beside a draft. It stands there from the moment it was chosen, and may turn out not to be one that can go. */
export type Attachment = {
  /** Ours alone, for this screen. */
  readonly key: string;
  readonly name: string;
  /** Address of its bytes within this page; null where they are nothing that can be shown. */
  readonly preview: string | null;
  readonly standing:
    | { readonly kind: 'coming' }
    /** `note` says what was changed on the way, such as its size; null where nothing was. */
    | { readonly kind: 'ready'; readonly media: Media; readonly note: string | null }
    | { readonly kind: 'refused'; readonly problem: string };
};

export type Attachments = { readonly byKey: ReadonlyMap<DraftKey, readonly Attachment[]> };

export const createAttachmentsStore = (): StoreApi<Attachments> =>
  createStore<Attachments>(() => ({ byKey: new Map() }));

const none: readonly Attachment[] = [];

export function attachmentsOf({ byKey }: Attachments, key: DraftKey): readonly Attachment[] {
  return byKey.get(key) ?? none;
}

/** Changes what is beside one draft. */
export function withAttachments(
  all: Attachments,
  key: DraftKey,
  change: (before: readonly Attachment[]) => readonly Attachment[],
): Attachments {
  const byKey = new Map(all.byKey);
  const after = change(attachmentsOf(all, key));
  if (after.length === 0) byKey.delete(key);
  else byKey.set(key, after);
  return { byKey };
}
