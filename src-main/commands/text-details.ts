import { findLatestAttempt } from '#main/history/attempts.ts';
import { findBilling } from '#main/history/billing.ts';
import { findEntry } from '#main/history/entries.ts';
import { findInOutbox } from '#main/history/outbox.ts';
import { type Override, listOverrides } from '#main/history/overrides.ts';
import { type Receipt, listReceipts } from '#main/history/receipts.ts';
import type { CommandInput, CommandOutput, TextEvent } from '#shared/contract/contract.ts';
import { CommandFailure } from '#shared/contract/failure.ts';
import type { DeliveryState } from '#shared/message/delivery-state.ts';
import type { Entry } from '#shared/message/entry.ts';
import { type SendFailure, failureMeanings } from '#shared/provider/send-failure.ts';

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
    events: [
      ...listReceipts(desk.db, entryId).map(asEvent),
      ...listOverrides(desk.db, entryId).map(asOverruled),
      ...asHeld(desk, entry),
    ].toSorted((a, b) => a.at - b.at),
  };
}

function asEvent({ at, attempt, state, failure, source }: Receipt): TextEvent {
  const where = source === 'list' ? ' (found in the carrier’s own list)' : '';
  if (failure?.kind === 'blocked' || failure?.kind === 'cancelled')
    return { at, attempt, words: unsentWords(failure), raw: null };
  const why = failure === null ? '' : `: ${failureMeanings[failure.kind].short}`;
  return { at, attempt, words: `${words[state]}${where}${why}`, raw: failure?.raw ?? null };
}

/** A text that ended here: nothing of it ever left. */
const unsentWords = ({ kind, raw }: SendFailure): string =>
  [kind === 'cancelled' ? 'Cancelled before it left.' : 'Not sent.', raw].filter(Boolean).join(' ');

/** What a text waits for now, as the gate said it. */
function asHeld({ db }: Desk, entry: Entry): TextEvent[] {
  const row = findInOutbox(db, entry.id);
  if (row === undefined || entry.kind !== 'text' || !entry.waiting) return [];
  const { because, cure } = entry.waiting;
  return [
    { at: row.queuedAt, attempt: row.attempt, words: `Waits: ${because} ${cure}`, raw: null },
  ];
}

/* Kept as evidence: what stood against it, and what was said for it. */
function asOverruled({ at, because, reason }: Override): TextEvent {
  const why = reason === null ? '' : ` Reason given: “${reason}”.`;
  return {
    at,
    attempt: 1,
    words: `Sent all the same by a person’s decision. ${because}${why}`,
    raw: null,
  };
}
