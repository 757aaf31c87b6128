import { LogFailure, type StoredDelivery } from '../delivery-log.ts';
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
 * At most `limit` deliveries from this number on, in order, in the leader's word: another copy may lag behind, may be on a
 * server that hangs, and would be followed where it has come apart from the others. Throws {@link LogFailure}.
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

/** The messages from this number on, up to the first that is not there. */
async function readRow(source: Source, from: number, count: number): Promise<StoredDelivery[]> {
  const { link, streams } = source;
  const messages = await Promise.all(
    Array.from({ length: count }, (_, index) =>
      link.ask(() => link.jsm.streams.getMessage(streams.deliveries, { seq: from + index })),
    ),
  );
  const row: StoredDelivery[] = [];
  for (const message of messages) {
    if (message === null) break;
    row.push(decodeDelivery(message.seq, message.data));
  }
  return row;
}

/** The first delivery at or after a number that is known to be stored; null where there is none, as after a purge. */
async function findFirst(source: Source, from: number): Promise<StoredDelivery | null> {
  const { link, streams } = source;
  // The client's type does not know that the leader takes both together, as any copy does.
  const query = { seq: from, next_by_subj: streams.deliverySubjects };
  const message = await link.ask(() => link.jsm.streams.getMessage(streams.deliveries, query));
  if (message !== null) return decodeDelivery(message.seq, message.data);
  const known = source.lastSeq();
  const { state } = await link.ask(() => link.jsm.streams.info(streams.deliveries));
  if (state.last_seq >= known) return null;
  // A server that was away may answer as leader before it hears that another one is.
  throw new LogFailure(
    'busy',
    'The NATS servers do not show deliveries that they have acknowledged.',
  );
}
