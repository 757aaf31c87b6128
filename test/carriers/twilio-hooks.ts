import { randomUUID } from 'node:crypto';
import { parse } from 'node:querystring';

import { getExpectedBodyHash, getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';

/** Headers of a hook with this body, signed as the carrier signs it for the address it calls. */
export function signHook(
  token: string,
  { url, body }: { readonly url: string; readonly body: Uint8Array },
): Record<string, string> {
  const form = parse(Buffer.from(body).toString(), undefined, undefined, { maxKeys: 0 });
  return {
    'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
    'x-twilio-signature': getExpectedTwilioSignature(token, url, { ...form }),
  };
}

/** The address and headers of a hook whose body is JSON: its hash stands in the address. */
export function signJsonHook(
  token: string,
  { url, body }: { readonly url: string; readonly body: string },
): { readonly url: string; readonly headers: Record<string, string> } {
  const hash = getExpectedBodyHash(body);
  const signed = `${url}${url.includes('?') ? '&' : '?'}bodySHA256=${hash}`;
  const signature = getExpectedTwilioSignature(token, signed, {});
  return {
    url: signed,
    headers: { 'content-type': 'application/json', 'x-twilio-signature': signature },
  };
}

/** One try to call a hook, and what became of it; null where nobody answered. */
export type HookCall = {
  readonly url: string;
  readonly body: string;
  readonly status: number | null;
  readonly type: string | null;
  readonly answer: string;
};

/**
 * Calls a hook as the carrier does: once more where nobody answered, never for what was answered, and then the fallback address.
 * Redirects count as failures, because they lose the body.
 */
export async function callHook(
  token: string,
  {
    url,
    fallback,
    fields,
  }: {
    readonly url: string;
    readonly fallback: string;
    readonly fields: Readonly<Record<string, string>>;
  },
): Promise<HookCall[]> {
  const body = new URLSearchParams(fields).toString();
  const idempotency = randomUUID();
  const tries: HookCall[] = [];
  for (const address of [url, fallback].filter((each) => each !== '')) {
    const [bare = ''] = address.split('#');
    tries.push(await post(token, { url: bare, body, idempotency }));
    if (tries.at(-1)?.status === null)
      tries.push(await post(token, { url: bare, body, idempotency }));
    const status = tries.at(-1)?.status ?? 0;
    if (status >= 200 && status < 300) break;
  }
  return tries;
}

async function post(
  token: string,
  {
    url,
    body,
    idempotency,
  }: { readonly url: string; readonly body: string; readonly idempotency: string },
): Promise<HookCall> {
  const headers = {
    ...signHook(token, { url, body: Buffer.from(body) }),
    'i-twilio-idempotency-token': idempotency,
    'user-agent': 'TwilioProxy/1.1',
  };
  const signal = AbortSignal.timeout(15_000);
  try {
    const init = { method: 'POST', headers, body, signal, redirect: 'manual' } as const;
    const answer = await fetch(url, init);
    const type = answer.headers.get('content-type');
    return { url, body, status: answer.status, type, answer: await answer.text() };
  } catch {
    return { url, body, status: null, type: null, answer: '' };
  }
}
