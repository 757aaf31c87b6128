import {
  type Answered,
  kindOfStatus,
  notTold,
  withoutSecrets,
} from '#main/http/answer-outcomes.ts';
import { basicAuth } from '#main/http/basic-auth.ts';
import { type ApiAnswer, callApi } from '#main/http/call-api.ts';
import type { Asked, HookAddress } from '#shared/provider/carrier-lists.ts';

import { complaintOf } from './failure-of.ts';

/** Where the carrier is, what it knows us by, and where it can reach us. */
export type Access = {
  readonly origin: string;
  /** The API is somewhere else than the carrier's own address, and so is everything it links to. */
  readonly overridden: boolean;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly hooks: readonly HookAddress[];
};

type Request = {
  readonly method: 'GET' | 'POST';
  /** With its query. */
  readonly path: string;
  readonly body?: unknown;
};

const mediaType = 'application/vnd.api+json';

/** Calls the API once. Resolves always. */
export async function callFlowroute(
  access: Access,
  { method, path, body }: Request,
  deadlineMs: number,
): Promise<ApiAnswer> {
  const content = body === undefined ? null : JSON.stringify(body);
  return await callApi({
    method,
    url: `${access.origin}${path}`,
    headers: {
      authorization: basicAuth(access.accessKey, access.secretKey),
      accept: mediaType,
      ...(content === null ? {} : { 'content-type': mediaType }),
    },
    body: content,
    deadlineMs,
  });
}

/** Why a question was not answered, in the one taxonomy. */
export function failedAsking(access: Access, answer: ApiAnswer): NotTold {
  const asked = notTold(answer, (answered) => ({ ...complaintOf(answered), ...told(answered) }));
  if (asked.kind === 'told') return asked.answer;
  return { kind: 'not-told', failure: withoutSecrets(asked.failure, secretsOf(access)) };
}

type NotTold = Extract<Asked<never>, { kind: 'not-told' }>;

/** Of a question, unlike of a text, the status says enough. */
function told({ status }: Answered): { kind: ReturnType<typeof kindOfStatus> } {
  return { kind: status === 403 ? 'not-allowed' : kindOfStatus(status) };
}

/** What may stand in no failure's words. */
export function secretsOf({ accessKey, secretKey }: Access): string[] {
  return [basicAuth(accessKey, secretKey).slice('Basic '.length), secretKey, accessKey];
}
