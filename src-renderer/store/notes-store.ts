import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';

import type { Failure } from '#shared/contract/failure.ts';
import type { ThreadId } from '#shared/message/entry.ts';

/** What the composer of a thread writes: a text to the customer, or a note for the team alone. */
export type ComposerMode = 'reply' | 'note';

/** A note being written. It is kept apart from the text being written, so that neither ever becomes the other. */
export type NoteDraft = {
  readonly text: string;
  /** UUIDv7 made with the note and kept until the host has taken it, so that adding twice is adding once. */
  readonly uid: string;
  readonly phase: 'writing' | 'on-its-way';
  /** Why the last try to add it did not work. */
  readonly failure: Failure | null;
};

export type Notes = {
  readonly byThread: ReadonlyMap<ThreadId, NoteDraft>;
  /** Threads whose composer was turned to notes; all others write texts. */
  readonly noting: ReadonlySet<ThreadId>;
};

export const createNotesStore = (): StoreApi<Notes> =>
  createStore<Notes>(() => ({ byThread: new Map(), noting: new Set() }));

/** Changes the note of one thread; null takes it away. */
export function withNote(
  { byThread }: Notes,
  threadId: ThreadId,
  note: NoteDraft | null,
): Pick<Notes, 'byThread'> {
  const next = new Map(byThread);
  if (note === null) next.delete(threadId);
  else next.set(threadId, note);
  return { byThread: next };
}

/** Turns the composer of one thread. */
export function withMode(
  { noting }: Notes,
  threadId: ThreadId,
  mode: ComposerMode,
): Pick<Notes, 'noting'> {
  const next = new Set(noting);
  if (mode === 'note') next.add(threadId);
  else next.delete(threadId);
  return { noting: next };
}
