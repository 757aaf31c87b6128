import { randomUUID } from 'node:crypto';

import { describe, expect, onTestFinished, test } from 'vitest';

import { scheduleHandlers, templateHandlers } from '#main/commands/later.ts';
import { findEntryByUid } from '#main/history/entries.ts';
import { listTemplates } from '#main/history/templates.ts';
import { threadColumns } from '#main/history/threads.ts';
import { all } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import type { TextEntry } from '#shared/message/entry.ts';
import type { Thread } from '#shared/message/thread.ts';
import { type TeamDesktop, blankHistory } from '#test/fakes/team-desktop.ts';
import { TeamWorld, acceptedAs, everything } from '#test/fakes/team-world.ts';

const hour = 3_600_000;
const zone = 'America/Chicago';

function worldOf(count: number): TeamWorld {
  const world = new TeamWorld(blankHistory(), count);
  onTestFinished(() => world.close());
  for (const { carrier } of world.desktops)
    carrier.onSend = (text) => acceptedAs(`sent-${text.uid}`);
  return world;
}

async function together(world: TeamWorld): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1)
    for (const each of world.desktops) {
      world.pull(each, everything);
      world.push(each, everything);
      await each.wake();
    }
}

const deskOf = ({ desk }: TeamDesktop) =>
  ({ ...desk, sending: desk, wakeOutbox: () => undefined }) as TeamDesktop['desk'];

function schedule(world: TeamWorld, desktop: TeamDesktop): string {
  const uid = randomUUID();
  void scheduleHandlers(deskOf(desktop))['message.schedule']({
    uid,
    target: { lineId: 1 as never, to: world.peer(0) },
    text: 'Later',
    dueAt: desktop.clock.now() + 2 * hour,
    zone,
    evenIfTheyWrite: false,
  });
  return uid;
}

function shown({ db }: TeamDesktop, uid: string): TextEntry {
  const entry = findEntryByUid(db, uid);
  if (entry?.kind !== 'text') throw new Error('the text is not there');
  return entry;
}

const drafts = ({ db }: TeamDesktop): string[] =>
  all<Pick<Thread, 'draft'>>(db, sql`SELECT ${threadColumns} FROM threads`).map(
    ({ draft }) => draft,
  );

describe('a text for later', () => {
  test('is shown with its time to colleagues, and only its author’s desktop sends it', async () => {
    const world = worldOf(2);
    const [kim, sam] = world.desktops as [TeamDesktop, TeamDesktop];
    const uid = schedule(world, kim);
    const { until } = shown(kim, uid).waiting ?? {};
    await together(world);
    expect(shown(sam, uid)).toMatchObject({
      state: 'queued',
      author: 'DESK-A',
      waiting: { reason: 'scheduled', until, who: 'nobody' },
    });
    const entryId = shown(kim, uid).id;
    const dueAt = kim.clock.now() + 3 * hour;
    await scheduleHandlers(deskOf(kim))['schedule.change']({
      entryId,
      dueAt,
      zone,
      evenIfTheyWrite: false,
    });
    await together(world);
    expect(shown(sam, uid).waiting?.until).toBe(dueAt);
    expect(shown(kim, uid).waiting?.until).toBe(dueAt);
    for (const { clock } of world.desktops) await clock.advance(4 * hour);
    await together(world);
    expect([kim, sam].map(({ carrier }) => carrier.sent.length)).toEqual([1, 0]);
    expect(shown(sam, uid)).toMatchObject({ state: 'accepted', waiting: null });
  });

  test('that is taken back because they wrote is told as cancelled, with the draft', async () => {
    const world = worldOf(2);
    const [kim, sam] = world.desktops as [TeamDesktop, TeamDesktop];
    const uid = schedule(world, kim);
    await together(world);
    world.hook(world.textIn(world.peer(0)), kim.clock.now() + hour);
    await together(world);
    for (const each of [kim, sam]) {
      expect(shown(each, uid)).toMatchObject({ state: 'failed', failure: { kind: 'cancelled' } });
      expect(drafts(each)).toEqual(['Later']);
    }
    for (const { clock } of world.desktops) await clock.advance(4 * hour);
    expect([kim, sam].flatMap(({ carrier }) => carrier.sent)).toEqual([]);
  });
});

describe('templates', () => {
  const template = (uid: string, text: string) => ({ uid, name: 'Hello', text });

  test('are the same on every desktop, the last deed in the log holding', async () => {
    const world = worldOf(2);
    const [kim, sam] = world.desktops as [TeamDesktop, TeamDesktop];
    const [first, second] = [randomUUID(), randomUUID()];
    await templateHandlers(deskOf(kim))['template.save'](template(first, 'One'));
    await templateHandlers(deskOf(kim))['template.save'](template(second, 'Two'));
    await together(world);
    await templateHandlers(deskOf(sam))['template.save'](template(first, 'By Sam'));
    await templateHandlers(deskOf(kim))['template.save'](template(first, 'By Kim'));
    await templateHandlers(deskOf(sam))['template.remove']({ uid: second });
    // Kim is heard first, so Sam's words come later in the log.
    world.push(kim, everything);
    await together(world);
    const late = world.join();
    world.pull(late, everything);
    for (const { db } of [kim, sam, late])
      expect(listTemplates(db)).toEqual([template(first, 'By Sam')]);
  });
});
