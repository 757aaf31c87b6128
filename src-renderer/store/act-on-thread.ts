import type { CommandInput, Settings } from '#shared/contract/contract.ts';
import type { EntryId, ThreadId } from '#shared/message/entry.ts';

import { announce } from './announce.ts';
import { failureOf, inWords } from './failure-of.ts';
import { hearEntryChanged, hearThread } from './hear-entries.ts';
import type { Screen } from './screen.ts';

/** The last entry of each thread that the host was told is read, so that it is told once. */
const read = new WeakMap<Screen, Map<ThreadId, EntryId>>();

/** Everything up to an entry has been before the person's eyes. The host tells the rest. */
export async function markRead(screen: Screen, threadId: ThreadId, upTo: EntryId): Promise<void> {
  const thread = screen.threads.getState().index.get(threadId);
  const told = read.get(screen) ?? new Map<ThreadId, EntryId>();
  read.set(screen, told);
  if (thread === undefined || thread.unread === 0 || (told.get(threadId) ?? 0) >= upTo) return;
  told.set(threadId, upTo);
  try {
    await screen.host.call('thread.mark-read', { threadId, upTo });
  } catch {
    told.delete(threadId);
  }
}

/** Marks a conversation done, or opens it again. */
export async function setDone(screen: Screen, threadId: ThreadId, done: boolean): Promise<void> {
  await orAnnounce(screen, () => screen.host.call('thread.set-done', { threadId, done }));
}

/** Gives a conversation to a desktop of the team, or with null back to all. */
export async function assign(screen: Screen, threadId: ThreadId, to: string | null): Promise<void> {
  await orAnnounce(screen, async () => {
    const { thread } = await screen.host.call('thread.assign', { threadId, to });
    hearThread(screen, thread);
  });
}

/**
 * A person's decision about a text: to try it once more, to take it back, or to send it all the same.
 * @returns why that cannot be, or null where it is done
 */
export async function decide(
  screen: Screen,
  command: 'message.try-again' | 'message.cancel' | 'message.send-anyway' | 'schedule.send-now',
  entryId: EntryId,
): Promise<string | null> {
  try {
    hearEntryChanged(screen, await screen.host.call(command, { entryId }));
    return null;
  } catch (error) {
    return inWords(failureOf(error));
  }
}

/** Gives a text for later another time; resolves to why that cannot be, or null where it is done. */
export async function changeTime(
  screen: Screen,
  input: CommandInput<'schedule.change'>,
): Promise<string | null> {
  try {
    hearEntryChanged(screen, await screen.host.call('schedule.change', input));
    return null;
  } catch (error) {
    return inWords(failureOf(error));
  }
}

/** The choice shows at once and goes back where it could not be saved. */
export async function saveSettings(screen: Screen, settings: Settings): Promise<void> {
  const before = screen.overview.getState().settings;
  screen.overview.setState({ settings });
  try {
    await screen.host.call('settings.save', settings);
  } catch (error) {
    screen.overview.setState({ settings: before });
    announce(screen, inWords(failureOf(error)));
  }
}

async function orAnnounce(screen: Screen, deed: () => Promise<unknown>): Promise<void> {
  try {
    await deed();
  } catch (error) {
    announce(screen, inWords(failureOf(error)));
  }
}
