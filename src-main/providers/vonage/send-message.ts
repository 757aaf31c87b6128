import {
  type Answered,
  outcomeWithoutAnswer,
  unclear,
  withoutSecrets,
} from '#main/http/answer-outcomes.ts';
import { readJson } from '#main/http/read-json.ts';
import type { OutboundText, SendOutcome } from '#shared/provider/provider.ts';

import type { Access } from './access.ts';
import { callVonage } from './call-vonage.ts';
import { judgeRefusal } from './judge-refusal.ts';
import { messageBodyOf } from './message-body.ts';
import { takenMessageShape } from './wire-types.ts';

/** Sends one text by the Messages API and says how it ended. Never throws for what the carrier does. */
export async function sendMessage(
  access: Access,
  text: OutboundText,
  deadlineMs: number,
): Promise<SendOutcome> {
  const { answer, secrets } = await callVonage(
    access,
    {
      method: 'POST',
      url: `${access.apiUrl}/v1/messages`,
      by: 'application',
      json: messageBodyOf(text, access.hooks),
    },
    deadlineMs,
  );
  const outcome = answer.kind === 'answered' ? judge(answer) : outcomeWithoutAnswer(answer);
  return withoutSecretsIn(outcome, secrets);
}

function judge(answer: Answered): SendOutcome {
  const { status, body } = answer;
  if (status < 200 || status >= 300) return judgeRefusal(answer);
  const taken = takenMessageShape.safeParse(readJson(body)).data;
  return taken === undefined
    ? unclear(`HTTP ${status} without a message id`)
    : { kind: 'accepted', providerMessageId: taken.message_uuid };
}

/** The outcome with every secret struck from its words. */
export function withoutSecretsIn(outcome: SendOutcome, secrets: readonly string[]): SendOutcome {
  if (outcome.kind === 'accepted') return outcome;
  return { ...outcome, failure: withoutSecrets(outcome.failure, secrets) };
}
