import type { ThreadId } from '#shared/message/entry.ts';

import { failureOf } from './failure-of.ts';
import { hearEntryAdded } from './hear-entries.ts';
import { keepNote, keptNote } from './kept-notes.ts';
import { withMode, withNote } from './notes-store.ts';
import type { ComposerMode, NoteDraft } from './notes-store.ts';
import { flushDrafts } from './save-drafts.ts';
import type { Screen } from './screen.ts';

/** The longest note, in UTF-16 units. */
export const longestNote = 20_000;

/** Turns the composer of a thread to texts or to notes; what is written in either stays. */
export function turnComposer(screen: Screen, threadId: ThreadId, mode: ComposerMode): void {
  void flushDrafts(screen);
  screen.notes.setState((all) => withMode(all, threadId, mode));
}

/** Shows what the page remembers of a note begun before it was loaded anew. */
export function restoreNote(screen: Screen, threadId: ThreadId): void {
  const thread = screen.threads.getState().index.get(threadId);
  if (thread === undefined || screen.notes.getState().byThread.has(threadId)) return;
  const kept = keptNote(thread.uid);
  if (kept === null) return;
  put(screen, threadId, { ...freshNote(screen), ...kept });
  turnComposer(screen, threadId, 'note');
}

/** A key was pressed in the note of a thread. */
export function writeNote(screen: Screen, threadId: ThreadId, text: string): void {
  put(screen, threadId, { ...noteOf(screen, threadId), text });
}

/**
 * Adds the note of a thread to its timeline. Until the host has taken it, it stays in the composer under the same uid, so that
 * adding it again can only ever make one note.
 */
export async function addNote(screen: Screen, threadId: ThreadId): Promise<void> {
  const note = noteOf(screen, threadId);
  if (note.phase === 'on-its-way') return;
  put(screen, threadId, { ...note, phase: 'on-its-way', failure: null });
  try {
    const { uid, text } = note;
    const answer = await screen.host.call('note.add', { uid, threadId, text });
    const rest = withoutAdded(noteOf(screen, threadId).text, text);
    const left = rest === '' ? null : { ...freshNote(screen), text: rest };
    put(screen, threadId, left);
    hearEntryAdded(screen, answer);
  } catch (error) {
    const failure = failureOf(error);
    put(screen, threadId, { ...noteOf(screen, threadId), phase: 'writing', failure });
  }
}

/** What was written on while the note was on its way stays, under a uid of its own. */
const withoutAdded = (text: string, added: string): string =>
  text.startsWith(added) ? text.slice(added.length) : text;

function noteOf(screen: Screen, threadId: ThreadId): NoteDraft {
  return screen.notes.getState().byThread.get(threadId) ?? freshNote(screen);
}

const freshNote = (screen: Screen): NoteDraft => ({
  text: '',
  uid: screen.newUid(),
  phase: 'writing',
  failure: null,
});

function put({ notes, threads }: Screen, threadId: ThreadId, note: NoteDraft | null): void {
  notes.setState((all) => withNote(all, threadId, note));
  const thread = threads.getState().index.get(threadId);
  if (thread !== undefined) keepNote(thread.uid, note);
}
