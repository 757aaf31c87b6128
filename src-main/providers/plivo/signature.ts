import { createHmac } from 'node:crypto';

/** A callback as far as it is signed. */
export type SignedCall = {
  readonly method: string;
  /** As configured, with its query. */
  readonly url: string;
  /** What the form holds, decoded. */
  readonly parameters: URLSearchParams;
};

/** The signature of the third version: over method, address, query and form. */
export function signV3(call: SignedCall, nonce: string, token: string): string {
  const signed = call.method === 'GET' ? addressOfGet(call) : addressOfPost(call);
  return hmac(`${signed}.${nonce}`, token);
}

/** The signature of the second version: over the address without its query; it does not cover the body. */
export function signV2(url: string, nonce: string, token: string): string {
  return hmac(`${split(url).address}${nonce}`, token);
}

function hmac(text: string, token: string): string {
  return createHmac('sha256', token).update(text).digest('base64');
}

function addressOfGet({ url, parameters }: SignedCall): string {
  const { address, query } = split(url);
  const all = sorted(new URLSearchParams([...query, ...parameters]), '=').join('&');
  return all === '' ? address : `${address}?${all}`;
}

function addressOfPost({ url, parameters }: SignedCall): string {
  const { address, query } = split(url);
  const [asked, said] = [sorted(query, '=').join('&'), sorted(parameters, '').join('')];
  if (parameters.size === 0) return asked === '' ? address : `${address}?${asked}`;
  return asked === '' ? `${address}?${said}` : `${address}?${asked}.${said}`;
}

/** Names in order, and of one name its values in order. */
function sorted(pairs: URLSearchParams, between: string): string[] {
  const names = [...new Set(pairs.keys())].toSorted(byCodeUnits);
  return names.flatMap((name) =>
    pairs
      .getAll(name)
      .toSorted(byCodeUnits)
      .map((value) => `${name}${between}${value}`),
  );
}

function byCodeUnits(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Cut by hand, because a parser would tidy up what was signed as it stood. User and password are not signed. */
function split(url: string): { readonly address: string; readonly query: URLSearchParams } {
  const [, scheme = '', host = '', path = '', query = ''] =
    /^([a-z]+:\/\/)(?:[^/?#]*@)?([^/?#]*)([^?#]*)(?:\?([^#]*))?/i.exec(url) ?? [];
  return { address: `${scheme}${host}${path}`, query: new URLSearchParams(query) };
}
