import type { LineId } from '#shared/message/line.ts';
import { readNumber } from '#shared/phone/read-number.ts';

import { withDraft } from './drafts-store.ts';
import { openThread } from './go-to.ts';
import { draftText, writeDraft } from './save-drafts.ts';
import type { Screen } from './screen.ts';
import { sendDraft } from './send-text.ts';

/** Sends the new message to a typed number and opens its conversation; what was written on meanwhile goes along. */
export async function sendNew(screen: Screen, typed: string, lineId: LineId): Promise<void> {
  const reading = readNumber(typed);
  if (reading.kind === 'impossible') return;
  const to = reading.kind === 'number' ? reading.e164 : reading.digits;
  const answer = await sendDraft(screen, 'new', { lineId, to });
  if (answer === null) return;
  const rest = draftText(screen, 'new');
  screen.drafts.setState((drafts) => withDraft(drafts, 'new', null));
  if (screen.place.getState().pane.kind === 'new-message')
    await openThread(screen, answer.thread.id);
  if (rest !== '') writeDraft(screen, answer.thread.id, rest);
}
