import { fromCarrier } from '#shared/phone/carrier-number.ts';

import { readUri } from '../wire/address.ts';

/** The number in an address, as we keep it; null where none stands there. */
export function numberIn(uri: string): string | null {
  const user = readUri(uri)?.user ?? '';
  return isNumber(user) ? fromCarrier(user) : null;
}

/** The number a header gives, as an address or bare, such as `X-SMS-To: 15550100001`; null where it gives none. */
export function numberInHeader(value: string): string | null {
  const [, inBrackets] = /<([^<>]*)>/.exec(value) ?? [];
  const written = (inBrackets ?? value.split(';')[0] ?? '').trim();
  const plain = written.replaceAll(/[-.() ]/g, '');
  return isNumber(plain) ? fromCarrier(plain) : numberIn(written);
}

const isNumber = (user: string): boolean => /^\+?\d{3,15}$/.test(user);
