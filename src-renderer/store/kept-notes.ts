import type { NoteDraft } from './notes-store.ts';

export type KeptNote = Pick<NoteDraft, 'text' | 'uid'>;

/* By the thread's uid, because another data folder behind the same address numbers its threads as this one does. */
const keyOf = (threadUid: string): string => `trunkline.note.${threadUid}`;

/** Has the page remember a note that is being written until the window is closed, so that a reload does not lose it. */
export function keepNote(threadUid: string, note: NoteDraft | null): void {
  try {
    if (note === null || note.text === '') sessionStorage.removeItem(keyOf(threadUid));
    else sessionStorage.setItem(keyOf(threadUid), toJson(note));
  } catch {
    // A browser that keeps nothing, or nothing more: the note is still on the screen.
  }
}

const toJson = ({ text, uid }: NoteDraft): string => JSON.stringify({ text, uid });

/** The note that the page remembers of a thread; null where it remembers none. */
export function keptNote(threadUid: string): KeptNote | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(keyOf(threadUid)) ?? 'null');
    return isKept(kept) ? kept : null;
  } catch {
    return null;
  }
}

const isKept = (kept: unknown): kept is KeptNote =>
  typeof kept === 'object' &&
  kept !== null &&
  'text' in kept &&
  typeof kept.text === 'string' &&
  'uid' in kept &&
  typeof kept.uid === 'string';
