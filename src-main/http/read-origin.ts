import { isLoopbackAddress } from './global-address.ts';

/**
 * The origin an API is called at: that of the override where there is one, else the carrier's own. Plain HTTP is good for this
 * machine alone, because credentials go over it.
 * @throws an Error that names baseUrl and says what it must be
 */
export function readOrigin(override: string | null, own: string): string {
  const url = URL.canParse(override ?? own) ? new URL(override ?? own) : null;
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new Error('baseUrl must be an https address, or be left out');
  if (url.username !== '' || url.password !== '')
    throw new Error('baseUrl must not hold a user or a password');
  if (url.protocol === 'http:' && !isThisMachine(url.hostname))
    throw new Error('baseUrl must be https, except for an address of this machine');
  return url.origin;
}

function isThisMachine(hostname: string): boolean {
  return hostname === 'localhost' || isLoopbackAddress(hostname.replaceAll(/^\[|\]$/g, ''));
}
