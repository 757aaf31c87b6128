import type { Billing } from '#shared/provider/billing.ts';
import { readMicros } from '#shared/provider/read-micros.ts';

import type { Message } from './wire-types.ts';

/** What a text cost, as the carrier's message or event tells; null before it tells. */
export function billingOf(message: Message): Billing | null {
  const { cost, cost_breakdown: breakdown, parts } = message;
  if (cost?.amount == null || cost.currency == null) return null;
  return bill({
    total: readMoney(cost.amount),
    fee: readMoney(breakdown?.carrier_fee?.amount),
    currency: cost.currency,
    parts: parts ?? null,
  });
}

export type Bill = {
  /** What was deducted, the fee of the recipient's carrier included. */
  readonly total: number | null;
  readonly fee: number | null;
  readonly currency: string;
  readonly parts: number | null;
};

/** Takes the fee out of the total, because we keep the two apart. */
export function bill({ total, fee, currency, parts }: Bill): Billing {
  const price = total === null || fee === null || fee > total ? total : total - fee;
  return { segments: parts, priceMicros: price, feeMicros: fee, currency };
}

/** The carrier writes very small amounts as `1.666E-4`. */
export function readMoney(amount: string | number | null | undefined): number | null {
  const isScientific = typeof amount === 'string' && /^-?\d+(\.\d+)?e[+-]?\d+$/i.test(amount);
  return readMicros(isScientific ? Number(amount) : amount);
}
