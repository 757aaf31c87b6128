import { isIPv6 } from 'node:net';

/**
 * Is the caller on this machine? An IPv4 address written as IPv6 counts as what it is. The address is the one the system
 * gives for a socket, so it is always written the same way.
 */
export function isLoopback(address: string): boolean {
  return address.replace('::ffff:', '').startsWith('127.') || address === '::1';
}

/** What limits count a caller by: an IPv4 address, or the /64 that one IPv6 household has to itself. */
export function addressKey(address: string): string {
  if (!isIPv6(address)) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  return mapped ?? `${expand(address).slice(0, 4).join(':')}::/64`;
}

function expand(address: string): string[] {
  const [head = '', tail] = address.split('::');
  const before = head.split(':').filter(Boolean);
  const after = (tail ?? '').split(':').filter(Boolean);
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
  return [...before, ...Array.from({ length: zeros }, () => '0'), ...after];
}
