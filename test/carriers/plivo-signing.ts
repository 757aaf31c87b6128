import { createHmac } from 'node:crypto';

export type PlivoSigned = {
  readonly url: string;
  /** The form as it goes over the wire. */
  readonly form: string;
  readonly nonce: string;
  readonly token: string;
};

const hmac = (token: string, text: string): string =>
  createHmac('sha256', token).update(text, 'utf8').digest('base64');

/** How this carrier signs a POST in the third version. */
export function plivoV3({ url, form, nonce, token }: PlivoSigned): string {
  const [address = '', query = ''] = url.split('?', 2);
  const asked = inOrder(query).map(([name, value]) => `${name}=${value}`);
  const said = inOrder(form).map(([name, value]) => name + value);
  let signed = address;
  if (asked.length + said.length > 0) signed += '?';
  signed += asked.join('&');
  if (asked.length > 0 && said.length > 0) signed += '.';
  return hmac(token, `${signed}${said.join('')}.${nonce}`);
}

/** In the second version, which leaves the query and the body out. */
export function plivoV2({ url, nonce, token }: Omit<PlivoSigned, 'form'>): string {
  return hmac(token, `${url.split('?', 1)[0]}${nonce}`);
}

function inOrder(text: string): [string, string][] {
  const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return [...new URLSearchParams(text)].toSorted(
    ([nameA, a], [nameB, b]) => compare(nameA, nameB) || compare(a, b),
  );
}
