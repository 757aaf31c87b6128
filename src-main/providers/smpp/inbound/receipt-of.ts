import type { ReceiptReceived } from '#shared/provider/delivery.ts';

import type { TextOfPart } from './arrival-notes.ts';
import type { Receipt } from './read-receipt.ts';

/**
 * What a receipt says of its text. A text in parts is delivered when all parts are, and failed when one is; of a part whose
 * text is not known the receipt stands under the part's own id, which is the text's where there is no other part.
 */
export function receiptOf(
  { id, stand }: Receipt,
  text: TextOfPart | null,
): readonly ReceiptReceived[] {
  if (stand === null) return [];
  const { state, failure } = stand;
  const isWhole = text === null || text.delivered >= text.parts;
  return [
    {
      kind: 'receipt',
      providerMessageId: text?.id ?? id,
      reference: text?.reference ?? null,
      state: state === 'delivered' && !isWhole ? 'sent' : state,
      failure,
      happenedAt: null,
    },
  ];
}
