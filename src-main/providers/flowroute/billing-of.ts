import type { Billing } from '#shared/provider/billing.ts';
import { readMicros } from '#shared/provider/read-micros.ts';

import type { MessageWire } from './wire-types.ts';

type Costs = Pick<
  MessageWire['attributes'],
  'price_details' | 'amount_nanodollars' | 'amount_display'
>;

/**
 * What a message cost: by its details where there are any (rates are for one segment, the surcharge is the network's), else by
 * the amount. Null where the carrier tells none.
 */
export function billingOf(costs: Costs): Billing | null {
  const details = costs.price_details;
  const segments = countOf(details?.segment_count);
  const base = readMicros(details?.base_rate);
  const surcharge = readMicros(details?.surcharge_rate);
  if (segments !== null && base !== null) {
    const feeMicros = surcharge === null ? null : surcharge * segments;
    return { segments, priceMicros: base * segments, feeMicros, currency: 'USD' };
  }
  const priceMicros = readMicros(details?.charged_cost) ?? amountOf(costs);
  if (priceMicros === null) return null;
  return { segments, priceMicros, feeMicros: null, currency: 'USD' };
}

function amountOf({ amount_nanodollars: nanos, amount_display: shown }: Costs): number | null {
  const amount = Number(nanos ?? Number.NaN);
  return Number.isSafeInteger(amount) ? Math.round(amount / 1_000) : readMicros(shown);
}

function countOf(count: string | number | null | undefined): number | null {
  const read = Number(count ?? Number.NaN);
  return Number.isSafeInteger(read) && read > 0 ? read : null;
}
