import { UnreadableDelivery } from '#shared/provider/delivery.ts';

/** Authentic, but not what the settings say: `field` is the member of the settings that leads nowhere. */
export function unreadable(field: string): UnreadableDelivery {
  return new UnreadableDelivery(`the body is not a known call: ${field} is wrong`);
}
