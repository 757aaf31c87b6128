import type { ThreadId } from '#shared/message/entry.ts';

import { withDraft } from './drafts-store.ts';
import type { Draft, DraftKey } from './drafts-store.ts';
import { hearThread } from './hear-entries.ts';
import type { Screen } from './screen.ts';

/** Milliseconds without a key press before a draft is saved. */
const restMs = 400;
/** The most the host keeps of a draft, in UTF-16 units. */
export const longestDraft = 20_000;

const pending = new WeakMap<Screen, () => void>();

/** The text to show in the composer: what was written here, else what the host keeps. */
export function draftText(screen: Screen, key: DraftKey): string {
  const draft = screen.drafts.getState().byKey.get(key);
  if (draft !== undefined) return draft.text;
  return key === 'new' ? '' : (screen.threads.getState().index.get(key)?.draft ?? '');
}

/** The draft of a key, made now where there is none: its uid comes with it. */
export function ensureDraft(screen: Screen, key: DraftKey): Draft {
  const draft = screen.drafts.getState().byKey.get(key);
  if (draft !== undefined) return draft;
  return {
    text: draftText(screen, key),
    uid: screen.newUid(),
    phase: 'writing',
    unsaved: false,
    failure: null,
  };
}

/** A key was pressed: the draft changes here at once and is saved after a short rest. */
export function writeDraft(screen: Screen, key: DraftKey, text: string): void {
  const draft: Draft = { ...ensureDraft(screen, key), text, unsaved: key !== 'new' };
  screen.drafts.setState((drafts) => withDraft(drafts, key, draft));
  pending.get(screen)?.();
  pending.set(
    screen,
    screen.clock.after(restMs, () => void flushDrafts(screen)),
  );
}

/** Saves every unsaved draft now: on leaving a thread, on closing the page, after a reconnect. */
export async function flushDrafts(screen: Screen): Promise<void> {
  pending.get(screen)?.();
  const unsaved = [...screen.drafts.getState().byKey].filter(([, draft]) => draft.unsaved);
  await Promise.all(
    unsaved.map(([key, draft]) => (key === 'new' ? null : saveDraft(screen, key, draft.text))),
  );
}

/** What could not be saved stays unsaved and is tried again with the next key press or reconnect. */
export async function saveDraft(screen: Screen, threadId: ThreadId, text: string): Promise<void> {
  if (text.length > longestDraft) return;
  try {
    await screen.host.call('draft.save', { threadId, text });
  } catch {
    return;
  }
  const draft = screen.drafts.getState().byKey.get(threadId);
  if (draft?.text === text)
    screen.drafts.setState((drafts) => withDraft(drafts, threadId, { ...draft, unsaved: false }));
  const thread = screen.threads.getState().index.get(threadId);
  if (thread !== undefined && thread.draft !== text) hearThread(screen, { ...thread, draft: text });
}
