import { findDayCap } from '#main/history/day-cap.ts';
import { findLimitFacts } from '#main/history/limit-facts.ts';
import { spendText } from '#main/history/spend-text.ts';
import { listSpent, sumSpent } from '#main/history/spent.ts';
import { lastThrottledSlot, noteThrottled, wasThrottled } from '#main/history/throttled.ts';
import type { WritableDb } from '#main/sqlite/database.ts';
import type { EntryId } from '#shared/message/entry.ts';
import { fitsInDay } from '#shared/throughput/day-cap.ts';
import { type Limit, type LimitFacts, limitsOf } from '#shared/throughput/limits-of.ts';
import { endOfPacificDay } from '#shared/throughput/pacific-day.ts';
import { earliestRoom, slotAfter, withSlack } from '#shared/throughput/sliding-window.ts';
import { dayWords, limitWords } from '#shared/throughput/throttle-words.ts';
import { usualTables } from '#shared/throughput/throughput-tables.ts';
import { type Weighed, isDomestic, isReply, unitsOf } from '#shared/throughput/weighed.ts';

/** A text that wants to leave; with its row in the outbox it keeps its place among those that wait. */
export type Leaving = Weighed & { readonly entryId?: EntryId };

export type Throttled = {
  readonly reason: 'throughput' | 'daily-cap';
  /** When it should be asked again, milliseconds since 1970. */
  readonly until: number;
  readonly because: string;
};

type Asking = {
  readonly db: WritableDb;
  readonly text: Leaving;
  readonly facts: LimitFacts;
  readonly now: number;
};

/**
 * Must this text wait for one of the limits that count it? Null where it may leave now. Of several limits the one is told that
 * takes longest. Call it in the transaction that then spends, because what others spend between counts.
 */
export function askThrottle(db: WritableDb, text: Leaving, now: number): Throttled | null {
  const road = findLimitFacts(db, text.lineId);
  if (road === undefined) return null;
  const facts = { ...road, isMms: text.isMms, isDomestic: isDomestic(text) };
  const asking = { db, text, facts, now };
  return askDay(asking) ?? askLimits(asking);
}

/** Writes down that it leaves now. Call it in the transaction that puts it on the road. */
export function spendThrottle(db: WritableDb, text: Weighed, now: number): void {
  spendText(db, text, now);
}

function askDay({ db, text, facts, now }: Asking): Throttled | null {
  const { brand, line, isDomestic: counts } = facts;
  if (brand === null || line.numberType !== '10dlc' || !counts) return null;
  const cap = findDayCap(db, brand, now);
  if (cap === null || fitsInDay(cap, { cost: unitsOf(text), isReply: isReply(text) })) return null;
  const until = endOfPacificDay(now);
  return { reason: 'daily-cap', until, because: dayWords(brand.name, cap, until - now) };
}

type Room = { readonly limit: Limit; readonly at: number; readonly cost: number };

function askLimits(asking: Asking): Throttled | null {
  const rooms = limitsOf(asking.facts, usualTables).map((limit) => roomIn(asking, limit));
  const [last] = rooms.toSorted((a, b) => b.at - a.at);
  if (last === undefined || last.at <= asking.now) return null;
  const until = takeSlot(asking, last);
  return { reason: 'throughput', until, because: limitWords(last.limit, until - asking.now) };
}

function roomIn({ db, text, now }: Asking, limit: Limit): Room {
  const rate = withSlack(limit.rate);
  const cost = limit.count === 'texts' ? 1 : unitsOf(text);
  const span = { after: now - rate.within, count: limit.count };
  const sum = sumSpent(db, limit, span) + Math.min(cost, rate.limit);
  if (sum <= rate.limit) return { limit, at: now, cost };
  return { limit, at: earliestRoom(rate, listSpent(db, limit, span), { cost, now }), cost };
}

/* Whoever is new gets the slot behind the last of those that wait for the same; whoever has waited for one goes as soon as
   there is room. Replies queue apart, before everything else. */
function takeSlot({ db, text }: Asking, { limit, at, cost }: Room): number {
  if (text.entryId === undefined || wasThrottled(db, text.entryId)) return at;
  const rank = isReply(text) ? 'reply' : 'other';
  const queue = `${limit.of} ${limit.id} ${limit.isMms ? 'MMS' : 'SMS'} ${rank}`;
  const last = lastThrottledSlot(db, queue);
  noteThrottled(db, text.entryId, queue);
  return last === null ? at : Math.max(at, slotAfter(limit.rate, last, cost));
}
