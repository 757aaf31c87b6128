import type { ConnectionView } from '#shared/contract/connection-shapes.ts';

/** Can the carrier call the addresses of a connection, so that it makes sense to tell it of them? */
export function isReachable({
  baseUrl,
  publicUrl,
  inboundRoad,
  hooks,
}: Pick<ConnectionView, 'baseUrl' | 'publicUrl' | 'inboundRoad' | 'hooks'>): boolean {
  const isReached =
    publicUrl !== null || inboundRoad === 'webhook' || isOnThisMachine(baseUrl ?? '');
  return isReached && hooks.length > 0;
}

/** Is this the address of something on this machine? */
export function isOnThisMachine(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { hostname } = new URL(address);
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/u.test(hostname);
}

/** What is wrong with an address as it is typed; null where nothing is, or nothing was typed. */
export function addressProblem(typed: string): string | null {
  const address = typed.trim();
  if (address === '') return null;
  const isAddress = URL.canParse(address) && /^https?:$/u.test(new URL(address).protocol);
  return isAddress ? null : 'Write the whole address, beginning with https://.';
}
