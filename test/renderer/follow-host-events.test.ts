import { describe, expect, it, onTestFinished } from 'vitest';

import { followHostEvents } from '#renderer/store/follow-host-events.ts';
import { openThread } from '#renderer/store/go-to.ts';
import { showList } from '#renderer/store/load-threads.ts';
import { loadOlder } from '#renderer/store/load-timeline.ts';
import { flushDrafts, writeDraft } from '#renderer/store/save-drafts.ts';
import { settle } from '#test/fakes/manual-clock.ts';
import { MemoryHost } from '#test/fakes/memory-host.ts';
import { makeScreen } from '#test/fakes/render-screen.tsx';
import {
  billingLine,
  calmHealth,
  makeText,
  makeThread,
  supportLine,
  threadId,
} from '#test/fakes/small-world.ts';

async function follow() {
  const host = new MemoryHost();
  for (const nth of [1, 2, 3])
    host.add(makeThread(nth), [makeText({ at: 1_760_000_000_000 - nth })]);
  const made = makeScreen(host);
  onTestFinished(followHostEvents(made.screen));
  await settle();
  const list = () => made.screen.threads.getState().list;
  const entries = (nth: number) =>
    made.screen.timelines.getState().byThread.get(threadId(nth))?.entries ?? [];
  return { ...made, list, entries };
}

describe('following the host', () => {
  it('fetches everything visible on connecting', async () => {
    const { screen, list } = await follow();
    expect(list()).toMatchObject({ ids: [1, 2, 3], total: 3, phase: 'ready' });
    expect(screen.overview.getState()).toMatchObject({
      ready: true,
      mediaBase: '/media/',
      counts: { open: 3, unanswered: 3 },
    });
  });

  it('puts a new entry into its thread and the thread at the top', async () => {
    const { host, screen, list, entries } = await follow();
    await openThread(screen, threadId(3));
    host.receive(makeText({ threadId: threadId(3), at: 1_760_000_000_500, text: 'New' }));
    expect(list().ids).toEqual([3, 1, 2]);
    expect(entries(3).at(-1)).toMatchObject({ text: 'New' });
    expect(screen.announcement.getState().words).toBe('New message from (415) 555-0003: New');
  });

  it('takes the same event twice as once', async () => {
    const { host, screen, list, entries } = await follow();
    await openThread(screen, threadId(1));
    const entry = makeText({ threadId: threadId(1), at: 1_760_000_000_500 });
    const thread = host.receive(entry);
    host.tell('entry.added', { entry, thread });
    expect(entries(1)).toHaveLength(2);
    expect(list()).toMatchObject({ ids: [1, 2, 3], total: 3 });
  });

  it('changes one entry and leaves every other object as it was', async () => {
    const { host, screen, entries } = await follow();
    await openThread(screen, threadId(1));
    host.receive(
      makeText({ threadId: threadId(1), at: 1_760_000_000_500, direction: 'out', state: 'queued' }),
    );
    const [first, sent] = entries(1);
    if (sent?.kind !== 'text') throw new Error('no text');
    host.tell('entry.changed', { entry: { ...sent, state: 'delivered' } });
    expect(entries(1)[1]).toMatchObject({ state: 'delivered' });
    expect(entries(1)[0]).toBe(first);
  });

  it('does not announce what goes out', async () => {
    const { host, screen } = await follow();
    host.receive(makeText({ threadId: threadId(1), at: 1_760_000_000_500, direction: 'out' }));
    expect(screen.announcement.getState().words).toBe('');
  });

  it('takes over lines, health, counts and settings', async () => {
    const { host, screen } = await follow();
    host.tell('lines.changed', { lines: [billingLine] });
    host.tell('health.changed', { health: { ...calmHealth, queue: 7 } });
    host.tell('counts.changed', {
      counts: { open: 1, unread: 2, done: 3, unanswered: 4, failed: 5 },
    });
    host.tell('settings.changed', { settings: { theme: 'dark' } });
    expect(screen.overview.getState()).toMatchObject({
      lines: [billingLine],
      health: { queue: 7 },
      counts: { failed: 5 },
      settings: { theme: 'dark' },
    });
  });

  it('asks the host where the events leave open whether a thread belongs', async () => {
    const { host, screen, clock, list } = await follow();
    await showList(screen, { view: 'failed', lineId: null });
    const before = host.asked('threads.page').length;
    for (let nth = 0; nth < 50; nth += 1)
      host.receive(makeText({ threadId: threadId(1), at: 1_760_000_001_000 + nth }));
    await clock.advance(1_000);
    expect(host.asked('threads.page')).toHaveLength(before + 1);
    expect(list().ids).toEqual([]);
  });

  it('filters by line', async () => {
    const { host, screen, list } = await follow();
    host.add(makeThread(4, { lineId: billingLine.id }), [makeText()]);
    await showList(screen, { view: 'open', lineId: billingLine.id });
    expect(list().ids).toEqual([4]);
    host.receive(makeText({ threadId: threadId(1), at: 1_760_000_002_000 }));
    expect(list().ids).toEqual([4]);
    await showList(screen, { view: 'open', lineId: supportLine.id });
    expect(list().ids).toEqual([1, 2, 3]);
  });
});

describe('after a reconnect', () => {
  it('fetches what was missed: list, open thread and overview', async () => {
    const { host, screen, list, entries } = await follow();
    await openThread(screen, threadId(2));
    host.become('reconnecting');
    expect(screen.connection.getState().state).toBe('reconnecting');
    const missed = makeText({ threadId: threadId(2), at: 1_760_000_003_000, text: 'Missed' });
    host.entries.get(threadId(2))?.push(missed);
    host.add(host.thread(threadId(2)), host.entries.get(threadId(2)));
    host.health = { ...calmHealth, queue: 3 };
    host.become('connected');
    await settle();
    expect(entries(2).at(-1)).toMatchObject({ text: 'Missed' });
    expect(list().ids).toEqual([2, 1, 3]);
    expect(screen.overview.getState().health?.queue).toBe(3);
  });

  it('shows a text that changed unheard as it now stands', async () => {
    const { host, screen, entries } = await follow();
    const sent = makeText({ at: 1_760_000_000_500, direction: 'out', state: 'queued' });
    host.receive(sent);
    await openThread(screen, threadId(1));
    host.become('reconnecting');
    host.entries.set(threadId(1), [{ ...sent, state: 'delivered' }]);
    host.become('connected');
    await settle();
    expect(entries(1).at(-1)).toMatchObject({ state: 'delivered' });
  });

  it('saves what could not be saved', async () => {
    const { host, screen } = await follow();
    const save = host.answerOf('draft.save');
    host.answer('draft.save', () => Promise.reject(new Error('gone')));
    writeDraft(screen, threadId(1), 'Kept');
    await flushDrafts(screen);
    host.answer('draft.save', save);
    host.become('reconnecting');
    host.become('connected');
    await settle();
    expect(host.thread(threadId(1)).draft).toBe('Kept');
  });
});

describe('a long thread', () => {
  it('is only ever held in part, and every part can be reached', async () => {
    const { host, screen } = await follow();
    const all = Array.from({ length: 1_000 }, (_, nth) =>
      makeText({ at: 1_750_000_000_000 + nth }),
    );
    host.add(makeThread(7), all);
    await openThread(screen, threadId(7));
    const timeline = () => screen.timelines.getState().byThread.get(threadId(7));
    const seen = new Set<number>();
    for (let page = 0; page < 40 && !timeline()?.reachedStart; page += 1) {
      await loadOlder(screen, threadId(7));
      for (const { id } of timeline()?.entries ?? []) seen.add(id);
      expect(timeline()?.entries.length).toBeLessThanOrEqual(400);
    }
    expect(seen.size).toBe(1_000);
  });
});
