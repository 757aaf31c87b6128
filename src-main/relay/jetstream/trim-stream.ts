import type { Trim } from '../delivery-log.ts';
import { readDeliveries, type Source } from './read-deliveries.ts';
import type { TrimMark } from './trim-mark.ts';

const pageSize = 100;

/**
 * Trims as far as allowed: the mark first, then what lies before it and need not be remembered leaves the stream. Only the
 * oldest end is trimmed: a delivery that must stay keeps all after it. The newest stays in the stream, so that numbers go on
 * from it whatever a server makes of an empty one. Throws LogFailure.
 */
export async function trimStream(
  source: Source,
  mark: TrimMark,
  allowed: Trim,
): Promise<{ readonly trimmed: number; readonly through: number }> {
  const { link, streams } = source;
  const { state } = await link.ask(() => link.jsm.streams.info(streams.deliveries));
  const lastSeq = state.last_seq;
  const marked = await mark.read();
  const old = await lastOlderThan(source, allowed.receivedBefore, {
    from: Math.max(marked, state.first_seq - 1) + 1,
    to: Math.min(allowed.upTo, lastSeq),
  });
  const through = old > marked ? await mark.raise(old) : marked;
  const forgettable = await lastOlderThan(source, allowed.rememberSince, {
    from: state.first_seq,
    to: Math.min(through, lastSeq - 1),
  });
  if (state.messages > 0 && forgettable >= state.first_seq)
    await link.ask(() => link.jsm.streams.purge(streams.deliveries, { seq: forgettable + 1 }));
  return { trimmed: through - marked, through };
}

/** The last number up to which all of a stretch is older than this; the one before the stretch where nothing is. */
async function lastOlderThan(
  source: Source,
  time: number,
  stretch: { readonly from: number; readonly to: number },
): Promise<number> {
  let last = stretch.from - 1;
  while (last < stretch.to) {
    const page = await readDeliveries(source, last + 1, Math.min(pageSize, stretch.to - last));
    const stays = page.find(({ seq, raw }) => raw.receivedAt >= time || seq > stretch.to);
    if (stays !== undefined) return Math.min(stays.seq - 1, stretch.to);
    const newest = page.at(-1)?.seq;
    if (newest === undefined) return stretch.to;
    last = newest;
  }
  return last;
}
