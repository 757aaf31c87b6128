import { setDone } from '../store/act-on-thread.ts';
import {
  closePane,
  openConnections,
  openNewMessage,
  openThread,
  threadAt,
} from '../store/go-to.ts';
import { askToOptOut } from '../store/load-consent.ts';
import type { ComposerMode } from '../store/notes-store.ts';
import { openThreadId, placeAbove } from '../store/place-store.ts';
import { writeQuery } from '../store/run-search.ts';
import type { Screen } from '../store/screen.ts';
import { turnComposer } from '../store/write-note.ts';
import type { KeyDeed } from './key-table.ts';
import { focusNextPane, focusOn, focusSoon } from './move-focus.ts';

/** What only the screen's frame can do. */
export type FrameDeeds = {
  readonly openSettings: () => void;
  readonly openKeyGuide: () => void;
};

type Doing = { readonly screen: Screen; readonly frame: FrameDeeds; readonly digit: number };

const deeds: Readonly<Record<KeyDeed, (doing: Doing) => void>> = {
  'new-message': ({ screen }) => startNewMessage(screen),
  search: () => focusOn('search'),
  'next-thread': ({ screen }) => step(screen, 1, false),
  'previous-thread': ({ screen }) => step(screen, -1, false),
  'next-unread': ({ screen }) => step(screen, 1, true),
  'previous-unread': ({ screen }) => step(screen, -1, true),
  'nth-thread': ({ screen, digit }) => openNth(screen, digit),
  composer: () => focusOn('composer'),
  reply: ({ screen }) => compose(screen, 'reply'),
  note: ({ screen }) => compose(screen, 'note'),
  done: ({ screen }) => toggleDone(screen),
  'opt-out': ({ screen }) => optOut(screen),
  details: ({ screen }) => toggleDetails(screen),
  'next-pane': () => focusNextPane(1),
  'previous-pane': () => focusNextPane(-1),
  settings: ({ frame }) => frame.openSettings(),
  'key-guide': ({ frame }) => frame.openKeyGuide(),
  escape: ({ screen }) => closeTop(screen),
};

/** Does what a key of the table stands for. */
export function doKey(deed: KeyDeed, doing: Doing): void {
  deeds[deed](doing);
}

/** Begins a new message and puts the focus where the number goes. */
export function startNewMessage(screen: Screen): void {
  openNewMessage(screen);
  focusSoon('to');
}

function step(screen: Screen, steps: 1 | -1, onlyUnread: boolean): void {
  const threadId = threadAt(screen, steps, ({ unread }) => !onlyUnread || unread > 0);
  if (threadId !== null) void openThread(screen, threadId);
}

function openNth(screen: Screen, nth: number): void {
  const threadId = screen.threads.getState().list.ids[nth - 1];
  if (threadId !== undefined) void openThread(screen, threadId);
}

function compose(screen: Screen, mode: ComposerMode): void {
  const threadId = openThreadId(screen.place.getState());
  if (threadId === null) return;
  turnComposer(screen, threadId, mode);
  focusSoon('composer');
}

function optOut(screen: Screen): void {
  if (openThreadId(screen.place.getState()) !== null) askToOptOut(screen);
}

function toggleDone(screen: Screen): void {
  const threadId = openThreadId(screen.place.getState());
  if (threadId === null) return;
  const thread = screen.threads.getState().index.get(threadId);
  if (thread !== undefined) void setDone(screen, threadId, !thread.done);
}

/** Details of the entry picked out, else of the newest text. */
function toggleDetails({ place, timelines }: Screen): void {
  const threadId = openThreadId(place.getState());
  if (threadId === null) return;
  const { selected, details } = place.getState();
  const entries = timelines.getState().byThread.get(threadId)?.entries ?? [];
  const newest = entries.findLast(({ kind }) => kind === 'text')?.id ?? null;
  place.setState({ details: details === null ? (selected ?? newest) : null });
}

function closeTop(screen: Screen): void {
  if (screen.search.getState().query !== '') return writeQuery(screen, '');
  const { pane } = screen.place.getState();
  const above = pane.kind === 'connections' ? placeAbove(pane.at) : null;
  if (above !== null) void openConnections(screen, above);
  else if (pane.kind !== 'thread' && pane.kind !== 'nothing') closePane(screen);
}
