import { findConsent } from '#shared/compliance/judge-consent.ts';
import { findingsOf } from '#shared/compliance/judge-content.ts';
import { findQuiet } from '#shared/compliance/judge-quiet.ts';
import { findRegistration } from '#shared/compliance/judge-registration.ts';
import { judge } from '#shared/compliance/judge.ts';
import { optOutWording } from '#shared/compliance/opt-out-wording.ts';
import type { CommandInput, CommandOutput } from '#shared/contract/contract.ts';

import { gatherFacts } from './gather-facts.ts';
import type { OutboundDesk } from './outbound-desk.ts';

/** What the gate says of a text that is being written, by the same facts and the same judge as when it is sent. */
export function judgeWritten(
  desk: OutboundDesk,
  input: CommandInput<'message.judge'>,
): CommandOutput<'message.judge'> {
  const { facts, purpose } = gatherFacts(desk, input);
  const behind = optOutWording(facts);
  return {
    verdict: judge({ ...facts, text: facts.text + behind }),
    purpose,
    ...(behind === '' ? {} : { behind: behind.trim() }),
    findings: [
      ...findConsent(facts),
      ...findRegistration(facts),
      ...findQuiet(facts),
      ...findingsOf(facts),
    ],
  };
}
