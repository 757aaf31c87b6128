import { describe, expect, it } from 'vitest';

import type { Entry } from '#shared/message/entry.ts';
import type { Thread } from '#shared/message/thread.ts';
import { type TeamDesktop, TeamLab } from '#test/fakes/team-lab.ts';
import { until } from '#test/fakes/until.ts';

async function threadOf(desktop: TeamDesktop): Promise<Thread> {
  const page = { view: 'open', lineId: null, after: null, limit: 10 } as const;
  const thread = await until(async () => {
    const { threads } = await desktop.core.caller.call('threads.page', page);
    return threads[0];
  });
  return thread;
}

async function notesOf(desktop: TeamDesktop): Promise<Extract<Entry, { kind: 'note' }>[]> {
  const { id: threadId } = await threadOf(desktop);
  const page = { threadId, before: null, limit: 200 };
  const { entries } = await desktop.core.caller.call('entries.page', page);
  return entries.filter((entry) => entry.kind === 'note');
}

const uid = (nth: number): string =>
  `01890000-0000-7000-8000-${nth.toString(16).padStart(12, '0')}`;

async function addNote(desktop: TeamDesktop, nth: number): Promise<void> {
  const { id: threadId } = await threadOf(desktop);
  await desktop.core.caller.call('note.add', { uid: uid(nth), threadId, text: `note ${nth}` });
}

const untilNotes = (desktop: TeamDesktop, count: number) =>
  until(async () => (await notesOf(desktop)).length >= count);

describe('what a desktop does on a line of the team', () => {
  it('is on the others, and waits no more here', async () => {
    const lab = await TeamLab.start();
    const kim = await lab.desktop('Kim');
    const sam = await lab.desktop('Sam');
    await lab.receive(1);
    await addNote(kim, 1);
    await untilNotes(sam, 1);
    expect(await notesOf(sam)).toMatchObject([{ text: 'note 1', author: 'Kim', uid: uid(1) }]);
    expect(await notesOf(kim)).toMatchObject([{ text: 'note 1', author: null, uid: uid(1) }]);
    await until(async () => (await kim.team()).waiting === 0);
  });

  it('is told after the relay was away, also by a program started anew, in its order and once', async () => {
    const lab = await TeamLab.start();
    const kim = await lab.desktop('Kim');
    const sam = await lab.desktop('Sam');
    await lab.receive(1);
    await threadOf(kim);
    await lab.stopRelay();
    await until(async () => (await kim.team()).state === 'connecting');
    const count = 60;
    for (let nth = 1; nth <= count; nth += 1) await addNote(kim, nth);
    expect(await kim.team()).toMatchObject({ waiting: count });
    await kim.stop();
    const again = await lab.desktop('not used', { folder: kim.folder });
    await lab.startRelay();
    await untilNotes(sam, count);
    const words = (await notesOf(sam)).map(({ text }) => text);
    expect(words).toEqual(Array.from({ length: count }, (_, index) => `note ${index + 1}`));
    await until(async () => (await again.team()).waiting === 0);
    expect(await notesOf(again)).toHaveLength(count);
  });
});
