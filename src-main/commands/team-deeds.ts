import { announce } from '#main/history/announce.ts';
import { findEntryByUid } from '#main/history/entries.ts';
import { addNote as addNoteEntry } from '#main/history/notes.ts';
import { isTeams, tellTeam } from '#main/history/team-outbox.ts';
import { placeOf } from '#main/history/team-place.ts';
import { findMember, findTeam } from '#main/history/team.ts';
import { setAssignee } from '#main/history/threads.ts';
import { transact } from '#main/sqlite/database.ts';
import type { CommandInput, CommandOutput } from '#shared/contract/contract.ts';
import { CommandFailure } from '#shared/contract/failure.ts';

import type { Desk } from './desk.ts';
import { mustFindThread } from './threads.ts';

/** Adds a note once: a uid that is known is answered with the note there is. */
export function addNote(
  desk: Desk,
  { uid, threadId, text }: CommandInput<'note.add'>,
): CommandOutput<'note.add'> {
  mustFindThread(desk, threadId);
  if (findEntryByUid(desk.db, uid) === undefined) writeNote(desk, { uid, threadId, text });
  const entry = findEntryByUid(desk.db, uid);
  if (entry?.kind !== 'note')
    throw new CommandFailure('bad-input', 'This id is that of something else than a note.', {
      field: 'uid',
      cure: 'Write the note anew.',
    });
  return { entry, thread: mustFindThread(desk, entry.threadId) };
}

function writeNote({ db, clock, tell }: Desk, input: CommandInput<'note.add'>): void {
  const at = clock.now();
  const { uid, threadId } = input;
  const text = input.text.toWellFormed();
  const entryId = transact(db, () => {
    const place = placeOf(db, threadId);
    tellTeam(db, { kind: 'note-written', at, uid, place, text });
    const author = isTeams(db, place.connectionId) ? (findTeam(db)?.desktop ?? null) : null;
    return addNoteEntry(db, { uid, threadId, at, text, author });
  });
  announce(db, tell, [{ kind: 'entry-added', entryId }]);
}

/** Gives a conversation to a desktop of the team, or back to all. */
export function assignThread(
  desk: Desk,
  { threadId, to }: CommandInput<'thread.assign'>,
): CommandOutput<'thread.assign'> {
  const { assignee } = mustFindThread(desk, threadId);
  if (assignee !== to) {
    transact(desk.db, () => assign(desk, { threadId, to }));
    announce(desk.db, desk.tell, [{ kind: 'thread-changed', threadId }]);
  }
  return { thread: mustFindThread(desk, threadId) };
}

function assign({ db, clock }: Desk, { threadId, to }: CommandInput<'thread.assign'>): void {
  const place = placeOf(db, threadId);
  if (!isTeams(db, place.connectionId))
    throw new CommandFailure('refused', 'This conversation is on a line of this computer alone.', {
      field: 'to',
      cure: 'Assign conversations on lines of a team.',
    });
  if (to !== null && findMember(db, to) === undefined)
    throw new CommandFailure('not-found', 'There is no such desktop in the team.', {
      field: 'to',
      cure: 'Choose one from the list.',
    });
  setAssignee(db, threadId, to);
  tellTeam(db, { kind: 'thread-assigned', at: clock.now(), place, to });
}
