import fc from 'fast-check';
import { expect } from 'vitest';

import { findEntryByUid } from '#main/history/entries.ts';
import { countUntold, listNext, seenKey } from '#main/history/team-outbox.ts';
import { findLastIn, findThreadByKey } from '#main/history/threads.ts';
import { all, run } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import type { LineId } from '#shared/message/line.ts';
import type { Thread } from '#shared/message/thread.ts';
import { type TeamEvent, teamProvider } from '#shared/team/team-event.ts';
import { NaiveTeam } from '#test/fixtures/naive-team.ts';

import type { TeamDesktop } from './team-desktop.ts';
import { type Step, type Taking, bringTogether, doStep } from './team-steps.ts';
import { TeamWorld, agreedUpon, everything } from './team-world.ts';

export type Happened = { readonly count: number; readonly steps: readonly Step[] };

/** How much was tried, so that a test of nothing does not pass. */
export const nothingYet = () => ({ deliveries: 0, entries: 0, desktops: 0, joined: 0 });

/** Lets it all happen and then holds every desktop to the others, to one that joins last, and to the naive reading of the log. */
export async function agreeAtLast(
  blank: Buffer,
  { count, steps }: Happened,
  { taking, counts }: { readonly taking: Taking; readonly counts: ReturnType<typeof nothingYet> },
): Promise<void> {
  const world = new TeamWorld(blank, count);
  try {
    for (const step of steps) await doStep(world, step, taking);
    bringTogether(world, taking);
    const late = world.join();
    world.pull(late, everything);
    const [first, ...others] = world.desktops.map(({ db }) => agreedUpon(db));
    for (const other of others) expect(other).toEqual(first);
    for (const each of world.desktops) screenKnowsAll(each);
    holdToTheLog(late, new NaiveTeam(world.log));
    counts.deliveries += world.log.length;
    counts.entries += late.screen.size;
    counts.desktops += world.desktops.length;
    for (const { removed } of world.desktops) counts.joined += removed;
  } finally {
    world.close();
  }
}

/** Nothing is left to be told, and a screen that heard every event since the start knows nothing that is not there. */
function screenKnowsAll({ db, screen }: TeamDesktop): void {
  expect(countUntold(db).waiting).toBe(0);
  const ids = all<{ id: number }>(db, sql`SELECT id FROM entries ORDER BY id`).map(({ id }) => id);
  expect([...screen.keys()].toSorted((a, b) => a - b)).toEqual(ids);
}

function holdToTheLog({ db }: TeamDesktop, naive: NaiveTeam): void {
  const threads = [...naive.threads].map(([peer, { done, draft, assignee }]) => {
    const shown = findThreadByKey(db, { lineId: 1 as LineId, peer });
    return [{ peer, done, draft, assignee }, shown] as const;
  });
  for (const [wanted, shown] of threads) expect(shown).toMatchObject(wanted);
  const arrived = all<{ uid: string; isUnread: number }>(
    db,
    sql`SELECT lower(hex(uid)) AS uid, unread.entry_id IS NOT NULL AS isUnread FROM entries
        LEFT JOIN unread ON unread.entry_id = id WHERE direction = 'in'`,
  );
  for (const { uid, isUnread } of arrived)
    expect(isUnread === 0).toBe(naive.isRead(withDashes(uid)));
  for (const [uid, state] of Object.entries(naive.states()))
    expect(findEntryByUid(db, uid)).toMatchObject({ state, text: naive.texts.get(uid)?.text });
  for (const [uid, text] of naive.notes)
    expect(findEntryByUid(db, uid)).toMatchObject({ kind: 'note', text });
}

const withDashes = (hex: string): string =>
  hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');

/** A desktop shows its own deed from the moment it is done, whatever others told before it. */
export function showsItsOwn(desktop: TeamDesktop): void {
  const { db } = desktop;
  const newest = new Map<string, TeamEvent>();
  for (const { event } of listNext(db, everything))
    for (const register of registersOf(event)) newest.set(register, event);
  for (const [register, event] of newest) {
    if (!('place' in event)) continue;
    const thread = findThreadByKey(db, { lineId: 1 as LineId, peer: event.place.peer });
    if (thread === undefined) throw new Error('a deed of ours without its conversation');
    if (event.kind === 'thread-draft') expect(thread.draft).toBe(event.text);
    else if (event.kind === 'thread-assigned') expect(thread.assignee).toBe(event.to);
    else if (event.kind === 'thread-done') showsDone(desktop, thread, event);
    else if (register.endsWith('draft')) expect(thread.draft).toBe('');
  }
}

/* What only the list has told so far opens a conversation too, and the log does not know of it yet. */
function showsDone(
  { db }: TeamDesktop,
  thread: Thread,
  { done, after }: Extract<TeamEvent, { kind: 'thread-done' }>,
): void {
  if (all(db, sql`SELECT 1 FROM recovered`).length > 0) return;
  expect(thread.done).toBe(done && findLastIn(db, thread.id) <= after);
}

function registersOf(event: TeamEvent): string[] {
  const of: Partial<Record<TeamEvent['kind'], string[]>> = {
    'thread-draft': ['draft'],
    'thread-assigned': ['assignee'],
    'thread-done': ['done'],
    'text-written': ['draft', 'done'],
  };
  if (!('place' in event)) return [];
  return (of[event.kind] ?? []).map((register) => `${event.place.peer} ${register}`);
}

/** Without the rule of pending deeds: what others told is set, though one's own comes later. */
export const withoutPending: Taking = (desktop, stored) => {
  run(desktop.db, sql`UPDATE team_outbox SET refused = 'hidden' WHERE refused IS NULL`);
  desktop.take(stored);
  run(desktop.db, sql`UPDATE team_outbox SET refused = NULL WHERE refused = 'hidden'`);
};

/** What is heard last holds, and one's own is taken for heard when it was done: no order of the log. */
export const byArrival: Taking = (desktop, stored) => {
  const { provider, connectionId, body } = stored.raw;
  if (provider === teamProvider && connectionId === desktop.id) {
    const key = seenKey(JSON.parse(new TextDecoder().decode(body)) as TeamEvent);
    run(
      desktop.db,
      sql`INSERT INTO deliveries_seen (key, at) VALUES (${key}, 0) ON CONFLICT DO NOTHING`,
    );
  }
  withoutPending(desktop, stored);
};

/** Takes in, and looks at once whether the desktop still shows what its own person did. */
export const watched =
  (taking: Taking): Taking =>
  (desktop, stored) => {
    taking(desktop, stored);
    showsItsOwn(desktop);
  };

export const someDesktops = fc.constantFrom(2, 2, 3, 3, 4);
