import { expect, test } from 'vitest';

import { addConnection } from '#main/history/connections.ts';
import { addLine } from '#main/history/lines.ts';
import { openHistory } from '#main/history/open-history.ts';
import {
  countUntold,
  hasPending,
  hasPendingDone,
  listNext,
  markAppended,
  markRefused,
  removeReturned,
  tellAgain,
  tellTeam,
} from '#main/history/team-outbox.ts';
import { joinTeam } from '#main/history/team.ts';
import { findThread } from '#main/history/threads.ts';
import { newUid } from '#main/history/uid.ts';
import { markRead, markReadByUid } from '#main/history/unread.ts';
import { addWholeText } from '#main/inbound/add-whole-text.ts';
import { arrivalUid } from '#main/inbound/arrival.ts';
import { type WritableDb, all } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import { checkText } from '#shared/message/check.ts';
import type { ThreadId } from '#shared/message/entry.ts';
import type { ConnectionId } from '#shared/message/line.ts';
import { fakeConnection, historyDesk, ourNumber } from '#test/fakes/history-desk.ts';
import { openAtVersion } from '#test/fakes/open-at-version.ts';
import { plansOf } from '#test/fakes/query-plans.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';
import { textIn, textOut } from '#test/fakes/write-history.ts';

const teams = 'teams0001' as ConnectionId;
const place = { connectionId: teams, line: '+15550100001', peer: '+15550100100' };
const team = {
  address: 'https://relay.example',
  relay: 'r1',
  desktop: 'd1',
  name: 'Front desk',
  workspace: 'main',
  joinedAt: 1,
};

function inTeam(): WritableDb {
  const { db } = historyDesk();
  joinTeam(db, team);
  addConnection(db, { id: teams, provider: 'fake', label: '', baseUrl: null, origin: 'team' }, 1);
  return db;
}

const draft = (db: WritableDb, text: string) =>
  tellTeam(db, { kind: 'thread-draft', at: 1, place, text });

test('0030 counts as unread what was counted so far, and takes every row with it', () => {
  const folder = temporaryFolder();
  const before = openAtVersion(folder, 20);
  before.exec(`
    INSERT INTO connections (id, provider, label, base_url, created_at) VALUES ('abcdef0001', 'sandbox', 'Old', NULL, 5);
    INSERT INTO lines (id, uid, connection_id, number, number_type, label, colour)
      VALUES (1, x'00', 'abcdef0001', '+12065550142', '10dlc', 'Support', '#3b7dd8');
    INSERT INTO threads (id, uid, line_id, peer, last_at, unread, draft)
      VALUES (1, x'01', 1, '+1', 9, 2, 'half'), (2, x'02', 1, '+2', 9, 0, ''), (3, x'03', 1, '+3', 9, 5, '');
    INSERT INTO entries (thread_id, id, uid, at, kind, direction, text)
      VALUES (1, 11, x'11', 1, 'text', 'in', 'a'), (1, 12, x'12', 2, 'text', 'in', 'b'), (1, 13, x'13', 3, 'text', 'out', 'c'),
             (1, 14, x'14', 4, 'call', 'in', ''), (2, 21, x'21', 1, 'text', 'in', 'd'), (3, 31, x'31', 1, 'text', 'in', 'e');
  `);
  before.close();
  const after = openHistory(folder);
  const unread = all(after, sql`SELECT thread_id, entry_id FROM unread ORDER BY entry_id`);
  expect(unread).toEqual([
    { thread_id: 1, entry_id: 12 },
    { thread_id: 1, entry_id: 14 },
    { thread_id: 3, entry_id: 31 },
  ]);
  expect([1, 2, 3].map((id) => findThread(after, id as ThreadId))).toMatchObject([
    { unread: 2, draft: 'half', assignee: null },
    { unread: 0 },
    { unread: 1 },
  ]);
  after.close();
});

test('nothing is told without a team, and nothing of connections that are not the team’s', () => {
  const alone = historyDesk();
  textOut(alone);
  expect(countUntold(alone.db).waiting).toBe(0);
  joinTeam(alone.db, team);
  textOut(alone);
  expect(
    tellTeam(alone.db, {
      kind: 'thread-draft',
      at: 1,
      place: { ...place, connectionId: fakeConnection },
      text: 'x',
    }),
  ).toBeNull();
  expect(countUntold(alone.db)).toEqual({ waiting: 0, refused: null });
});

test('a deed waits until it came back, and overrules till then; a draft not told yet yields to the next', () => {
  const db = inTeam();
  draft(db, 'one');
  draft(db, 'two');
  const [first] = listNext(db, 10);
  expect(listNext(db, 10)).toMatchObject([{ event: { kind: 'thread-draft', text: 'two' } }]);
  markAppended(db, first?.id ?? 0, 7);
  expect(listNext(db, 10)).toEqual([]);
  expect(hasPending(db, place, 'draft')).toBe(true);
  expect(hasPending(db, place, 'assignee')).toBe(false);
  tellAgain(db);
  expect(listNext(db, 10)).toEqual([first]);
  removeReturned(db, first?.event.id ?? '');
  expect(hasPending(db, place, 'draft')).toBe(false);
});

test('a text of a check overrules nothing', () => {
  const db = inTeam();
  const own = { connectionId: teams, number: '+15550100002', numberType: 'other' } as const;
  addLine(db, { ...own, label: '', colour: '' }, 1);
  const written = { kind: 'text-written', at: 1, uid: newUid(1), segments: 1, after: 0 } as const;
  const toOwn = { ...written, encoding: 'GSM-7', place: { ...place, peer: own.number } } as const;
  tellTeam(db, { ...toOwn, pictures: [], text: checkText('QQQQQQ') });
  expect(hasPendingDone(db, toOwn.place, 0)).toBe(false);
  tellTeam(db, { ...toOwn, pictures: [], text: 'Hello' });
  expect(hasPendingDone(db, toOwn.place, 0)).toBe(true);
  expect(countUntold(db).waiting).toBe(2);
});

test('what the relay refuses is kept with the reason, and neither waits nor overrules', () => {
  const db = inTeam();
  draft(db, 'one');
  const [first] = listNext(db, 1);
  markRefused(db, first?.id ?? 0, 'It is too long.');
  expect(countUntold(db)).toEqual({ waiting: 0, refused: 'It is too long.' });
  expect(hasPending(db, place, 'draft')).toBe(false);
});

test('what is read before it came is not unread when it comes', () => {
  const desk = historyDesk();
  desk.db.exec(`UPDATE connections SET origin = 'team'`);
  const first = textIn(desk);
  textIn(desk);
  expect(markReadByUid(desk.db, [first.uid, '01890000-0000-7000-8000-000000000001'])).toEqual([
    first.threadId,
  ]);
  expect(findThread(desk.db, first.threadId)?.unread).toBe(1);
  expect(markReadByUid(desk.db, [first.uid])).toEqual([]);
  expect(all(desk.db, sql`SELECT * FROM read_ahead`)).toHaveLength(1);
});

test('what a colleague read marks nothing of a connection that is this desktop’s alone, come or yet to come', () => {
  const desk = historyDesk();
  const known = textIn(desk);
  const providerId = 'carriers-id';
  const uid = arrivalUid({ kind: 'text', connectionId: fakeConnection, providerId });
  expect(markReadByUid(desk.db, [known.uid, uid])).toEqual([]);
  const [from, to, text] = ['+15550200000', ourNumber, 'Mine'];
  const told = { from, to, text, media: [], connectionId: fakeConnection, providerId, at: 2 };
  addWholeText(desk, told);
  const unread = all(desk.db, sql`SELECT sum(unread) AS unread FROM threads`);
  expect(unread).toEqual([{ unread: 2 }]);
});

test('what the team asks at every deed is found by its index', () => {
  const db = inTeam();
  const plans = plansOf(db, (watched) => {
    hasPending(watched as WritableDb, place, 'draft');
    hasPendingDone(watched as WritableDb, place, 1);
    listNext(watched as WritableDb, 10);
    markRead(watched as WritableDb, historyThread(db), 1);
    markReadByUid(watched as WritableDb, ['01890000-0000-7000-8000-000000000001']);
    removeReturned(watched as WritableDb, 'x');
  }).flatMap(({ plan }) => plan);
  expect(plans).toContain(
    'SEARCH team_outbox USING INDEX team_outbox_of_place (place=? AND kind=?)',
  );
  // The index of what waits holds nothing else, so going through it is going through what is asked for.
  expect(plans.filter((line) => line.startsWith('SCAN'))).toEqual([
    'SCAN team_outbox USING INDEX team_outbox_waiting',
  ]);
});

function historyThread(db: WritableDb): ThreadId {
  db.exec(
    `INSERT INTO lines (id, uid, connection_id, number, number_type, label, colour) VALUES (9, x'09', '${teams}', '+19', 'other', '', '')`,
  );
  db.exec(`INSERT INTO threads (id, uid, line_id, peer, last_at) VALUES (9, x'09', 9, '+1', 1)`);
  return 9 as ThreadId;
}
