import { createHmac } from 'node:crypto';

/** How the carrier signs its calls. */
export type HookSigning = {
  readonly secret: string;
  readonly header: string;
  readonly algorithm: 'sha256' | 'sha1' | 'sha512';
  readonly encoding: 'hex' | 'base64';
  readonly timestampHeader: string | null;
  readonly prefix?: string;
};

/** The headers that sign a body at a time, in milliseconds since 1970. */
export function signHook(
  { secret, header, algorithm, encoding, timestampHeader, prefix = '' }: HookSigning,
  body: Uint8Array,
  at: number,
): Record<string, string> {
  const hmac = createHmac(algorithm, secret);
  if (timestampHeader === null) return { [header]: prefix + hmac.update(body).digest(encoding) };
  const seconds = String(Math.floor(at / 1_000));
  const signature = hmac.update(`${seconds}.`).update(body).digest(encoding);
  return { [header]: prefix + signature, [timestampHeader]: seconds };
}

const mostRepeats = 5;
const pauseMs = 5;

/** Calls a hook with JSON, or with a form where the content is text, until it answers with success. */
export async function callHook(
  url: string,
  content: object | string,
  signing: HookSigning | null,
): Promise<void> {
  const isForm = typeof content === 'string';
  const body = Buffer.from(isForm ? content : JSON.stringify(content));
  const type = isForm ? 'application/x-www-form-urlencoded' : 'application/json; charset=utf-8';
  for (let tries = 0; tries <= mostRepeats; tries += 1) {
    const signed = signing === null ? {} : signHook(signing, body, Date.now());
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': type, ...signed },
      body: new Uint8Array(body),
    }).catch(() => null);
    if (answer?.ok === true) return;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
