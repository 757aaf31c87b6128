import type { ReadableDb, WritableDb } from '#main/sqlite/database.ts';
import { type Weighed, isDomestic, isReply, unitsOf } from '#shared/throughput/weighed.ts';

import { findLimitFacts } from './limit-facts.ts';
import { type NewSpent, addSpent, giveBack } from './spent.ts';

/** Counts a text that leaves at this moment against everything that limits it. Call it in the transaction that lets it leave. */
export function spendText(db: WritableDb, text: Weighed, at: number): void {
  addSpent(db, spentBy(db, text, at));
}

/** Takes it back from the day it left on: the carrier certainly took nothing. */
export function giveBackText(db: WritableDb, text: Weighed, at: number): void {
  giveBack(db, spentBy(db, text, at));
}

function spentBy(db: ReadableDb, text: Weighed, at: number): NewSpent {
  const { lineId, connectionId, isMms } = text;
  const facts = findLimitFacts(db, lineId);
  return {
    at,
    lineId,
    connectionId,
    isMms,
    campaignId: facts?.campaign?.id ?? null,
    brandId: facts?.brand?.id ?? null,
    units: unitsOf(text),
    isDomestic: isDomestic(text),
    isReply: isReply(text),
  };
}
