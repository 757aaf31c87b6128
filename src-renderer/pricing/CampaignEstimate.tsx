import { useMemo } from 'react';
import type { ReactElement } from 'react';

import type { LineId } from '#shared/message/line.ts';
import { campaignWords } from '#shared/pricing/campaign-words.ts';
import { type CampaignText, estimateCampaign } from '#shared/pricing/estimate-campaign.ts';
import { priceWords } from '#shared/pricing/price-words.ts';

import { counted } from '../controls/tell-amount.ts';
import { dayWords } from './day-words.ts';
import { RegistrationFees } from './RegistrationFees.tsx';
import { usePricing } from './use-pricing.ts';

import './pricing.css';

type Props = {
  /** The line it goes over. */
  readonly lineId: LineId;
  /** What goes out, each size of text with how many get it. Whoever is left out is not in it. */
  readonly texts: readonly CampaignText[];
  /** People who are not texted, and cost nothing. */
  readonly excluded: number;
};

/** What a broadcast would cost, with its arithmetic, and beside it what registering costs. */
export function CampaignEstimate({ lineId, texts, excluded }: Props): ReactElement {
  const pricing = usePricing(lineId);
  const estimate = useMemo(
    () => (pricing === null ? null : estimateCampaign(pricing.card, pricing.numberType, texts)),
    [pricing, texts],
  );
  if (pricing === null || estimate === null)
    return <p className="quiet-words">What this line’s texts cost is not known here.</p>;
  return (
    <section className="campaign-cost" aria-label="What it costs">
      <p className="campaign-total">
        About <b>{priceWords(estimate.total, estimate.currency)}</b>
      </p>
      {campaignWords(estimate).map((line) => (
        <p key={line} className="campaign-line">
          {line}
        </p>
      ))}
      <p className="quiet-words">
        {excluded === 0
          ? ''
          : `${counted(excluded, 'person is', 'people are')} left out and cost nothing. `}
        By the rates of {dayWords(pricing.card.asOf)}; replies that come in may cost too.
      </p>
      <RegistrationFees numberType={pricing.numberType} />
    </section>
  );
}
