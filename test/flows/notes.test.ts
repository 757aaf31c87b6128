import { randomUUID } from 'node:crypto';

import { expect, test } from 'vitest';

import type { Desk } from '#main/commands/desk.ts';
import { addNote, assignThread } from '#main/commands/team-deeds.ts';
import { setThreadDone } from '#main/commands/threads.ts';
import { findEntryByUid } from '#main/history/entries.ts';
import { countOutbox, listConnectionsReady } from '#main/history/outbox.ts';
import { listReceipts } from '#main/history/receipts.ts';
import { searchEntries } from '#main/history/search.ts';
import { pageThreads } from '#main/history/thread-pages.ts';
import { takeUpAbandoned } from '#main/outbound/take-up-abandoned.ts';
import { tryAgain } from '#main/outbound/try-again.ts';
import { all } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import type { ThreadId } from '#shared/message/entry.ts';
import { exportRows, exportText } from '#test/fakes/export-text.ts';
import { settle } from '#test/fakes/manual-clock.ts';
import { type OutboundRoad, outboundRoad } from '#test/fakes/outbound-road.ts';
import { textIn } from '#test/fakes/write-history.ts';

const asDesk = (road: OutboundRoad): Desk => road as unknown as Desk;

type Noted = { readonly threadId: ThreadId; readonly uid?: string };

/** A person notes something on a conversation. */
function notes(road: OutboundRoad, text: string, { threadId, uid = randomUUID() }: Noted) {
  return addNote(asDesk(road), { uid, threadId, text });
}

test('a note stands in its conversation without any team, once however often it is added', () => {
  const road = outboundRoad();
  const { threadId } = textIn(road);
  const uid = randomUUID();
  const { entry, thread } = notes(road, 'She called back <b>twice</b>', { threadId, uid });
  expect(entry).toMatchObject({ kind: 'note', uid, author: null, direction: 'out', threadId });
  expect(thread.preview).toMatchObject({ kind: 'note', text: 'She called back <b>twice</b>' });
  expect(notes(road, 'Something else', { threadId, uid }).entry).toEqual(entry);
  expect(road.toldAs('entry.added').filter((told) => told.entry.kind === 'note')).toHaveLength(1);
});

test('a note answers nobody and opens nothing again', () => {
  const road = outboundRoad();
  const { threadId } = textIn(road);
  notes(road, 'Wait for the invoice', { threadId });
  const views = { lineId: null, after: null, limit: 10 };
  expect(pageThreads(road.db, { view: 'unanswered', ...views }).threads).toHaveLength(1);
  expect(pageThreads(road.db, { view: 'unread', ...views }).threads).toHaveLength(1);
  setThreadDone(asDesk(road), { threadId, done: true });
  expect(notes(road, 'All settled', { threadId }).thread.done).toBe(true);
});

test('no road leads from a note to a carrier', async () => {
  const road = outboundRoad();
  const { threadId } = textIn(road);
  const { entry } = notes(road, 'Never for the customer', { threadId });
  expect(() => tryAgain(road, entry.id)).toThrow(/no longer there/);
  takeUpAbandoned(road);
  road.drain.wake();
  await road.clock.advance(86_400_000);
  await settle();
  expect(road.carrier.sent).toEqual([]);
  expect(countOutbox(road.db)).toEqual({ waiting: 0, undecided: 0 });
  expect(listConnectionsReady(road.db, road.clock.now())).toEqual([]);
  expect(listReceipts(road.db, entry.id)).toEqual([]);
  expect(all(road.db, sql`SELECT 1 FROM attempts WHERE entry_id = ${entry.id}`)).toEqual([]);
});

test('a note is found by its words', () => {
  const road = outboundRoad();
  const { threadId } = textIn(road, { text: 'Good morning' });
  const { entry } = notes(road, 'Allergic to penicillin', { threadId });
  expect(searchEntries(road.db, 'penicil', 10).entries).toEqual([entry]);
});

test('a note is in every form of export, as what it is', async () => {
  const road = outboundRoad();
  const { threadId } = textIn(road);
  const { entry } = notes(road, '=1+1 <script>', { threadId });
  const rows = await exportRows(road.dataFolder);
  expect(rows.find(({ kind }) => kind === 'note')).toMatchObject({
    uid: entry.uid,
    text: '=1+1 <script>',
    author: null,
    state: null,
    segments: null,
    seconds: null,
    providerMessageId: null,
    attempts: [],
    receipts: [],
  });
  expect(await exportText(road.dataFolder, { format: 'csv' })).toContain(
    ",note,out,,'=1+1 <script>",
  );
  const page = await exportText(road.dataFolder, { format: 'html' });
  expect(page).toContain(', note');
  expect(page).toContain('=1+1 &lt;script&gt;');
});

test('a uid that is another entry’s, and an assignment without a team, are refused with a cure', () => {
  const road = outboundRoad();
  const { threadId, uid } = textIn(road);
  expect(() => notes(road, 'x', { threadId, uid })).toThrow(/something else than a note/);
  expect(findEntryByUid(road.db, uid)?.kind).toBe('text');
  expect(() => assignThread(asDesk(road), { threadId, to: 'd2' })).toThrow(/this computer alone/);
});
