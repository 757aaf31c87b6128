import type { Carrier } from '../store/connections-store.ts';

/** What a carrier is called; its id until the carriers are known, or where this version knows it no more. */
export function carrierName(carriers: readonly Carrier[] | null, provider: string): string {
  return carriers?.find(({ id }) => id === provider)?.capabilities.label ?? provider;
}
