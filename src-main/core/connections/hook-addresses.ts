import type { Connection } from '#main/history/connections.ts';
import type { Capabilities } from '#shared/provider/capabilities.ts';
import type { HookAddress } from '#shared/provider/carrier-lists.ts';

export type HookParts = {
  readonly connection: Connection;
  readonly capabilities: Capabilities;
  readonly pathSecret: string | null;
};

/** `/hooks/<provider>/<id>[/<secret>]`, the path every hook of a connection has. */
export function hookPathOf({ connection, pathSecret }: Omit<HookParts, 'capabilities'>): string {
  const path = `/hooks/${connection.provider}/${connection.id}`;
  return pathSecret === null ? path : `${path}/${pathSecret}`;
}

/** Every hook of a connection under this base; an empty base gives the paths alone. */
export function hookAddresses(parts: HookParts, base: string): HookAddress[] {
  const url = base.replace(/\/+$/, '') + hookPathOf(parts);
  return parts.capabilities.hooks.map((purpose) => ({ purpose, url }));
}

/** Does the carrier run on this machine, so that it reaches the relay by its own address? */
export function isOnThisMachine(baseUrl: string | null): boolean {
  if (baseUrl === null) return false;
  const { hostname } = new URL(baseUrl);
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

/** How texts come in over a connection. */
export function inboundRoadOf(
  { connection, capabilities }: Omit<HookParts, 'pathSecret'>,
  baseUrl: string | null,
): 'webhook' | 'polling' | 'session' | 'none' {
  if (capabilities.keepsSession) return 'session';
  const isReached = connection.publicUrl !== null || isOnThisMachine(baseUrl);
  if (isReached && capabilities.hooks.includes('messages')) return 'webhook';
  return capabilities.listsMessages && capabilities.listsWords !== false ? 'polling' : 'none';
}
