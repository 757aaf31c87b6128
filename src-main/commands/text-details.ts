import { findLatestAttempt } from '#main/history/attempts.ts';
import { findBilling } from '#main/history/billing.ts';
import { findEntry } from '#main/history/entries.ts';
import { type Receipt, listReceipts } from '#main/history/receipts.ts';
import type { CommandInput, CommandOutput, TextEvent } from '#shared/contract/contract.ts';
import { CommandFailure } from '#shared/contract/failure.ts';
import type { DeliveryState } from '#shared/message/delivery-state.ts';
import { failureMeanings } from '#shared/provider/send-failure.ts';

import type { Desk } from './desk.ts';

const words: Readonly<Record<DeliveryState, string>> = {
  received: 'Received',
  queued: 'Waiting here for its turn',
  sending: 'On its way to the carrier',
  unknown: 'No answer from the carrier: it may or may not have been taken',
  accepted: 'Accepted by the carrier',
  sent: 'Carrier says handed on',
  failed: 'Not delivered',
  delivered: 'Carrier says delivered',
};

/** Everything learnt about a text, in the order it was learnt, with the carrier's own codes. */
export function textDetails(
  desk: Desk,
  { entryId }: CommandInput<'message.details'>,
): CommandOutput<'message.details'> {
  const entry = findEntry(desk.db, entryId);
  if (entry === undefined) throw new CommandFailure('not-found', 'This text is no longer there.');
  return {
    uid: entry.uid,
    providerMessageId: findLatestAttempt(desk.db, entryId)?.providerId ?? null,
    billing: findBilling(desk.db, entryId),
    events: listReceipts(desk.db, entryId).map(asEvent),
  };
}

function asEvent({ at, attempt, state, failure, source }: Receipt): TextEvent {
  const where = source === 'list' ? ' (found in the carrier’s own list)' : '';
  const why = failure === null ? '' : `: ${failureMeanings[failure.kind].short}`;
  return { at, attempt, words: `${words[state]}${where}${why}`, raw: failure?.raw ?? null };
}
