import { randomUUID } from 'node:crypto';

import { expect, onTestFinished, test } from 'vitest';

import { listAttention } from '#main/history/attention.ts';
import { findEntryByUid, pageEntries } from '#main/history/entries.ts';
import { addLine } from '#main/history/lines.ts';
import { countOutbox } from '#main/history/outbox.ts';
import { listNext } from '#main/history/team-outbox.ts';
import { findThread } from '#main/history/threads.ts';
import { tryAgain } from '#main/outbound/try-again.ts';
import { checkText } from '#shared/message/check.ts';
import type { ThreadId } from '#shared/message/entry.ts';
import type { ConnectionId } from '#shared/message/line.ts';
import type { DeliveryEvent } from '#shared/provider/delivery.ts';
import { type TeamEvent, teamEventSchema, teamProvider } from '#shared/team/team-event.ts';
import { refused, unknown } from '#test/fakes/outbound-road.ts';
import {
  type TeamDesktop,
  blankHistory,
  teamConnection,
  teamLine,
} from '#test/fakes/team-desktop.ts';
import { TeamWorld, acceptedAs, everything, threadsOf } from '#test/fakes/team-world.ts';

const peer = '+15550200000';
const first = 1 as ThreadId;

function world(count = 2) {
  const made = new TeamWorld(blankHistory(), count);
  onTestFinished(() => made.close());
  const [a, b] = made.desktops;
  if (a === undefined || b === undefined) throw new Error('two desktops at least');
  const sync = (): void => {
    for (const each of made.desktops) made.push(each, everything);
    for (const each of made.desktops) made.pull(each, everything);
  };
  return { made, a, b, sync };
}

const entriesOf = (desktop: TeamDesktop) =>
  pageEntries(desktop.db, { threadId: first, before: null, limit: 50 }).entries;

/** A desktop hears this, as if a colleague's had told it. */
function hears(desktop: TeamDesktop, said: unknown): void {
  const body = Buffer.from(typeof said === 'string' ? said : JSON.stringify(said));
  const head = { provider: teamProvider, connectionId: 'desk-b', method: 'TEAM', url: '' };
  desktop.take({ seq: desktop.cursor + 1, raw: { ...head, headers: {}, body, receivedAt: 1 } });
}

function noteOn(connectionId: ConnectionId): TeamEvent {
  const place = { connectionId, line: teamLine, peer };
  const [id, uid] = [randomUUID(), randomUUID()];
  return { kind: 'note-written', id, at: 1, uid, place, text: 'Seen from afar' };
}

test('a colleague’s text is shown with its author and its states, and is in no outbox of this desktop', async () => {
  const { made, a, b, sync } = world();
  await a.send(peer, 'Hello', acceptedAs('id-1'));
  sync();
  expect(entriesOf(b)).toMatchObject([{ text: 'Hello', author: 'DESK-A', state: 'accepted' }]);
  expect(entriesOf(a)).toMatchObject([{ text: 'Hello', author: null, state: 'accepted' }]);
  const said = { providerMessageId: 'id-1', reference: null, failure: null, happenedAt: null };
  made.hook({ kind: 'receipt', ...said, state: 'delivered' });
  sync();
  for (const each of [a, b]) expect(entriesOf(each)).toMatchObject([{ state: 'delivered' }]);
  expect(countOutbox(b.db)).toEqual({ waiting: 0, undecided: 0 });
  expect(b.carrier.sent).toEqual([]);
});

test('of a colleague’s pictures it is told that they are there, and where', () => {
  const { a } = world();
  const place = { connectionId: teamConnection, line: teamLine, peer };
  const written = {
    kind: 'text-written',
    id: randomUUID(),
    at: 1,
    uid: randomUUID(),
    place,
  } as const;
  const words = { text: '', segments: 0, encoding: 'GSM-7', pictures: ['image/png'], after: 0 };
  hears(a, { ...written, ...words });
  const [entry] = entriesOf(a);
  expect(entry).toMatchObject({ text: '', media: [{ type: 'image/png', state: 'failed' }] });
  expect(entry?.kind === 'text' && entry.media[0]?.problem).toMatch(/colleague/);
});

test('what a colleague tells of a text cannot reach a conversation of this desktop alone', async () => {
  const { a } = world();
  await a.send(peer, 'Mine', acceptedAs('id-1'));
  a.draft(first, 'Half a sentence');
  a.db.pragma('foreign_keys = OFF');
  a.db.exec(
    `INSERT INTO connections (id, provider, label, created_at) VALUES ('own00001', 'fake', '', 1)`,
  );
  a.db.exec(`UPDATE lines SET connection_id = 'own00001'`);
  const [mine] = entriesOf(a);
  const known = { id: randomUUID(), at: 1, uid: mine?.uid };
  const place = { connectionId: teamConnection, line: teamLine, peer };
  const words = { text: '', segments: 0, encoding: 'GSM-7', pictures: [], after: 9 };
  hears(a, { kind: 'text-written', ...known, place, ...words });
  const learnt = { attempt: 1, state: 'failed', failure: null, source: 'list', happenedAt: null };
  const { connectionId } = place;
  hears(a, {
    kind: 'text-learnt',
    ...known,
    id: randomUUID(),
    connectionId,
    ...learnt,
    providerId: null,
    billing: null,
  });
  expect(entriesOf(a)).toEqual([mine]);
  expect(findThread(a.db, first)?.draft).toBe('Half a sentence');
});

test('only the desktop that wrote a text decides about it', async () => {
  const { a, b, sync } = world();
  await a.send(peer, 'Maybe', unknown);
  await a.send(peer, 'No', refused);
  sync();
  expect(entriesOf(b)).toMatchObject([
    { state: 'unknown', undecided: false },
    { state: 'failed', failure: { kind: 'landline' } },
  ]);
  const [, failed] = entriesOf(b);
  expect(() => tryAgain(b.desk, failed?.id ?? (0 as never))).toThrow(/DESK-A’s, so they decide/);
});

test('marking done what had news its author had not seen changes nothing, and overrules nobody', () => {
  const { made, a, b } = world();
  made.hook(made.textIn(peer));
  for (const each of [a, b]) made.pull(each, everything);
  a.done(first, true);
  made.hook(made.textIn(peer));
  made.pull(b, everything);
  b.done(first, true);
  made.push(b, everything);
  made.push(a, everything);
  for (const each of [a, b]) made.pull(each, everything);
  for (const { db } of [a, b]) expect(findThread(db, first)?.done).toBe(true);
  made.hook(made.textIn(peer));
  a.done(first, true);
  made.push(a, everything);
  for (const each of [a, b]) made.pull(each, everything);
  for (const { db } of [a, b]) expect(findThread(db, first)?.done).toBe(false);
});

test('a text of a check is no news, so marking done still holds after it', () => {
  const { made, a, b } = world();
  const own = { connectionId: teamConnection, number: '+15550100002' } as const;
  const looks = { numberType: '10dlc', label: 'Second', colour: '#222222' } as const;
  for (const { db } of [a, b]) addLine(db, { ...own, ...looks }, 1);
  made.hook(made.textIn(own.number));
  for (const each of [a, b]) made.pull(each, everything);
  a.done(first, true);
  made.hook({ ...made.textIn(own.number), text: checkText('QQQQQQ') } as DeliveryEvent);
  made.push(a, everything);
  for (const each of [a, b]) made.pull(each, everything);
  for (const { db } of [a, b])
    expect(findThread(db, first)).toMatchObject({ done: true, unread: 1 });
});

test('what is not understood is kept for attention whole, and what follows is not held up', () => {
  const { a } = world();
  hears(a, '{"kind":"levitate"}');
  hears(a, 'not JSON');
  hears(a, noteOn(teamConnection));
  expect(listAttention(a.db).map(({ delivery }) => delivery.provider)).toEqual([
    teamProvider,
    teamProvider,
  ]);
  expect(entriesOf(a)).toMatchObject([{ kind: 'note', author: 'DESK-B', text: 'Seen from afar' }]);
});

test('words on a connection that is not the team’s here are put before a person, not into a conversation', () => {
  const { a } = world();
  hears(a, noteOn('stranger1' as ConnectionId));
  expect(threadsOf(a)).toEqual([]);
  expect(listAttention(a.db)).toHaveLength(1);
  expect(listAttention(a.db)[0]?.problem).toMatch(/not, or no longer, here/);
});

test('everything told is of the form that is read', async () => {
  const { made, a } = world();
  made.hook(made.textIn(peer));
  made.pull(a, everything);
  await a.send(peer, 'One', refused);
  a.draft(first, 'Half a \ud800 sentence');
  a.read(first, threadsOf(a)[0]?.newest ?? (0 as never));
  a.done(first, true);
  a.assign(first, 'desk-b');
  a.note(first, 'Note');
  const told = listNext(a.db, everything).map(({ event }) => event);
  expect(new Set(told.map(({ kind }) => kind)).size).toBe(7);
  for (const event of told) expect(teamEventSchema.parse(event)).toEqual(event);
});

test('a long text in parts has one uid on every desktop, that of its first part, in whatever order they came', () => {
  const { made, a, b } = world();
  const part = (sequence: number) => ({
    kind: 'text-received' as const,
    providerMessageId: `part-${sequence}`,
    from: peer,
    to: teamLine,
    text: `${sequence}`,
    media: [],
    part: { reference: 7, width: 8 as const, total: 2, sequence },
    sentAt: null,
  });
  made.hook(part(2));
  made.hook(part(1));
  for (const each of [a, b]) made.pull(each, everything);
  const [shown] = entriesOf(a);
  expect(shown).toMatchObject({ text: '12' });
  expect(findEntryByUid(b.db, shown?.uid ?? '')).toMatchObject({ text: '12' });
  expect(shown?.uid[14]).toBe('8');
});

test('a text sent elsewhere that turns out to be a colleague’s becomes one entry, and leaves the screen', async () => {
  const { made, a, b, sync } = world();
  const id = made.taken(a, { to: peer, text: 'Hello' });
  await a.send(peer, 'Hello', acceptedAs(id));
  b.sweep(made.list);
  expect(entriesOf(b)).toMatchObject([{ text: 'Hello', author: null }]);
  sync();
  expect(entriesOf(b)).toMatchObject([{ text: 'Hello', author: 'DESK-A', state: 'accepted' }]);
  expect([...b.screen.values()]).toEqual(entriesOf(b));
  expect(findThread(b.db, first)?.preview).toMatchObject({ text: 'Hello' });
});
