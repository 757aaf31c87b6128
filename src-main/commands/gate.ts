import { releaseLine } from '#main/history/held.ts';
import { findPolicy, savePolicy } from '#main/history/line-policies.ts';
import { findLine } from '#main/history/lines.ts';
import { tellTeam } from '#main/history/team-outbox.ts';
import { cancelText, sendAnyway } from '#main/outbound/decide-held.ts';
import { judgeWritten } from '#main/outbound/judge-written.ts';
import { transact } from '#main/sqlite/database.ts';
import type { Handlers } from '#shared/contract/answer-renderer.ts';
import type { CommandInput, CommandOutput } from '#shared/contract/contract.ts';
import { CommandFailure } from '#shared/contract/failure.ts';
import type { gateCommands } from '#shared/contract/gate-commands.ts';
import type { Line, LineId } from '#shared/message/line.ts';

import type { Desk } from './desk.ts';

/** What may leave, and what a person decides about what waits. */
export function gateHandlers(desk: Desk): Pick<Handlers, keyof typeof gateCommands> {
  return {
    'message.judge': (input) => judgeWritten(desk.sending, input),
    'message.cancel': ({ entryId }) => ({ entry: cancelText(desk.sending, entryId) }),
    'message.send-anyway': ({ entryId }) => {
      const entry = sendAnyway(desk.sending, entryId);
      desk.wakeOutbox();
      return { entry };
    },
    'policy.get': ({ lineId }) => {
      const { id } = mustFindLine(desk, lineId);
      return { lineId, policy: findPolicy(desk.db, id) };
    },
    'policy.save': (input) => changePolicy(desk, input),
  };
}

function changePolicy(
  desk: Desk,
  input: CommandInput<'policy.save'>,
): CommandOutput<'policy.save'> {
  const { lineId, policy } = input;
  const { connectionId, number: line } = mustFindLine(desk, lineId);
  const at = desk.clock.now();
  transact(desk.db, () => {
    savePolicy(desk.db, lineId, policy);
    releaseLine(desk.db, lineId, at);
    tellTeam(desk.db, { kind: 'policy-set', at, connectionId, line, policy });
  });
  desk.tell('policy.changed', { lineId, policy });
  desk.wakeOutbox();
  return { lineId, policy };
}

function mustFindLine({ db }: Desk, lineId: LineId): Line {
  const line = findLine(db, lineId);
  if (line !== undefined) return line;
  throw new CommandFailure('not-found', 'This line is no longer there.', {
    field: 'lineId',
    cure: 'Choose another line.',
  });
}
