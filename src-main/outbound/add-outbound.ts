import { moveToEntry } from '#main/history/attachments.ts';
import { addEntry, findEntry } from '#main/history/entries.ts';
import { holdText } from '#main/history/held.ts';
import { type NewOutboxRow, addToOutbox } from '#main/history/outbox.ts';
import { addReceipt } from '#main/history/receipts.ts';
import { showNewEntry } from '#main/history/show-on-thread.ts';
import { isTeams, teamCursor, tellTeam } from '#main/history/team-outbox.ts';
import { findTeam } from '#main/history/team.ts';
import { findOrStartThread, saveDraft } from '#main/history/threads.ts';
import type { WritableDb } from '#main/sqlite/database.ts';
import type { Waiting } from '#shared/compliance/verdict.ts';
import type { EntryId } from '#shared/message/entry.ts';
import type { NumberReading } from '#shared/phone/read-number.ts';
import { analyzeText } from '#shared/text/analyze-text.ts';

import type { Gathered, SendInput } from './gather-facts.ts';
import type { OutboundDesk } from './outbound-desk.ts';

/** A text that may leave, now or when what it waits for is over. */
export type Allowed = Omit<Gathered, 'facts'> & {
  readonly waiting?: Waiting | null;
  /** No answer of a person's, so the team's conversation stays as it is. */
  readonly isAutomatic?: true;
};

/** Writes down an allowed text: its entry, its first receipt, its frozen request in the outbox. Call it in a transaction. */
export function addOutbound(
  { db, clock }: OutboundDesk,
  input: SendInput,
  allowed: Allowed,
): EntryId {
  const { line, to, attachments, purpose } = allowed;
  const at = clock.now();
  const peer = addressOf(to);
  const threadId = findOrStartThread(db, { lineId: line.id, peer }, at);
  const text = input.text.toWellFormed();
  const { encoding, segments } = analyzeText(text);
  const shared = isTeams(db, line.connectionId);
  const entryId = addEntry(db, {
    threadId,
    author: shared ? (findTeam(db)?.desktop ?? null) : null,
    at,
    uid: input.uid,
    kind: 'text',
    direction: 'out',
    text,
    state: 'queued',
    encoding,
    segments: attachments.length > 0 ? 0 : segments.length,
    has_media: attachments.length > 0 ? 1 : 0,
    purpose,
  });
  moveToEntry(db, attachments, { entryId, connectionId: line.connectionId });
  tellTeam(db, {
    kind: 'text-written',
    at,
    uid: input.uid,
    place: { connectionId: line.connectionId, line: line.number, peer },
    text,
    segments: attachments.length > 0 ? 0 : segments.length,
    encoding,
    pictures: attachments.map(({ type }) => type),
    after: teamCursor(db),
    ...(allowed.isAutomatic ? { automatic: true } : {}),
  });
  const mediaIds = attachments.map(({ id }) => id);
  const request = { uid: input.uid, from: line.number, to: peer, text, mediaIds };
  queueFirst(db, { entryId, threadId, notBefore: at, request }, allowed);
  saveDraft(db, threadId, '');
  const added = findEntry(db, entryId);
  if (added) showNewEntry(db, added);
  return entryId;
}

function queueFirst(
  db: WritableDb,
  row: Pick<NewOutboxRow, 'entryId' | 'threadId' | 'notBefore' | 'request'>,
  { line, purpose, waiting }: Allowed,
): void {
  const { entryId, notBefore: at } = row;
  addReceipt(db, {
    entryId,
    attempt: 1,
    state: 'queued',
    failure: null,
    source: 'own',
    at,
    happenedAt: null,
  });
  addToOutbox(db, { ...row, connectionId: line.connectionId, attempt: 1, purpose });
  if (waiting) holdText(db, entryId, waiting);
}

function addressOf(to: NumberReading): string {
  switch (to.kind) {
    case 'number':
      return to.e164;
    case 'short-code':
      return to.digits;
    case 'impossible':
      throw new Error('the judge let an impossible number through');
  }
}
