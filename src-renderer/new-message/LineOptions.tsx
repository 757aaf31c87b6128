import type { ReactElement } from 'react';

import type { Line } from '#shared/message/line.ts';
import { formatPeer } from '#shared/phone/format-peer.ts';

import { textPrice } from '../composer/flight.ts';
import { usePricingOf } from '../pricing/use-pricing.ts';

type Props = {
  readonly lines: readonly Line[];
  /** Of what is written; 0 where nothing is. */
  readonly segments: number;
};

/** Our lines to choose from, each with what the text that is written would cost over it. */
export function LineOptions({ lines, segments }: Props): ReactElement {
  const pricingOf = usePricingOf();
  return (
    <>
      {lines.map((line) => {
        const price = segments === 0 ? null : textPrice(segments, pricingOf(line));
        const words = [line.label, formatPeer(line.number), price];
        return (
          <option key={line.id} value={line.id}>
            {words.filter((part) => part !== null).join(' · ')}
          </option>
        );
      })}
    </>
  );
}
