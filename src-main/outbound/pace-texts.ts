import { findLimitFacts } from '#main/history/limit-facts.ts';
import { findLineByNumber } from '#main/history/lines.ts';
import type { OutboxRow } from '#main/history/outbox.ts';
import { type Limit, limitsOf } from '#shared/throughput/limits-of.ts';
import { usualTables } from '#shared/throughput/throughput-tables.ts';

import type { OutboundDesk } from './outbound-desk.ts';
import { Pacer } from './pacer.ts';

/* Over longer spans what a busy machine does to single texts is nothing. */
const longestPaced = 10_000;

/** Gives every limit of few seconds its pacer, for as long as the drain runs. What must outlive it is in the history. */
export function paceTexts(desk: OutboundDesk) {
  const pacers = new Map<string, Pacer>();
  const pacerOf = ({ of, id, isMms }: Limit): Pacer => {
    const key = `${of} ${id} ${isMms}`;
    const pacer = pacers.get(key) ?? new Pacer(desk.clock);
    pacers.set(key, pacer);
    return pacer;
  };
  /** Waits for the turn of a text that is on the road; what is returned is called once the carrier has answered. */
  return async (row: OutboxRow): Promise<() => void> => {
    const ends: (() => void)[] = [];
    for (const limit of pacedLimits(desk, row)) ends.push(await pacerOf(limit).turn(limit.rate));
    return () => {
      for (const end of ends) end();
    };
  };
}

function pacedLimits({ db }: OutboundDesk, { connectionId, request }: OutboxRow): Limit[] {
  const line = findLineByNumber(db, connectionId, request.from);
  const facts = line && findLimitFacts(db, line.id);
  if (facts === undefined) return [];
  const isMms = (request.mediaIds?.length ?? 0) > 0;
  const limits = limitsOf({ ...facts, isMms, isDomestic: true }, usualTables);
  return limits.filter(({ rate, count }) => rate.within <= longestPaced && count === 'texts');
}
