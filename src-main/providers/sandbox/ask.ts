import { kindOfStatus, notOfShape, notTold } from '#main/http/answer-outcomes.ts';
import { type ApiAnswer, callApi } from '#main/http/call-api.ts';
import { readJson } from '#main/http/read-json.ts';
import type {
  Asked,
  CarrierNumber,
  CredentialTest,
  ListPage,
} from '#shared/provider/carrier-lists.ts';

import type { Access } from './send-text.ts';
import { numbersShape } from './wire-types.ts';

/** Why a question was not answered, in the one taxonomy. */
export function failedAsking(answer: ApiAnswer): Asked<never> {
  return notTold(answer, ({ status }) => ({ kind: kindOfStatus(status), raw: `HTTP ${status}` }));
}

/** Every number of the account; the sandbox needs one page for them. */
export async function listNumbers(
  access: Access,
  deadlineMs: number,
): Promise<Asked<ListPage<CarrierNumber>>> {
  const answer = await callApi({
    method: 'GET',
    url: `${access.baseUrl}/v1/numbers`,
    headers: { authorization: `Bearer ${access.apiKey}` },
    body: null,
    deadlineMs,
  });
  if (answer.kind !== 'answered' || answer.status !== 200) return failedAsking(answer);
  const read = numbersShape.safeParse(readJson(answer.body)).data;
  if (read === undefined) return notOfShape;
  return { kind: 'told', answer: { rows: read.data.map(asNumber), next: null } };
}

/** Listing the numbers costs nothing and needs the key, so it tests it. */
export async function testCredentials(
  access: Access,
  deadlineMs: number,
): Promise<Asked<CredentialTest>> {
  const asked = await listNumbers(access, deadlineMs);
  return asked.kind === 'told' ? { kind: 'told', answer: { account: null } } : asked;
}

function asNumber({ number, mms }: { number: string; mms: boolean }): CarrierNumber {
  const tollFree = /^\+18(00|33|44|55|66|77|88)/.test(number);
  const numberType = tollFree ? 'toll-free' : '10dlc';
  return {
    number,
    id: null,
    label: null,
    numberType,
    sms: true,
    mms,
    voice: true,
    hookUrl: null,
    registration: null,
  };
}
