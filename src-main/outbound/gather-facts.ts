import { type Attachment, findAttachment } from '#main/history/attachments.ts';
import { findLine } from '#main/history/lines.ts';
import type { OutboxRow } from '#main/history/outbox.ts';
import { listOverrides } from '#main/history/overrides.ts';
import { findThread, findThreadByKey } from '#main/history/threads.ts';
import type { SendFacts } from '#shared/compliance/judge.ts';
import type { Purpose } from '#shared/compliance/verdict.ts';
import type { CommandInput } from '#shared/contract/contract.ts';
import { CommandFailure } from '#shared/contract/failure.ts';
import type { Line } from '#shared/message/line.ts';
import { type NumberReading, readNumber } from '#shared/phone/read-number.ts';

import { attachmentRulesOf } from './attachment-rules.ts';
import { gatherCircumstances } from './gather-circumstances.ts';
import { gatherPlans } from './gather-plans.ts';
import type { OutboundDesk } from './outbound-desk.ts';
import { readPeer } from './read-peer.ts';

export type SendInput = CommandInput<'message.send'>;
export type Gathered = {
  readonly line: Line;
  readonly to: NumberReading;
  /** Pictures that go along, in order. */
  readonly attachments: readonly Attachment[];
  readonly purpose: Purpose;
  readonly facts: SendFacts;
};

const defaultMaxTextUnits = 1_600;

/** What is to be judged: a text as a screen sends it, or one that is only being written. */
type Written = Pick<SendInput, 'target' | 'text' | 'media' | 'contentReason'>;

/**
 * Fetches everything the judge and the send need to know of a text that is being sent, and decides nothing.
 * @param given why it is sent, where the conversation does not say
 */
export function gatherFacts(
  desk: OutboundDesk,
  input: Written,
  given: { readonly purpose?: Purpose } = {},
): Gathered {
  const { lineId, to } = whereTo(desk, input.target);
  const line = findLine(desk.db, lineId);
  if (line === undefined)
    throw new CommandFailure('not-found', 'This line is no longer there.', {
      field: 'line',
      cure: 'Choose another line.',
    });
  const attachments = attachedTo(desk, input.media ?? []);
  const media = { files: attachments, rules: attachmentRulesOf(desk, line.connectionId) };
  const now = desk.clock.now();
  const peer = addressOf(to);
  const around =
    peer === null
      ? null
      : gatherCircumstances(desk.db, {
          line,
          peer,
          entryId: null,
          threadId: findThreadByKey(desk.db, { lineId, peer })?.id ?? null,
          purpose: given.purpose ?? null,
          queuedAt: now,
          now,
          overruled: input.contentReason === undefined ? [] : ['content'],
        });
  return {
    line,
    to,
    attachments,
    purpose: around?.purpose ?? 'outreach',
    facts: {
      ...formOf(desk, line),
      text: input.text,
      mediaCount: attachments.length,
      media,
      to,
      ...around,
    },
  };
}

/** The same of a text in the outbox, as things stand now. Its pictures were judged when it was written. */
export function gatherQueued(desk: OutboundDesk, row: OutboxRow, line: Line): SendFacts {
  const { request, threadId, purpose, queuedAt, entryId } = row;
  const around = gatherCircumstances(desk.db, {
    line,
    peer: request.to,
    threadId,
    entryId,
    purpose,
    queuedAt,
    now: desk.clock.now(),
    overruled: listOverrides(desk.db, entryId).map(({ rule }) => rule),
  });
  const plans = gatherPlans(desk.db, entryId, desk.clock.now());
  const mediaCount = request.mediaIds?.length ?? 0;
  const { text, to } = request;
  return { ...formOf(desk, line), text, mediaCount, to: readPeer(to), ...around, ...plans };
}

function formOf(
  desk: OutboundDesk,
  { connectionId, number }: Line,
): Pick<SendFacts, 'from' | 'maxTextUnits' | 'lineIsConnected'> {
  const adapter = desk.adapterOf(connectionId);
  return {
    from: number,
    maxTextUnits: adapter?.capabilities.maxTextUnits ?? defaultMaxTextUnits,
    lineIsConnected: adapter !== undefined,
  };
}

function addressOf(to: NumberReading): string | null {
  if (to.kind === 'impossible') return null;
  return to.kind === 'number' ? to.e164 : to.digits;
}

function whereTo(
  desk: OutboundDesk,
  target: SendInput['target'],
): { lineId: Line['id']; to: NumberReading } {
  if ('lineId' in target) return { lineId: target.lineId, to: readNumber(target.to) };
  const thread = findThread(desk.db, target.threadId);
  if (thread === undefined)
    throw new CommandFailure('not-found', 'This conversation is no longer there.', {
      field: 'thread',
      cure: 'Open it again from the list.',
    });
  return { lineId: thread.lineId, to: readPeer(thread.peer) };
}

function attachedTo({ db }: OutboundDesk, ids: readonly string[]): Attachment[] {
  return ids.map((id) => {
    const attachment = findAttachment(db, id);
    if (attachment !== undefined) return attachment;
    throw new CommandFailure('not-found', 'A picture of this text is no longer there.', {
      field: 'media',
      cure: 'Take it out and attach it again.',
    });
  });
}
