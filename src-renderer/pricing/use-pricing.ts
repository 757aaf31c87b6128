import { useMemo } from 'react';
import { useStore } from 'zustand';

import type { Line, LineId, NumberType } from '#shared/message/line.ts';
import type { RateCard } from '#shared/pricing/rate-card.ts';

import { useScreen } from '../screen/screen-context.ts';

/** By what texts over a line are priced. */
export type Pricing = { readonly card: RateCard; readonly numberType: NumberType };

/** By what texts over a line are priced; null while it is not known. */
export function usePricing(lineId: LineId | null): Pricing | null {
  const line = useStore(useScreen().overview, ({ lines }) => lines.find(({ id }) => id === lineId));
  const of = usePricingOf();
  return useMemo(() => (line === undefined ? null : of(line)), [line, of]);
}

/** The same for whatever line. */
export function usePricingOf(): (line: Line) => Pricing | null {
  const rates = useStore(useScreen().rates, (known) => known.rates);
  return useMemo(
    () =>
      ({ connectionId, numberType }) => {
        const card = rates.find((each) => each.connectionId === connectionId)?.card;
        return card === undefined ? null : { card, numberType };
      },
    [rates],
  );
}
