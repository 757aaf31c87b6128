import type { EventPayload } from '#shared/contract/contract.ts';
import type { Thread } from '#shared/message/thread.ts';

import { belongsTo } from './belongs-to-view.ts';
import { withDraft } from './drafts-store.ts';
import { loadFirstPage } from './load-threads.ts';
import { openThreadId } from './place-store.ts';
import type { Screen } from './screen.ts';
import { withThread } from './thread-list.ts';
import type { ThreadList } from './thread-list.ts';
import { withAdded, withChanged, withNewFrom, withRemoved } from './timeline.ts';
import { changeTimeline } from './timelines-store.ts';

/** Milliseconds between two looks at a list whose threads the events alone do not settle. */
const lookAgainAfterMs = 500;
const lookingAgain = new WeakSet<Screen>();

/** A new entry and its thread afterwards, by an event or with an answer; hearing it twice is harmless. */
export function hearEntryAdded(
  screen: Screen,
  { entry, thread }: EventPayload<'entry.added'>,
): void {
  const unseen = entry.direction === 'in' && !screen.place.getState().attentive;
  screen.timelines.setState((timelines) =>
    changeTimeline(timelines, entry.threadId, (timeline) =>
      withNewFrom(withAdded(timeline, entry), unseen ? entry.id : null),
    ),
  );
  hearThread(screen, thread);
}

/**
 * The host took a text of this screen. It tells of it by itself as well, and mostly first: its answer then knows less than was told
 * since, such as that the text has to wait.
 */
export function hearTaken(screen: Screen, answer: EventPayload<'entry.added'>): void {
  const told = screen.threads.getState().index.get(answer.thread.id);
  const wasTold = (told?.lastAt ?? -1) >= (answer.thread.lastAt ?? 0);
  if (!wasTold) hearEntryAdded(screen, answer);
}

/** An entry stands otherwise than before. */
export function hearEntryChanged(screen: Screen, { entry }: EventPayload<'entry.changed'>): void {
  screen.timelines.setState((timelines) =>
    changeTimeline(timelines, entry.threadId, (timeline) => withChanged(timeline, entry)),
  );
}

/** An entry turned out to be the same as another. */
export function hearEntryRemoved(
  screen: Screen,
  { threadId, entryId }: EventPayload<'entry.removed'>,
): void {
  screen.timelines.setState((timelines) =>
    changeTimeline(timelines, threadId, (timeline) => withRemoved(timeline, entryId)),
  );
}

/** A thread stands otherwise than before: its row is drawn anew, and moves where its time changed. */
export function hearThread(screen: Screen, thread: Thread): void {
  const { list: before, index, revision } = screen.threads.getState();
  const list = withThread({ list: before, index }, thread, isBeingRead(screen, thread));
  screen.threads.setState({ list, revision: revision + 1 });
  yieldToHostDraft(screen, thread);
  const unsure = belongsTo(thread, list) === 'unsure';
  if (unsure || mayMiscount(before, list)) lookAgain(screen);
}

/** The open thread stays in a list it no longer belongs to, until it is done. */
function isBeingRead({ place, threads }: Screen, thread: Thread): boolean {
  const { view } = threads.getState().list;
  return openThreadId(place.getState()) === thread.id && view !== 'open' && view !== 'done';
}

/** A draft that was saved and then changed elsewhere is shown as it is there. */
function yieldToHostDraft({ drafts }: Screen, thread: Thread): void {
  const draft = drafts.getState().byKey.get(thread.id);
  if (draft === undefined || draft.unsaved || draft.phase !== 'writing') return;
  if (draft.failure !== null || draft.text === thread.draft) return;
  drafts.setState((all) => withDraft(all, thread.id, null));
}

/** Of one line the host tells no counts, and a thread that came up from an unloaded page had been counted already. */
function mayMiscount(before: ThreadList, after: ThreadList): boolean {
  return after.lineId !== null && after.next !== null && after.ids.length !== before.ids.length;
}

function lookAgain(screen: Screen): void {
  if (lookingAgain.has(screen)) return;
  lookingAgain.add(screen);
  screen.clock.after(lookAgainAfterMs, () => {
    lookingAgain.delete(screen);
    void loadFirstPage(screen);
  });
}
