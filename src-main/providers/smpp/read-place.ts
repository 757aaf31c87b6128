import { isLoopbackAddress } from '#main/http/global-address.ts';

import type { Place } from './profile.ts';

/** Ports where an address names none: the one registered for SMPP, and the one usual over TLS. */
const ports = { plain: 2775, tls: 3550 } as const;

const schemes: ReadonlyMap<string, keyof typeof ports> = new Map([
  ['smpp:', 'plain'],
  ['http:', 'plain'],
  ['smpps:', 'tls'],
  ['ssmpp:', 'tls'],
  ['https:', 'tls'],
]);

export type PlaceWishes = {
  /** The address as entered: `smpps://host:port`, or `smpp://host:port` in the clear. */
  readonly address: string;
  readonly serverName: string | null;
  readonly authority: string | null;
  /** In the clear though not to this machine: a VPN or a tunnel stands between. */
  readonly isTunnelled: boolean;
};

/** Where to connect. @throws an Error that says what the address must be */
export function readPlace({ address, serverName, authority, isTunnelled }: PlaceWishes): Place {
  const url = readUrl(address);
  const way = schemes.get(url.protocol) ?? 'tls';
  const host = url.hostname.replaceAll(/^\[|\]$/g, '');
  if (way === 'plain' && !isTunnelled && !isThisMachine(host))
    throw new Error(
      'must begin with smpps://, because the password would travel in the clear; where a VPN or a tunnel protects it, set unencrypted to through-vpn',
    );
  const port = url.port === '' ? defaultPort(url.protocol, way) : Number(url.port);
  return { host, port, tls: way === 'tls' ? { serverName, authority } : null };
}

function readUrl(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !schemes.has(url.protocol) || url.hostname === '')
    throw new Error('must be smpps://host:port, or smpp://host:port without TLS');
  const { username, password, pathname, search, hash } = url;
  if (`${username}${password}${pathname.replace(/^\/$/, '')}${search}${hash}` !== '')
    throw new Error('must hold nothing but host and port');
  return url;
}

const isThisMachine = (host: string): boolean => host === 'localhost' || isLoopbackAddress(host);

/* A web address leaves out the port that its scheme implies, and means that one. */
function defaultPort(protocol: string, way: keyof typeof ports): number {
  if (protocol === 'https:') return 443;
  return protocol === 'http:' ? 80 : ports[way];
}
