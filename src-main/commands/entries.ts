import { findAttention, listAttention } from '#main/history/attention.ts';
import { findConnection } from '#main/history/connections.ts';
import { pageEntries, pageEntriesFrom } from '#main/history/entries.ts';
import { searchEntries, searchThreads } from '#main/history/search.ts';
import { findThread } from '#main/history/threads.ts';
import { readAgain } from '#main/inbound/read-again.ts';
import type { CommandInput, CommandOutput } from '#shared/contract/contract.ts';

import type { Desk } from './desk.ts';

/** Half a page before an entry and half a page from it on. */
export function entriesAround(
  desk: Desk,
  input: CommandInput<'entries.around'>,
): CommandOutput<'entries.around'> {
  const { threadId, entryId } = input;
  const half = Math.ceil(input.limit / 2);
  const before = pageEntries(desk.db, { threadId, before: entryId, limit: half });
  const after = pageEntriesFrom(desk.db, { threadId, from: entryId, limit: half });
  return {
    entries: [...before.entries, ...after.entries],
    reachedStart: before.reachedStart,
    reachedEnd: after.reachedEnd,
  };
}

export function search(
  desk: Desk,
  { query, limit }: CommandInput<'search'>,
): CommandOutput<'search'> {
  const { entries, total, moreThanTotal } = searchEntries(desk.db, query, limit);
  const hits = entries.flatMap((entry) => {
    const thread = findThread(desk.db, entry.threadId);
    return thread === undefined ? [] : [{ thread, entry }];
  });
  return { threads: searchThreads(desk.db, query, limit), hits, total, moreThanTotal };
}

const longestBodyShown = 4_000;

export function attentionList(desk: Desk): CommandOutput<'attention.list'> {
  const items = listAttention(desk.db).map(({ id, at, problem, delivery }) => ({
    id,
    at,
    problem,
    provider: delivery.provider,
    connectionLabel: findConnection(desk.db, delivery.connectionId)?.label ?? delivery.connectionId,
    body: new TextDecoder().decode(delivery.body).slice(0, longestBodyShown),
  }));
  return { items };
}

export function readAttentionAgain(
  desk: Desk,
  { id }: CommandInput<'attention.read-again'>,
): CommandOutput<'attention.read-again'> {
  const understood = readAgain(desk, id);
  if (understood) desk.tell('health.changed', { health: desk.health() });
  return { understood: understood && findAttention(desk.db, id) === undefined };
}
