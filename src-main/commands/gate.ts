import { releaseLine } from '#main/history/held.ts';
import { findPolicy, savePolicy } from '#main/history/line-policies.ts';
import { findLine } from '#main/history/lines.ts';
import { cancelText, sendAnyway } from '#main/outbound/decide-held.ts';
import { judgeWritten } from '#main/outbound/judge-written.ts';
import { transact } from '#main/sqlite/database.ts';
import type { Handlers } from '#shared/contract/answer-renderer.ts';
import { CommandFailure } from '#shared/contract/failure.ts';
import type { gateCommands } from '#shared/contract/gate-commands.ts';
import type { LineId } from '#shared/message/line.ts';

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
    'policy.get': ({ lineId }) => ({ lineId, policy: policyOf(desk, lineId) }),
    'policy.save': (input) => {
      const { lineId, policy } = input;
      policyOf(desk, lineId);
      transact(desk.db, () => {
        savePolicy(desk.db, lineId, policy);
        releaseLine(desk.db, lineId, desk.clock.now());
      });
      desk.tell('policy.changed', input);
      desk.wakeOutbox();
      return input;
    },
  };
}

function policyOf({ db }: Desk, lineId: LineId) {
  if (findLine(db, lineId) !== undefined) return findPolicy(db, lineId);
  throw new CommandFailure('not-found', 'This line is no longer there.', {
    field: 'lineId',
    cure: 'Choose another line.',
  });
}
