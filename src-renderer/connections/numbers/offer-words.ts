import type { CommandOutput } from '#shared/contract/contract.ts';

import { moneyOf } from '../../controls/tell-money.ts';

/** A number that can be bought. */
export type Offer = CommandOutput<'numbers.search'>['offers'][number];

const dollars = (micros: number): string => moneyOf(micros, 'USD');

/** "$1.25 a month, $1.00 once"; null where the carrier tells no price at all. */
export function priceWords({ monthlyMicros, setupMicros }: Offer): string | null {
  const parts = [
    monthlyMicros === null ? null : `${dollars(monthlyMicros)} a month`,
    setupMicros === null || setupMicros === 0 ? null : `${dollars(setupMicros)} once for set-up`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(' and ');
}
