import { notTold, withoutSecrets } from '#main/http/answer-outcomes.ts';
import { type ApiAnswer, callApi } from '#main/http/call-api.ts';
import type { Asked } from '#shared/provider/carrier-lists.ts';

import type { Access } from './access.ts';
import { complaintOf } from './failure-of.ts';

type Request = {
  readonly method: 'GET' | 'POST';
  /** Under the account, such as `Message/`. Every path of this carrier ends in a slash. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
};

/** Calls the API once. Resolves always. */
export async function callPlivo(
  access: Access,
  { method, path, query, body }: Request,
  deadlineMs: number,
): Promise<ApiAnswer> {
  const search = query === undefined ? '' : `?${new URLSearchParams(query).toString()}`;
  const type = { 'content-type': 'application/json' };
  return await callApi({
    method,
    url: `${access.accountUrl}${path}${search}`,
    headers: { authorization: access.authorization, ...(body === undefined ? {} : type) },
    body: body === undefined ? null : JSON.stringify(body),
    deadlineMs,
  });
}

/** Why a question was not answered, in the one taxonomy. */
export function failedAsking(access: Access, answer: ApiAnswer): Asked<never> {
  const asked = notTold(answer, complaintOf);
  if (asked.kind === 'told') return asked;
  return { kind: 'not-told', failure: withoutSecrets(asked.failure, access.secrets) };
}
