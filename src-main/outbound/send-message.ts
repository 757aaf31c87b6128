import { announce } from '#main/history/announce.ts';
import { findEntryByUid } from '#main/history/entries.ts';
import { findThread } from '#main/history/threads.ts';
import { transact } from '#main/sqlite/database.ts';
import { judge } from '#shared/compliance/judge.ts';
import type { CommandOutput } from '#shared/contract/contract.ts';
import { CommandFailure } from '#shared/contract/failure.ts';

import { addOutbound } from './add-outbound.ts';
import { type SendInput, gatherFacts } from './gather-facts.ts';
import type { OutboundDesk } from './outbound-desk.ts';

/**
 * The whole story of a text that wants to leave: a draft that was sent already is answered with what became of it; else
 * the facts are gathered, the judge decides, and the text and its place in the outbox become durable in one transaction,
 * before anything leaves. The drain takes it from there.
 */
export function sendMessage(desk: OutboundDesk, input: SendInput): CommandOutput<'message.send'> {
  const earlier = findEntryByUid(desk.db, input.uid);
  if (earlier !== undefined) return answer(desk, input.uid);
  const gathered = gatherFacts(desk, input);
  const verdict = judge(gathered.facts);
  if (verdict.kind === 'refused') {
    throw new CommandFailure('refused', verdict.because, {
      field: verdict.field,
      cure: verdict.cure,
    });
  }
  const entryId = transact(desk.db, () => addOutbound(desk, input, gathered));
  announce(desk.db, desk.tell, [{ kind: 'entry-added', entryId }]);
  return answer(desk, input.uid);
}

function answer({ db }: OutboundDesk, uid: string): CommandOutput<'message.send'> {
  const entry = findEntryByUid(db, uid);
  const thread = entry && findThread(db, entry.threadId);
  if (entry?.kind !== 'text' || thread === undefined)
    throw new Error('the text just added is not there');
  return { entry, thread };
}
