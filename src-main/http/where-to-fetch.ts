import type { LookupAddress } from 'node:dns';
import { lookup as systemLookup } from 'node:dns/promises';
import { type LookupFunction, isIP } from 'node:net';

import { isGlobalAddress, isLoopbackAddress } from './global-address.ts';

/** The address is one that may not be fetched from. */
export class ForbiddenAddress extends Error {
  override readonly name = 'ForbiddenAddress';
}

/** Every address a name stands for. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>;

export const resolveBySystem: Resolve = (hostname) => systemLookup(hostname, { all: true });

/** Which addresses a host may have. */
export type AddressRule = (address: string) => boolean;

/**
 * The rule for a host that may be fetched from. A listed origin may be anywhere, over plain HTTP only on this machine; any
 * other must be on the public internet, over HTTPS at its usual port.
 * @throws {ForbiddenAddress}
 */
export function ruleFor(url: URL, origins: readonly string[]): AddressRule {
  const rule = origins.includes(url.origin) ? ruleOfListed(url) : ruleOfOther(url);
  const host = bareHost(url);
  if (rule === null || (isIP(host) !== 0 && !rule(host)))
    throw new ForbiddenAddress('the address is not one to fetch from');
  return rule;
}

function ruleOfListed(url: URL): AddressRule | null {
  if (url.protocol === 'http:') return isLoopbackAddress;
  return url.protocol === 'https:' ? () => true : null;
}

function ruleOfOther(url: URL): AddressRule | null {
  return url.protocol === 'https:' && url.port === '' ? isGlobalAddress : null;
}

/** An IPv6 address stands in brackets in a URL. */
const bareHost = ({ hostname }: URL): string => hostname.replaceAll(/^\[|\]$/g, '');

/**
 * A look-up that refuses a name as soon as one of its addresses breaks the rule. The connection is made to the addresses that
 * were judged, so a name that changes its mind in between gains nothing.
 */
export function lookupUnder(rule: AddressRule, resolve: Resolve): LookupFunction {
  return (hostname, options, callback) => {
    const answer = (addresses: readonly LookupAddress[]): void => {
      const [first] = addresses;
      if (first === undefined || !addresses.every(({ address }) => rule(address)))
        callback(new ForbiddenAddress('the name leads where nothing is to be fetched from'), []);
      else if (options.all === true) callback(null, [...addresses]);
      else callback(null, first.address, first.family);
    };
    resolve(hostname).then(answer, (error: NodeJS.ErrnoException) => callback(error, []));
  };
}
