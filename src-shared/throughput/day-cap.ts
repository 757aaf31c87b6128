/** What a brand may spend on a day, and what it has spent. In segments; an MMS is one. */
export type DayCap = {
  readonly perDay: number;
  /** Percent of it that is kept for replies. */
  readonly replySlice: number;
  readonly replies: number;
  readonly others: number;
};

/** Segments of the day that only replies may use. */
export function keptForReplies({ perDay, replySlice }: DayCap): number {
  return Math.floor((perDay * replySlice) / 100);
}

/**
 * Does a text that costs so much still fit into the day? Replies may use all of it, everything else what is not kept for them.
 * What alone is more than the whole day goes on a day on which nothing else went.
 */
export function fitsInDay(
  cap: DayCap,
  { cost, isReply }: { readonly cost: number; readonly isReply: boolean },
): boolean {
  const spent = cap.replies + cap.others;
  if (spent + Math.min(cost, cap.perDay) > cap.perDay) return false;
  if (isReply) return true;
  const forOthers = cap.perDay - keptForReplies(cap);
  return cap.others + Math.min(cost, forOthers) <= forOthers;
}
