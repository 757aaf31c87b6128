import { createHash, createHmac } from 'node:crypto';

import type { Parameters } from './sms-parameters.ts';

/** How the SMS API signs, as the account has it: a plain MD5 over text and secret, or an HMAC. */
export const signatureMethods = ['sha256', 'sha512', 'sha1', 'md5', 'md5hash'] as const;
export type SignatureMethod = (typeof signatureMethods)[number];

/** A secret and the method it signs by. */
export type SmsSigning = { readonly method: SignatureMethod; readonly secret: string };

/** The signature of a callback's parameters, in lower-case hexadecimal. */
export function signParameters(parameters: Parameters, { method, secret }: SmsSigning): string {
  const text = signedText(parameters);
  if (method === 'md5hash')
    return createHash('md5')
      .update(text + secret)
      .digest('hex');
  return createHmac(method, secret).update(text).digest('hex');
}

/** Sorted by name, with the signs that would break the text apart replaced in values; `sig` itself left out. */
function signedText(parameters: Parameters): string {
  return [...parameters.keys()]
    .filter((name) => name !== 'sig')
    .toSorted(byCodeUnits)
    .map((name) => `&${name}=${parameters.get(name)?.replace(/[&=]/g, '_')}`)
    .join('');
}

function byCodeUnits(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
