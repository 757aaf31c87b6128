import { z } from 'zod';

/**
 * Where a text stands. `received` is inbound; the others are outbound, lowest rank first.
 * `accepted`: the carrier took it. `sent`: the carrier handed it on. `unknown`: bytes left and no answer came, so it may
 * or may not have been taken.
 */
export const deliveryStateSchema = z.enum([
  'received',
  'queued',
  'sending',
  'unknown',
  'accepted',
  'sent',
  'failed',
  'delivered',
]);
export type DeliveryState = z.infer<typeof deliveryStateSchema>;

const ranks: Readonly<Record<DeliveryState, number>> = {
  received: 0,
  queued: 1,
  sending: 2,
  unknown: 3,
  accepted: 4,
  sent: 5,
  failed: 6,
  delivered: 7,
};

/** One thing learnt about an outbound text; `attempt` counts from 1. */
export type StateEvent = { readonly attempt: number; readonly state: DeliveryState };

/** The rank of a state: a text never moves to a lower one within an attempt. */
export function rankOf(state: DeliveryState): number {
  return ranks[state];
}

/**
 * The state to show for a text, from all that was ever learnt about it, in whatever order it came.
 * A delivery in any attempt is a delivery; otherwise the latest attempt's highest rank counts. A handset's delivery
 * outranks a failure, so a doubled, late or reversed receipt changes nothing.
 */
export function deriveState(events: readonly StateEvent[]): DeliveryState {
  const latest = Math.max(1, ...events.map((event) => event.attempt));
  const counted = events.filter((event) => event.attempt === latest || event.state === 'delivered');
  return counted.reduce<DeliveryState>(
    (highest, event) => (ranks[event.state] > ranks[highest] ? event.state : highest),
    'queued',
  );
}

/** Is nothing more expected for this text without a person or a late receipt? */
export function isFinal(state: DeliveryState): boolean {
  return state === 'received' || state === 'failed' || state === 'delivered';
}
