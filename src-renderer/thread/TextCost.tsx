import { useEffect, useState } from 'react';
import type { ReactElement } from 'react';
import { useStore } from 'zustand';

import type { TextEntry, ThreadId } from '#shared/message/entry.ts';
import { priceText } from '#shared/pricing/price-text.ts';
import { priceWords } from '#shared/pricing/price-words.ts';

import { counted } from '../controls/tell-amount.ts';
import { spentWords } from '../costs/money-line.ts';
import { usePricing } from '../pricing/use-pricing.ts';
import type { Pricing } from '../pricing/use-pricing.ts';
import { useScreen } from '../screen/screen-context.ts';
import { billingWords, countedOtherwise } from './billing-words.ts';
import type { Billing } from './billing-words.ts';

type Props = { readonly entry: TextEntry; readonly billing: Billing | null };

/**
 * What a text should cost by our count, and what the carrier charged. Segments of a text with pictures are counted by other
 * rules, so those are not compared.
 */
export function TextCost({ entry, billing }: Props): ReactElement | null {
  const lineId = useStore(
    useScreen().threads,
    ({ index }) => index.get(entry.threadId)?.lineId ?? null,
  );
  const pricing = usePricing(lineId);
  const computed =
    entry.direction === 'out' && pricing !== null ? computedWords(entry, pricing) : null;
  const words = billing === null ? null : billingWords(billing);
  if (computed === null && words === null) return null;
  const isCompared = billing !== null && entry.media.length === 0;
  const otherwise = isCompared ? countedOtherwise(billing, entry.segments) : null;
  return (
    <>
      <dt>Cost</dt>
      <dd>
        {computed === null ? null : <p>{computed}</p>}
        {words === null ? null : <p>{words}</p>}
        {otherwise === null ? null : <p className="warn">{otherwise}</p>}
        <ThreadCost threadId={entry.threadId} />
      </dd>
    </>
  );
}

/** What the whole conversation has cost so far, where it can be had. */
function ThreadCost({ threadId }: { readonly threadId: ThreadId }): ReactElement | null {
  const { host } = useScreen();
  const [words, setWords] = useState<string | null>(null);
  useEffect(() => {
    let isCurrent = true;
    host.call('costs.of-thread', { threadId }).then(
      ({ sums }) => (isCurrent ? setWords(spentWords(sums)) : undefined),
      // The details of the text stand without it.
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [host, threadId]);
  return words === null ? null : <p>Whole conversation: {words}</p>;
}

/** "Computed 2 segments · $0.023–$0.027". */
function computedWords({ segments, media }: TextEntry, { card, numberType }: Pricing): string {
  const isMms = media.length > 0;
  const price = priceWords(priceText(card, numberType, { segments, isMms }), card.currency);
  return `Computed ${isMms ? 'one MMS' : counted(segments, 'segment')} · ${price}`;
}
