import type { ReadableDb } from '#main/sqlite/database.ts';
import type { Tell } from '#shared/contract/contract.ts';
import type { EntryId, ThreadId } from '#shared/message/entry.ts';
import type { LineId } from '#shared/message/line.ts';

import { findEntry } from './entries.ts';
import { findPolicy } from './line-policies.ts';
import { listRates } from './rate-cards.ts';
import { readRegistrationBook } from './registration-book.ts';
import { listTemplates } from './templates.ts';
import { findThread } from './threads.ts';

/** What a transaction changed, to be told once it is committed. */
export type Change =
  | { readonly kind: 'rates-changed' }
  | { readonly kind: 'registration-changed' }
  | { readonly kind: 'policy-changed'; readonly lineId: LineId }
  | { readonly kind: 'entry-added'; readonly entryId: EntryId }
  | { readonly kind: 'entry-changed'; readonly entryId: EntryId }
  | { readonly kind: 'entry-removed'; readonly entryId: EntryId; readonly threadId: ThreadId }
  | { readonly kind: 'thread-changed'; readonly threadId: ThreadId }
  | { readonly kind: 'templates-changed' }
  | { readonly kind: 'consent-changed'; readonly number: string };

/** Tells the screens what a committed transaction changed, each thing once and as it now stands. */
export function announce(db: ReadableDb, tell: Tell, changes: readonly Change[]): void {
  for (const change of changes) if (change.kind === 'entry-removed') tellRemoved(tell, change);
  const added = new Set(
    changes.filter((change) => change.kind === 'entry-added').map((change) => change.entryId),
  );
  for (const entryId of added) announceAdded(db, tell, entryId);
  const changed = new Set(
    changes.filter((change) => change.kind === 'entry-changed').map((change) => change.entryId),
  );
  for (const entryId of [...changed].filter((id) => !added.has(id)))
    announceChanged(db, tell, entryId);
  const numbers = new Set(
    changes.filter((change) => change.kind === 'consent-changed').map((change) => change.number),
  );
  for (const number of numbers) tell('consent.changed', { number });
  const threads = new Set(
    changes.filter((change) => 'threadId' in change).map((change) => change.threadId),
  );
  for (const threadId of threads) announceThread(db, tell, threadId);
  if (changes.some(({ kind }) => kind === 'templates-changed'))
    tell('templates.changed', { templates: listTemplates(db) });
  for (const change of changes)
    if (change.kind === 'policy-changed') announcePolicy(db, tell, change.lineId);
  if (changes.some(({ kind }) => kind === 'registration-changed'))
    tell('registration.changed', { book: readRegistrationBook(db) });
  if (changes.some(({ kind }) => kind === 'rates-changed'))
    tell('rates.changed', { rates: listRates(db) });
}

function announcePolicy(db: ReadableDb, tell: Tell, lineId: LineId): void {
  tell('policy.changed', { lineId, policy: findPolicy(db, lineId) });
}

function tellRemoved(tell: Tell, { threadId, entryId }: Change & { kind: 'entry-removed' }): void {
  tell('entry.removed', { threadId, entryId });
}

function announceAdded(db: ReadableDb, tell: Tell, entryId: EntryId): void {
  const entry = findEntry(db, entryId);
  const thread = entry && findThread(db, entry.threadId);
  if (entry && thread) tell('entry.added', { entry, thread });
}

function announceChanged(db: ReadableDb, tell: Tell, entryId: EntryId): void {
  const entry = findEntry(db, entryId);
  if (entry === undefined) return;
  tell('entry.changed', { entry });
  announceThread(db, tell, entry.threadId);
}

function announceThread(db: ReadableDb, tell: Tell, threadId: ThreadId): void {
  const thread = findThread(db, threadId);
  if (thread) tell('thread.changed', { thread });
}
