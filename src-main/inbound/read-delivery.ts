import {
  type DeliveryEvent,
  type RawDelivery,
  UnreadableDelivery,
} from '#shared/provider/delivery.ts';
import type { ProviderAdapter } from '#shared/provider/provider.ts';

export type Reading =
  | { readonly kind: 'understood'; readonly events: readonly DeliveryEvent[] }
  | { readonly kind: 'unreadable'; readonly problem: string };

/**
 * Understands a delivery, or says why not. Never throws: a delivery that trips the reader is kept like any other that is not
 * understood, because the carrier will not tell it again.
 */
export function readDelivery(adapter: ProviderAdapter | undefined, raw: RawDelivery): Reading {
  if (adapter === undefined)
    return { kind: 'unreadable', problem: 'The connection it came in on is no longer there.' };
  try {
    return { kind: 'understood', events: adapter.readDelivery(raw) };
  } catch (error) {
    const known = error instanceof UnreadableDelivery;
    return {
      kind: 'unreadable',
      problem: known ? error.message : 'Its form is not one this version knows.',
    };
  }
}
