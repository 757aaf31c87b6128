import { fromCarrier } from '#shared/phone/carrier-number.ts';
import type { Billing } from '#shared/provider/billing.ts';
import type { ListedText } from '#shared/provider/carrier-lists.ts';
import { readMicros } from '#shared/provider/read-micros.ts';

import { readState } from './text-state.ts';
import { type ListedMessage, party } from './wire-types.ts';

/** A row of the carrier's list, without its media; null where it is of another channel, or its sender is not chosen yet. */
export function readListed(row: ListedMessage): ListedText | null {
  const from = party.safeParse(row.from).data;
  const to = party.safeParse(row.to).data;
  if (from === undefined || to === undefined) return null;
  const { status, error_code: code, error_message: words } = row;
  const out = row.direction !== 'inbound';
  const state = out ? readState({ status, code, words }) : null;
  return {
    providerMessageId: row.sid,
    direction: out ? 'out' : 'in',
    reference: null,
    from: fromCarrier(from),
    to: fromCarrier(to),
    text: row.body,
    media: [],
    createdAt: row.date_created,
    state: state?.state ?? null,
    failure: state?.failure ?? null,
    billing: billingOf(row),
  };
}

/** A charge stands as a negative amount. The number of segments is 0 until a service has chosen the sender. */
function billingOf(row: ListedMessage): Billing | null {
  const price = readMicros(row.price);
  const segments = row.num_segments || null;
  if (price === null && segments === null) return null;
  const priceMicros = price === null ? null : Math.abs(price);
  return { segments, priceMicros, feeMicros: null, currency: row.price_unit || 'USD' };
}
