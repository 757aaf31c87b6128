import { findingsOf } from '#shared/compliance/judge-content.ts';
import { findRegistration } from '#shared/compliance/judge-registration.ts';
import { judge } from '#shared/compliance/judge.ts';
import type { CommandInput, CommandOutput } from '#shared/contract/contract.ts';

import { gatherFacts } from './gather-facts.ts';
import type { OutboundDesk } from './outbound-desk.ts';

/** What the gate says of a text that is being written, by the same facts and the same judge as when it is sent. */
export function judgeWritten(
  desk: OutboundDesk,
  input: CommandInput<'message.judge'>,
): CommandOutput<'message.judge'> {
  const { facts, purpose } = gatherFacts(desk, input);
  return {
    verdict: judge(facts),
    purpose,
    findings: [...findRegistration(facts), ...findingsOf(facts)],
  };
}
