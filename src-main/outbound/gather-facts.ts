import { type Attachment, findAttachment } from '#main/history/attachments.ts';
import { findLine } from '#main/history/lines.ts';
import { findThread } from '#main/history/threads.ts';
import type { SendFacts } from '#shared/compliance/judge.ts';
import type { CommandInput } from '#shared/contract/contract.ts';
import { CommandFailure } from '#shared/contract/failure.ts';
import type { Line } from '#shared/message/line.ts';
import { type NumberReading, readNumber } from '#shared/phone/read-number.ts';

import { attachmentRulesOf } from './attachment-rules.ts';
import type { OutboundDesk } from './outbound-desk.ts';
import { readPeer } from './read-peer.ts';

export type SendInput = CommandInput<'message.send'>;
export type Gathered = {
  readonly line: Line;
  readonly to: NumberReading;
  /** Pictures that go along, in order. */
  readonly attachments: readonly Attachment[];
  readonly facts: SendFacts;
};

const defaultMaxTextUnits = 1_600;

/** Fetches everything the judge and the send need to know, and decides nothing. */
export function gatherFacts(desk: OutboundDesk, input: SendInput): Gathered {
  const { lineId, to } = whereTo(desk, input.target);
  const line = findLine(desk.db, lineId);
  if (line === undefined)
    throw new CommandFailure('not-found', 'This line is no longer there.', {
      field: 'line',
      cure: 'Choose another line.',
    });
  const adapter = desk.adapterOf(line.connectionId);
  const attachments = attachedTo(desk, input.media ?? []);
  return {
    line,
    to,
    attachments,
    facts: {
      text: input.text,
      mediaCount: attachments.length,
      media: { files: attachments, rules: attachmentRulesOf(desk, line.connectionId) },
      to,
      from: line.number,
      maxTextUnits: adapter?.capabilities.maxTextUnits ?? defaultMaxTextUnits,
      lineIsConnected: adapter !== undefined,
    },
  };
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
