import { randomUUID } from 'node:crypto';

import { onTestFinished } from 'vitest';

import { findEntry } from '#main/history/entries.ts';
import { type OutboxDrain, drainOutbox } from '#main/outbound/drain-outbox.ts';
import { sendMessage } from '#main/outbound/send-message.ts';
import type { EntryId, TextEntry } from '#shared/message/entry.ts';
import type { SendOutcome } from '#shared/provider/provider.ts';

import { type HistoryDesk, historyDesk } from './history-desk.ts';
import { settle } from './manual-clock.ts';
import { peerNumber } from './write-history.ts';

export type OutboundRoad = HistoryDesk & { readonly drain: OutboxDrain };

/** A desk whose outbox is being sent, stopped at the end of the test. */
export function outboundRoad(given: Parameters<typeof historyDesk>[0] = {}): OutboundRoad {
  const desk = historyDesk(given);
  const drain = drainOutbox(desk);
  onTestFinished(() => drain.stop());
  return { ...desk, drain };
}

/** A person sends a text; what can leave at once has left when this resolves. */
export async function sends(
  road: OutboundRoad,
  more: { peer?: number; text?: string; uid?: string } = {},
): Promise<TextEntry> {
  const { peer = 0, text = 'Hello', uid = randomUUID() } = more;
  const target = { lineId: road.line.id, to: peerNumber(peer) };
  const { entry } = sendMessage(road, { uid, target, text });
  road.drain.wake();
  await settle();
  return entry;
}

/** The carrier answers the send that has waited longest. */
export async function answers(road: OutboundRoad, outcome: SendOutcome): Promise<void> {
  road.carrier.answerNext(outcome);
  await settle();
}

/** The text as it now stands. */
export function shown({ db }: HistoryDesk, id: EntryId): TextEntry {
  const entry = findEntry(db, id);
  if (entry?.kind !== 'text') throw new Error('the text is gone');
  return entry;
}

export const accepted = (id: string): SendOutcome => ({ kind: 'accepted', providerMessageId: id });
export const unknown: SendOutcome = { kind: 'unknown', failure: { kind: 'no-answer', raw: null } };
export const unsent = (retryAfterMs: number | null = null): SendOutcome => ({
  kind: 'unsent',
  failure: { kind: 'rate-limited', raw: '429' },
  retryAfterMs,
});
export const refused: SendOutcome = {
  kind: 'refused',
  failure: { kind: 'landline', raw: '30006' },
};
