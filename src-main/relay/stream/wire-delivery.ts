import type { RelayFrame } from '#shared/team/stream-frames.ts';

import type { StoredDelivery } from '../delivery-log.ts';

/** A delivery as it goes over the wire, written once for all desktops. */
export type DeliveryFrame = { readonly seq: number; readonly frame: Buffer };

export function toFrame({ seq, raw, line }: StoredDelivery): DeliveryFrame {
  const body = Buffer.from(raw.body).toString('base64');
  const delivery: RelayFrame = { type: 'delivery', seq, raw: { ...raw, body }, line };
  return { seq, frame: Buffer.from(JSON.stringify(delivery)) };
}
