import { announce } from '#main/history/announce.ts';
import { findEntry, findEntryByUid } from '#main/history/entries.ts';
import { addOverride } from '#main/history/overrides.ts';
import { findThread } from '#main/history/threads.ts';
import { transact } from '#main/sqlite/database.ts';
import { judge } from '#shared/compliance/judge.ts';
import { optOutWording } from '#shared/compliance/opt-out-wording.ts';
import type { Purpose } from '#shared/compliance/verdict.ts';
import type { CommandOutput } from '#shared/contract/contract.ts';
import { CommandFailure } from '#shared/contract/failure.ts';
import type { EntryId } from '#shared/message/entry.ts';

import { addOutbound } from './add-outbound.ts';
import { askToOptIn } from './ask-to-opt-in.ts';
import { type SendInput, gatherFacts } from './gather-facts.ts';
import type { OutboundDesk } from './outbound-desk.ts';

/**
 * The whole story of a text that wants to leave: a draft that was sent already is answered with what became of it; else
 * the facts are gathered, the judge decides, and the text and its place in the outbox become durable in one transaction,
 * before anything leaves. The drain takes it from there.
 */
export function sendMessage(
  desk: OutboundDesk,
  input: SendInput,
  given: { readonly purpose?: Purpose } = {},
): CommandOutput<'message.send'> {
  const earlier = findEntryByUid(desk.db, input.uid);
  if (earlier !== undefined) return answer(desk, input.uid);
  const gathered = gatherFacts(desk, input, given);
  const facts = { ...gathered.facts, text: input.text + optOutWording(gathered.facts) };
  const verdict = judge(facts);
  if (verdict.kind === 'refused') {
    throw new CommandFailure('refused', verdict.because, {
      field: verdict.field,
      cure: verdict.cure,
    });
  }
  const waiting = verdict.kind === 'waits' ? verdict : null;
  const changes = transact(desk.db, () => {
    const entryId = addOutbound(desk, { ...input, text: facts.text }, { ...gathered, waiting });
    keepContentReason(desk, entryId, input);
    const threadId = findEntry(desk.db, entryId)?.threadId;
    const asked = threadId === undefined ? [] : askToOptIn(desk, { verdict, facts, threadId });
    return [{ kind: 'entry-added', entryId } as const, ...asked];
  });
  announce(desk.db, desk.tell, changes);
  return answer(desk, input.uid);
}

/** Keeps why a text goes out in spite of its content, where that was asked. Call it in the transaction that adds the text. */
export function keepContentReason(
  { db, clock }: OutboundDesk,
  entryId: EntryId,
  input: SendInput,
): void {
  const { contentReason: reason } = input;
  if (reason === undefined) return;
  const because = 'The agent was told what was found about its content.';
  addOverride(db, { entryId, rule: 'content', because, reason, at: clock.now() });
}

function answer({ db }: OutboundDesk, uid: string): CommandOutput<'message.send'> {
  const entry = findEntryByUid(db, uid);
  const thread = entry && findThread(db, entry.threadId);
  if (entry?.kind !== 'text' || thread === undefined)
    throw new Error('the text just added is not there');
  return { entry, thread };
}
