import { BlockList, isIPv4, isIPv6 } from 'node:net';

/* What the IANA special-purpose registries (RFC 6890 and later) keep from the public internet. */
const notGlobal4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];
/* Inside 2000::/3, the one range that is global unicast: protocol assignments (Teredo among them), examples, 6to4. */
const notGlobal6: readonly (readonly [string, number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

const kept = new BlockList();
for (const [net, bits] of notGlobal4) kept.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of notGlobal6) kept.addSubnet(net, bits, 'ipv6');
const globalUnicast6 = new BlockList();
globalUnicast6.addSubnet('2000::', 3, 'ipv6');

/**
 * Is this an address of the public internet? Everything else is refused: private, loopback, link-local, shared, multicast and
 * reserved ones, and every IPv6 form that stands for an IPv4 address (mapped, NAT64, 6to4, Teredo).
 */
export function isGlobalAddress(address: string): boolean {
  if (isIPv4(address)) return !kept.check(address, 'ipv4');
  if (!isIPv6(address) || address.includes('%')) return false;
  return globalUnicast6.check(address, 'ipv6') && !kept.check(address, 'ipv6');
}

/** Is this an address of this machine itself? */
export function isLoopbackAddress(address: string): boolean {
  return (isIPv4(address) && address.startsWith('127.')) || address === '::1';
}
