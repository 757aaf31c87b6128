import { findLine } from '#main/history/lines.ts';
import { dropAttachment, keepAttachment } from '#main/media/keep-attachment.ts';
import { attachmentRulesOf } from '#main/outbound/attachment-rules.ts';
import type { Handlers } from '#shared/contract/answer-renderer.ts';
import type { CommandInput, CommandOutput } from '#shared/contract/contract.ts';
import { CommandFailure } from '#shared/contract/failure.ts';

import type { Desk } from './desk.ts';

type Attaching = Extract<keyof Handlers, `attachment.${string}`>;

/** Takes pictures from screens. */
export function attachmentHandlers(desk: Desk): Pick<Handlers, Attaching> {
  const { uploads } = desk;
  return {
    'attachment.rules': (input) => rulesOfLine(desk, input),
    'attachment.begin': ({ size, type }) => ({ uploadId: uploads.begin(size, type) }),
    'attachment.append': ({ uploadId, at, bytes }) => {
      uploads.append(uploadId, at, Buffer.from(bytes, 'base64'));
      return {};
    },
    'attachment.end': ({ uploadId }) => end(desk, uploadId),
    'attachment.discard': async ({ id }) => {
      uploads.discard(id);
      await dropAttachment(desk, id);
      return {};
    },
  };
}

function rulesOfLine(
  desk: Desk,
  { lineId }: CommandInput<'attachment.rules'>,
): CommandOutput<'attachment.rules'> {
  const line = findLine(desk.db, lineId);
  if (line === undefined)
    throw new CommandFailure('not-found', 'This line is no longer there.', { field: 'lineId' });
  const { types, ...rules } = attachmentRulesOf(desk.sending, line.connectionId);
  return { ...rules, types: [...types] };
}

async function end(desk: Desk, uploadId: string): Promise<CommandOutput<'attachment.end'>> {
  const kept = await keepAttachment(desk, desk.uploads.end(uploadId));
  return { media: { ...kept, state: 'stored', problem: null } };
}
