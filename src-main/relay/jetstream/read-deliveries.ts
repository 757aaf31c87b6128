import type { StoredDelivery } from '../delivery-log.ts';
import { decodeDelivery } from './delivery-message.ts';
import type { LogStreams } from './log-streams.ts';
import type { NatsLink } from './nats-link.ts';

/** Messages asked for at once. */
const width = 100;

export type Source = {
  readonly link: NatsLink;
  readonly streams: LogStreams;
  /** The newest number known to be stored. There may be newer ones. */
  lastSeq(): number;
};

/**
 * At most `limit` deliveries from this number on, in order. Any server that holds a copy answers, and a copy may lag behind
 * what has been acknowledged: what it does not have is asked of the leader before it counts as missing. Throws LogFailure.
 */
export async function readDeliveries(
  source: Source,
  from: number,
  limit: number,
): Promise<StoredDelivery[]> {
  const stored: StoredDelivery[] = [];
  let next = from;
  while (stored.length < limit) {
    const known = Math.max(1, source.lastSeq() - next + 1);
    const count = Math.min(limit - stored.length, known, width);
    const found = await readRow(source, next, count);
    stored.push(...found);
    next += found.length;
    if (found.length === count) continue;
    const first = next > source.lastSeq() ? null : await findFirst(source, next);
    if (first === null) break;
    stored.push(first);
    next = first.seq + 1;
  }
  return stored;
}

/** The messages from this number on without a gap, as far as the nearest copy of the stream has them. */
async function readRow(source: Source, from: number, count: number): Promise<StoredDelivery[]> {
  const { link, streams } = source;
  const messages = await Promise.all(
    Array.from({ length: count }, (_, index) =>
      link.ask(() => link.jsm.direct.getMessage(streams.deliveries, { seq: from + index })),
    ),
  );
  const row: StoredDelivery[] = [];
  for (const message of messages) {
    if (message === null) break;
    row.push(decodeDelivery(message.seq, message.data));
  }
  return row;
}

/** The first delivery at or after this number, in the leader's word; null where there is none. */
async function findFirst(source: Source, from: number): Promise<StoredDelivery | null> {
  const { link, streams } = source;
  // The client's type does not know that the leader takes both together, as any copy does.
  const query = { seq: from, next_by_subj: streams.deliverySubjects };
  const message = await link.ask(() => link.jsm.streams.getMessage(streams.deliveries, query));
  return message === null ? null : decodeDelivery(message.seq, message.data);
}
