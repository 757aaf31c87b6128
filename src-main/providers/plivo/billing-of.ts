import type { Billing } from '#shared/provider/billing.ts';
import { readMicros } from '#shared/provider/read-micros.ts';

type Amount = string | number | null | undefined;
type Costs = {
  readonly units?: Amount;
  readonly total_amount?: Amount;
  readonly carrier_fees?: Amount;
};

/** What a text cost, in dollars; null where the carrier tells nothing of it. */
export function billingOf({ units, total_amount, carrier_fees }: Costs): Billing | null {
  const segments = Number(units ?? 0);
  const billing = {
    segments: Number.isSafeInteger(segments) && segments > 0 ? segments : null,
    priceMicros: readMicros(total_amount),
    feeMicros: readMicros(carrier_fees),
    currency: 'USD',
  };
  const told = [billing.segments, billing.priceMicros, billing.feeMicros];
  return told.every((each) => each === null) ? null : billing;
}
