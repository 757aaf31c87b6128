import { pageEntries } from '#main/history/entries.ts';
import { sendMessage } from '#main/outbound/send-message.ts';
import { tryAgain } from '#main/outbound/try-again.ts';
import type { Handlers } from '#shared/contract/answer-renderer.ts';

import { attachmentHandlers } from './attachments.ts';
import { broadcastHandlers } from './broadcasts.ts';
import { checkHandlers } from './checks.ts';
import { consentHandlers } from './consent.ts';
import { costHandlers } from './costs.ts';
import type { Desk } from './desk.ts';
import { attentionList, entriesAround, readAttentionAgain, search } from './entries.ts';
import { dismissShownGap, showGaps } from './gaps.ts';
import { gateHandlers } from './gate.ts';
import { scheduleHandlers, templateHandlers } from './later.ts';
import { changeSettings, getOverview } from './overview.ts';
import { registrationHandlers } from './registration.ts';
import { addNote, assignThread } from './team-deeds.ts';
import { textDetails } from './text-details.ts';
import {
  markThreadRead,
  mustFindThread,
  pageOfThreads,
  saveThreadDraft,
  setThreadDone,
} from './threads.ts';

/** Every command of the contract with what answers it. */
export function handlers(desk: Desk): Handlers {
  const { list, providers, ...connectionCommands } = desk.connections;
  return {
    ...connectionCommands,
    ...attachmentHandlers(desk),
    'providers.list': () => providers(),
    'connections.list': () => ({ connections: list() }),
    'overview.get': () => getOverview(desk),
    'threads.page': (input) => pageOfThreads(desk, input),
    'thread.get': (input) => ({ thread: mustFindThread(desk, input.threadId) }),
    'entries.page': (input) => pageEntries(desk.db, input),
    'entries.around': (input) => entriesAround(desk, input),
    'thread.mark-read': (input) => markThreadRead(desk, input),
    'thread.set-done': (input) => setThreadDone(desk, input),
    'draft.save': (input) => saveThreadDraft(desk, input),
    'message.send': (input) => {
      const sent = sendMessage(desk.sending, input);
      desk.wakeOutbox();
      return sent;
    },
    'message.try-again': (input) => {
      const entry = tryAgain(desk.sending, input.entryId);
      desk.wakeOutbox();
      return { entry };
    },
    'note.add': (input) => addNote(desk, input),
    'thread.assign': (input) => assignThread(desk, input),
    'message.details': (input) => textDetails(desk, input),
    search: (input) => search(desk, input),
    'attention.list': () => attentionList(desk),
    'attention.read-again': (input) => readAttentionAgain(desk, input),
    ...checkHandlers(desk),
    ...consentHandlers(desk),
    ...gateHandlers(desk),
    ...registrationHandlers(desk),
    ...scheduleHandlers(desk),
    ...templateHandlers(desk),
    ...broadcastHandlers(desk),
    ...costHandlers(desk),
    'gaps.list': () => ({ gaps: showGaps(desk) }),
    'gap.dismiss': (input) => dismissShownGap(desk, input),
    'team.get': () => ({ team: desk.team.view() }),
    'team.join': async (input) => ({ team: await desk.team.join(input) }),
    'team.leave': async () => ({ team: await desk.team.leave() }),
    'settings.save': (input) => changeSettings(desk, input),
  };
}
