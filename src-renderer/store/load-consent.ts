import type { CommandInput } from '#shared/contract/contract.ts';
import type { ThreadId } from '#shared/message/entry.ts';

import { announce } from './announce.ts';
import { failureOf } from './failure-of.ts';
import type { Screen } from './screen.ts';

/** Fetches the consent of a conversation's number; what comes late for another conversation is dropped. */
export async function loadConsent(screen: Screen, threadId: ThreadId): Promise<void> {
  const { host, consent } = screen;
  if (consent.getState().threadId !== threadId)
    consent.setState({ threadId, known: null, failure: null, isAsking: false });
  try {
    const known = await host.call('consent.get', { threadId, asOf: null });
    if (consent.getState().threadId === threadId) consent.setState({ known, failure: null });
  } catch (error) {
    if (consent.getState().threadId === threadId) consent.setState({ failure: failureOf(error) });
  }
}

/** Somebody's consent changed: it is fetched anew where it is the open conversation's. */
export function hearConsent(screen: Screen, number: string): void {
  const { threadId, known } = screen.consent.getState();
  const peer = threadId === null ? null : screen.threads.getState().index.get(threadId)?.peer;
  if (threadId !== null && (peer === number || known?.consent.number === number))
    void loadConsent(screen, threadId);
}

type Deed = 'consent.opt-out' | 'consent.undo' | 'consent.decide' | 'consent.record';

/** Does something about the consent of a conversation's number, and says aloud that it is done. */
export async function changeConsent<Name extends Deed>(
  screen: Screen,
  name: Name,
  { input, done }: { readonly input: CommandInput<Name>; readonly done: string },
): Promise<void> {
  await screen.host.call(name, input);
  announce(screen, done);
  await loadConsent(screen, input.threadId);
}

/** Asks before the open conversation's number is opted out, unless it is already. */
export function askToOptOut(screen: Screen): void {
  const { known } = screen.consent.getState();
  if (known !== null && known.consent.standing !== 'opted-out')
    screen.consent.setState({ isAsking: true });
}
