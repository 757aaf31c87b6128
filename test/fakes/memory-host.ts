import type { CommandInput, Counts, Health } from '#shared/contract/contract.ts';
import type { ConnectionRates } from '#shared/contract/cost-commands.ts';
import { CommandFailure } from '#shared/contract/failure.ts';
import type { Entry, EntryId, TextEntry, ThreadId } from '#shared/message/entry.ts';
import type { Line } from '#shared/message/line.ts';
import type { Thread, ThreadView } from '#shared/message/thread.ts';

import { FakeHostCaller } from './fake-host-caller.ts';
import {
  billingLine,
  calmHealth,
  makeText,
  makeThread,
  previewOf,
  supportLine,
} from './small-world.ts';

const views: Readonly<Record<ThreadView, (thread: Thread) => boolean>> = {
  open: (thread) => !thread.done,
  done: (thread) => thread.done,
  unread: (thread) => thread.unread > 0,
  unanswered: (thread) => !thread.done && thread.preview?.direction === 'in',
  failed: (thread) => thread.preview?.direction === 'out' && thread.preview.state === 'failed',
};

/** A host whose threads and entries are lists in memory: it pages, counts and tells as the real one does. */
export class MemoryHost extends FakeHostCaller {
  readonly threads = new Map<ThreadId, Thread>();
  readonly entries = new Map<ThreadId, Entry[]>();
  lines: Line[] = [supportLine, billingLine];
  health: Health = calmHealth;
  /** What texts cost, by connection. */
  rates: ConnectionRates[] = [];
  /** Milliseconds since 1970, moved on with every send. */
  now = 1_760_000_100_000;

  constructor() {
    super('connected');
    this.#answerLists();
    this.#answerThreads();
    this.#answerSending();
  }

  /** Puts a thread in with its entries, oldest first; the preview follows from the last. */
  add(thread: Thread, entries: readonly Entry[] = []): Thread {
    const own = entries.map((entry) => ({ ...entry, threadId: thread.id }));
    const last = own.at(-1);
    const added =
      last === undefined ? thread : { ...thread, lastAt: last.at, preview: previewOf(last) };
    this.threads.set(thread.id, added);
    this.entries.set(thread.id, own);
    return added;
  }

  /** An entry comes in or goes out now. */
  receive(entry: Entry): Thread {
    const list = this.entries.get(entry.threadId) ?? [];
    list.push(entry);
    this.entries.set(entry.threadId, list);
    const before = this.thread(entry.threadId);
    const thread = {
      ...before,
      lastAt: entry.at,
      preview: previewOf(entry),
      unread: before.unread + (entry.direction === 'in' ? 1 : 0),
      done: false,
    };
    this.threads.set(thread.id, thread);
    this.tell('entry.added', { entry, thread });
    this.tell('counts.changed', { counts: this.counts() });
    return thread;
  }

  /** A text stands otherwise now. */
  change(entry: TextEntry): void {
    const list = this.entries.get(entry.threadId) ?? [];
    list.splice(
      list.findIndex(({ id }) => id === entry.id),
      1,
      entry,
    );
    this.tell('entry.changed', { entry });
    if (list.at(-1)?.id === entry.id) this.update(entry.threadId, { preview: previewOf(entry) });
  }

  update(id: ThreadId, more: Partial<Thread>): void {
    const thread = { ...this.thread(id), ...more };
    this.threads.set(id, thread);
    this.tell('thread.changed', { thread });
    this.tell('counts.changed', { counts: this.counts() });
  }

  thread(id: ThreadId): Thread {
    const thread = this.threads.get(id);
    if (thread === undefined) throw new CommandFailure('not-found', 'There is no such thread.');
    return thread;
  }

  counts(): Counts {
    const all = [...this.threads.values()];
    const count = (view: ThreadView): number => all.filter(views[view]).length;
    return {
      open: count('open'),
      unread: count('unread'),
      done: count('done'),
      unanswered: count('unanswered'),
      failed: count('failed'),
    };
  }

  #answerLists(): void {
    this.answer('overview.get', () => ({
      lines: this.lines,
      counts: this.counts(),
      connections: [],
      health: this.health,
      settings: { theme: 'system' },
      mediaBase: '/media/',
    }));
    this.answer('threads.page', (input) => this.#pageOfThreads(input));
    this.answer('attention.list', () => ({ items: [] }));
    this.answer('rates.list', () => ({ rates: this.rates }));
    this.answer('settings.save', () => ({}));
    this.answer('search', ({ query, limit }) => {
      const wanted = query.toLowerCase();
      const found = [...this.entries.values()]
        .flat()
        .filter((entry) => 'text' in entry && entry.text.toLowerCase().includes(wanted));
      return {
        threads: [...this.threads.values()].filter((thread) =>
          `${thread.name ?? ''} ${thread.peer}`.toLowerCase().includes(wanted),
        ),
        hits: found
          .toSorted((a, b) => b.id - a.id)
          .slice(0, limit)
          .map((entry) => ({ thread: this.thread(entry.threadId), entry })),
        total: found.length,
        moreThanTotal: false,
      };
    });
  }

  #pageOfThreads({ view, lineId, after, limit }: CommandInput<'threads.page'>) {
    const all = [...this.threads.values()]
      .filter((thread) => views[view](thread) && (lineId === null || thread.lineId === lineId))
      .toSorted((a, b) => (b.lastAt ?? 0) - (a.lastAt ?? 0) || b.id - a.id);
    const rest = all.filter(
      (thread) =>
        after === null ||
        (thread.lastAt ?? 0) < after.lastAt ||
        (thread.lastAt === after.lastAt && thread.id < after.id),
    );
    const threads = rest.slice(0, limit);
    const last = threads.at(-1);
    const more = rest.length > limit && last !== undefined;
    return {
      threads,
      next: more ? { lastAt: last.lastAt ?? 0, id: last.id } : null,
      total: all.length,
    };
  }

  #answerThreads(): void {
    this.answer('thread.get', ({ threadId }) => ({ thread: this.thread(threadId) }));
    this.answer('entries.page', ({ threadId, before, limit }) => {
      const older = this.#entriesOf(threadId).filter(({ id }) => before === null || id < before);
      return { entries: older.slice(-limit), reachedStart: older.length <= limit };
    });
    this.answer('entries.around', ({ threadId, entryId, limit }) => {
      const newer = this.#entriesOf(threadId).filter(({ id }) => id >= entryId);
      return {
        entries: newer.slice(0, limit),
        reachedStart: this.#entriesOf(threadId)[0]?.id === entryId,
        reachedEnd: newer.length <= limit,
      };
    });
    this.answer('thread.mark-read', ({ threadId, upTo }) => {
      const unread = this.#entriesOf(threadId).filter(
        ({ id, direction }) => id > upTo && direction === 'in',
      ).length;
      this.update(threadId, { unread: Math.min(unread, this.thread(threadId).unread) });
      return {};
    });
    this.answer('thread.set-done', ({ threadId, done }) => {
      this.update(threadId, { done });
      return {};
    });
    this.answer('draft.save', ({ threadId, text }) => {
      this.update(threadId, { draft: text });
      return {};
    });
  }

  #answerSending(): void {
    this.answer('message.send', ({ uid, target, text }) => {
      const known = [...this.entries.values()].flat().find((entry) => entry.uid === uid);
      if (known?.kind === 'text') return { entry: known, thread: this.thread(known.threadId) };
      const threadId = 'threadId' in target ? target.threadId : this.#begin(target).id;
      this.now += 1_000;
      const entry = makeText({
        threadId,
        uid,
        text,
        direction: 'out',
        state: 'queued',
        at: this.now,
      });
      return { entry, thread: this.receive(entry) };
    });
    this.answer('message.try-again', ({ entryId }) => {
      const entry = this.#text(entryId);
      const again: TextEntry = { ...entry, state: 'queued', failure: null, undecided: false };
      this.change(again);
      return { entry: again };
    });
    this.answer('message.details', ({ entryId }) => ({
      uid: this.#text(entryId).uid,
      providerMessageId: 'SB123',
      billing: null,
      events: [{ at: this.now, attempt: 1, words: 'Accepted by Sandbox', raw: null }],
    }));
  }

  #begin({ lineId, to }: { lineId: Line['id']; to: string }): Thread {
    const known = [...this.threads.values()].find(
      (thread) => thread.peer === to && thread.lineId === lineId,
    );
    return known ?? this.add(makeThread(this.threads.size + 1_000, { peer: to, lineId }));
  }

  #entriesOf(id: ThreadId): Entry[] {
    return this.entries.get(id) ?? [];
  }

  #text(id: EntryId): TextEntry {
    const entry = [...this.entries.values()].flat().find((each) => each.id === id);
    if (entry?.kind !== 'text') throw new CommandFailure('not-found', 'There is no such text.');
    return entry;
  }
}
