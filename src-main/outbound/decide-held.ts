import { announce } from '#main/history/announce.ts';
import { endUnsent, putBackWords } from '#main/history/end-unsent.ts';
import { findEntry } from '#main/history/entries.ts';
import { releaseText } from '#main/history/held.ts';
import { findInOutbox, restartWait } from '#main/history/outbox.ts';
import { addOverride } from '#main/history/overrides.ts';
import { transact } from '#main/sqlite/database.ts';
import { mayOverrule } from '#shared/compliance/verdict.ts';
import { CommandFailure } from '#shared/contract/failure.ts';
import type { EntryId, TextEntry } from '#shared/message/entry.ts';

import type { OutboundDesk } from './outbound-desk.ts';

/**
 * A person takes back a text that has not left. It stays in the conversation as cancelled; where the draft there is empty its
 * words become it.
 */
export function cancelText(desk: OutboundDesk, entryId: EntryId): TextEntry {
  const entry = mustWait(desk, entryId);
  const at = desk.clock.now();
  transact(desk.db, () => {
    endUnsent(desk.db, entryId, { failure: { kind: 'cancelled', raw: null }, at });
    putBackWords(desk.db, entry, at);
  });
  return tellOf(desk, entryId);
}

/** A person sends what waits for their decision alone. That they did, and against what, is kept. */
export function sendAnyway(desk: OutboundDesk, entryId: EntryId): TextEntry {
  const { waiting } = mustWait(desk, entryId);
  if (!waiting || !mayOverrule(waiting))
    throw new CommandFailure('refused', 'This is not the agent’s to overrule.', {
      cure: waiting?.cure ?? 'It leaves by itself when its turn comes.',
    });
  const at = desk.clock.now();
  const { reason: rule, because } = waiting;
  transact(desk.db, () => {
    addOverride(desk.db, { entryId, rule, because, reason: null, at });
    releaseText(desk.db, entryId, at);
    restartWait(desk.db, entryId, at);
  });
  return tellOf(desk, entryId);
}

function mustWait({ db }: OutboundDesk, entryId: EntryId): TextEntry {
  const entry = findEntry(db, entryId);
  if (entry?.kind !== 'text')
    throw new CommandFailure('not-found', 'This text is no longer there.');
  if (findInOutbox(db, entryId)?.state === 'queued') return entry;
  throw new CommandFailure('refused', 'This text is not waiting here any more.', {
    cure: 'Look at its status: it may have left meanwhile.',
  });
}

function tellOf(desk: OutboundDesk, entryId: EntryId): TextEntry {
  announce(desk.db, desk.tell, [{ kind: 'entry-changed', entryId }]);
  const entry = findEntry(desk.db, entryId);
  if (entry?.kind !== 'text') throw new Error('the text just decided on is not there');
  return entry;
}
