import type { HookPurpose } from './capabilities.ts';
import type { HookAddress } from './carrier-lists.ts';

/** The address for a purpose; null where the carrier cannot reach us, so that none is told to it. */
export function findHook(hooks: readonly HookAddress[], purpose: HookPurpose): string | null {
  return hooks.find((hook) => hook.purpose === purpose)?.url ?? null;
}

/** A hook's address with our uid of a text in its query, so that the callback itself says which text it is about. */
export function hookFor(
  hooks: readonly HookAddress[],
  purpose: HookPurpose,
  uid: string,
): string | null {
  const url = findHook(hooks, purpose);
  if (url === null) return null;
  return `${url}${url.includes('?') ? '&' : '?'}ref=${encodeURIComponent(uid)}`;
}

/** The uid that {@link hookFor} put into the address a callback came in on; null where it holds none. */
export function referenceIn(url: string): string | null {
  return /[?&]ref=([0-9a-f-]{36})(?:&|$)/.exec(url)?.[1] ?? null;
}
