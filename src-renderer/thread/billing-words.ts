import type { CommandOutput } from '#shared/contract/contract.ts';

import { counted } from '../controls/tell-amount.ts';
import { moneyOf } from '../controls/tell-money.ts';

export type Billing = NonNullable<CommandOutput<'message.details'>['billing']>;

/** "Billed 2 segments · $0.0158 + $0.0060 carrier fee", as far as the carrier told; null where it told nothing. */
export function billingWords(billing: Billing): string | null {
  const { segments, priceMicros, feeMicros, currency } = billing;
  const price = priceMicros === null ? null : moneyOf(priceMicros, currency, 4);
  const fee =
    feeMicros === null || feeMicros === 0 ? null : `${moneyOf(feeMicros, currency, 4)} carrier fee`;
  const money = [price, fee].filter((part) => part !== null).join(' + ');
  const parts = [segments === null ? '' : counted(segments, 'segment'), money].filter(Boolean);
  return parts.length === 0 ? null : `Billed ${parts.join(' · ')}`;
}

/** That the carrier counted otherwise than we did; null where it did not, or did not say. */
export function countedOtherwise({ segments }: Billing, ours: number): string | null {
  if (segments === null || segments === ours) return null;
  return `The carrier billed ${counted(segments, 'segment')}; by our count it is ${counted(ours, 'segment')}.`;
}
