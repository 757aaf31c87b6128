import { type Repeating, repeatWhenDue } from '#main/clock/repeat-when-due.ts';
import { type Change, announce } from '#main/history/announce.ts';
import { findAttemptByProviderId, findLatestAttempt } from '#main/history/attempts.ts';
import { learn } from '#main/history/learn.ts';
import {
  type OutboxRow,
  findInOutbox,
  listToReconcile,
  markUndecided,
  nextDueAt,
  postponeLook,
} from '#main/history/outbox.ts';
import { showDerivedState } from '#main/history/receipts.ts';
import { showChangedEntry } from '#main/history/show-on-thread.ts';
import { log } from '#main/log/log.ts';
import { transact } from '#main/sqlite/database.ts';
import type { ListedText } from '#shared/provider/carrier-lists.ts';
import type { ProviderAdapter } from '#shared/provider/provider.ts';

import { type SentQuery, listSent } from './list-sent.ts';
import type { OutboundDesk } from './outbound-desk.ts';

const listDeadline = 10_000;
/** The carrier's clock and ours may differ by this much, in milliseconds. */
const clockSlack = 60_000;
/** A listed text without words of its own is this one only if it was made so close to the send, in milliseconds. */
const sameMoment = 60_000;
/** A list that cannot be read for so long, in milliseconds, is no help: a person must decide. */
const longestWithoutList = 7_200_000;
/** A list that could not be read is tried again after this many milliseconds, and does not count as a look. */
const pauseAfterNoList = 30_000;

/**
 * Looks for texts of unknown outcome in the carrier's own list, at the carrier's times. Found, the text is accepted; looked
 * for in vain at every one of those times, it is put before a person. Never sends anything.
 */
export function reconcile(desk: OutboundDesk): Repeating {
  return repeatWhenDue(desk.clock, {
    work: async () => {
      for (const row of listToReconcile(desk.db, desk.clock.now())) await lookFor(desk, row);
      return true;
    },
    nextAt: () => nextDueAt(desk.db, 'unknown'),
  });
}

async function lookFor(desk: OutboundDesk, row: OutboxRow): Promise<void> {
  const adapter = desk.adapterOf(row.connectionId);
  const startedAt = findLatestAttempt(desk.db, row.entryId)?.startedAt ?? 0;
  const since = startedAt - clockSlack;
  const { from, to } = row.request;
  const listed =
    adapter?.listTexts === undefined ? [] : await listSafely(adapter, { from, to, since });
  const changes = transact(desk.db, () => {
    if (findInOutbox(desk.db, row.entryId)?.state !== 'unknown') return [];
    const found = pickThisText(desk, { row, startedAt }, listed ?? []);
    return found === undefined
      ? notFound(desk, row, { adapter, read: listed !== null, startedAt })
      : accept(desk, row, found);
  });
  announce(desk.db, desk.tell, changes);
}

/* An adapter that throws has broken its promise; the other texts are looked for all the same. */
async function listSafely(
  adapter: ProviderAdapter,
  query: SentQuery,
): Promise<readonly ListedText[] | null> {
  try {
    return await listSent(adapter, query, listDeadline);
  } catch (error) {
    log('list.broke', { kind: error instanceof Error ? error.name : 'unknown' });
    return null;
  }
}

type Sought = { readonly row: OutboxRow; readonly startedAt: number };

/**
 * By our own reference where the carrier keeps it, else by the words; where it keeps neither, by the moment, and only if no
 * other text fits. A listed text that is another text's is not this one.
 */
function pickThisText(
  desk: OutboundDesk,
  { row, startedAt }: Sought,
  listed: readonly ListedText[],
): ListedText | undefined {
  const free = listed.filter(
    (each) => !findAttemptByProviderId(desk.db, row.connectionId, each.providerMessageId),
  );
  const known = free.find((each) =>
    each.reference === null ? each.text === row.request.text : each.reference === row.request.uid,
  );
  if (known !== undefined) return known;
  const blank = free.filter((each) => each.reference === null && each.text === null);
  const near = blank.filter((each) => Math.abs(each.createdAt - startedAt) <= sameMoment);
  return near.length === 1 ? near[0] : undefined;
}

function accept(desk: OutboundDesk, row: OutboxRow, found: ListedText): Change[] {
  const { entryId, attempt, connectionId } = row;
  return learn(desk.db, {
    entryId,
    attempt,
    connectionId,
    providerId: found.providerMessageId,
    state: found.state ?? 'accepted',
    failure: found.failure,
    source: 'list',
    at: desk.clock.now(),
    happenedAt: found.createdAt,
  });
}

type Look = {
  readonly adapter: ProviderAdapter | undefined;
  readonly read: boolean;
  readonly startedAt: number;
};

function notFound(desk: OutboundDesk, row: OutboxRow, look: Look): Change[] {
  const { adapter, read, startedAt } = look;
  const now = desk.clock.now();
  const times = adapter?.capabilities.reconcileAfterMs ?? [];
  if (!read && now - startedAt >= longestWithoutList) return putBeforePerson(desk, row);
  if (!read) {
    postponeLook(desk.db, row, { counted: false, lookAt: now + pauseAfterNoList });
    return [];
  }
  const [before, next] = [times[row.looks] ?? 0, times[row.looks + 1]];
  if (next !== undefined) {
    postponeLook(desk.db, row, { counted: true, lookAt: now + next - before });
    return [];
  }
  return putBeforePerson(desk, row);
}

function putBeforePerson(desk: OutboundDesk, { entryId }: OutboxRow): Change[] {
  markUndecided(desk.db, entryId);
  showDerivedState(desk.db, entryId, true);
  showChangedEntry(desk.db, entryId);
  return [{ kind: 'entry-changed', entryId }];
}
