import { basicAuth } from '#main/http/basic-auth.ts';
import { type ApiAnswer, type ApiRequest, callApi } from '#main/http/call-api.ts';

import type { Access } from './access.ts';
import { makeApplicationToken } from './application-token.ts';

/** One call of Vonage's API. At most one of `json` and `form` is its body. */
export type VonageCall = {
  readonly method: ApiRequest['method'];
  readonly url: string;
  /** `account`: API key and secret. `application`: the application's token, where the connection can make one. `none`: in the body. */
  readonly by: 'account' | 'application' | 'none';
  readonly json?: object;
  readonly form?: Readonly<Record<string, string>>;
};

/** How a call ended, and what of it must never be repeated to anybody. */
export type VonageAnswer = { readonly answer: ApiAnswer; readonly secrets: readonly string[] };

/** Calls Vonage once. Resolves always. */
export async function callVonage(
  access: Access,
  call: VonageCall,
  deadlineMs: number,
): Promise<VonageAnswer> {
  const authorization = call.by === 'none' ? null : authorizationOf(access, call.by);
  const answer = await callApi({
    method: call.method,
    url: call.url,
    headers: {
      accept: 'application/json',
      ...(authorization === null ? {} : { authorization }),
      ...typeOf(call),
    },
    body: bodyOf(call),
    deadlineMs,
  });
  const token = authorization?.split(' ')[1] ?? '';
  return { answer, secrets: [access.apiSecret, token] };
}

/** The Authorization header for the account, or for the application where the connection can act as one. */
export function authorizationOf(access: Access, by: 'account' | 'application'): string {
  const privateKey = access.application?.privateKey ?? null;
  if (by === 'account' || access.application === null || privateKey === null)
    return basicAuth(access.apiKey, access.apiSecret);
  return `Bearer ${makeApplicationToken(access.application.id, privateKey, Date.now())}`;
}

function typeOf({ json, form }: VonageCall): Readonly<Record<string, string>> {
  if (json !== undefined) return { 'content-type': 'application/json' };
  return form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
}

function bodyOf({ json, form }: VonageCall): string | null {
  if (json !== undefined) return JSON.stringify(json);
  return form === undefined ? null : new URLSearchParams(form).toString();
}
