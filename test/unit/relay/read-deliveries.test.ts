import { describe, expect, it } from 'vitest';

import { encodeDelivery } from '#main/relay/jetstream/delivery-message.ts';
import { nameStreams } from '#main/relay/jetstream/log-streams.ts';
import type { NatsLink } from '#main/relay/jetstream/nats-link.ts';
import { readDeliveries } from '#main/relay/jetstream/read-deliveries.ts';
import { deliveryOf } from '#test/fakes/deliveries.ts';

/** A stream whose leader shows these numbers and says that it ends there, while more may be known to be stored. */
function sourceOf(
  leader: { readonly shown: readonly number[]; readonly end: number },
  known: number,
) {
  const find = (holds: (seq: number) => boolean) => {
    const seq = leader.shown.find(holds);
    return seq === undefined ? null : { seq, data: encodeDelivery(deliveryOf(`text ${seq}`)) };
  };
  const getMessage = (_stream: string, query: { seq: number; next_by_subj?: string }) =>
    Promise.resolve(find((seq) => (query.next_by_subj ? seq >= query.seq : seq === query.seq)));
  const streams = { getMessage, info: () => Promise.resolve({ state: { last_seq: leader.end } }) };
  const ask = <Answer>(question: () => Promise<Answer>): Promise<Answer> => question();
  const link = { ask, jsm: { streams } } as unknown as NatsLink;
  return { link, streams: nameStreams('desk'), lastSeq: () => known };
}

const read = async (...given: Parameters<typeof sourceOf>) =>
  (await readDeliveries(sourceOf(...given), 1, 100)).map(({ seq }) => seq);

describe('reading deliveries from their leader', () => {
  it('passes over numbers that are gone', async () => {
    expect(await read({ shown: [3, 4, 6], end: 7 }, 7)).toEqual([3, 4, 6]);
  });

  it('does not take a leader that shows less than is known for the end of the log', async () => {
    await expect(read({ shown: [], end: 2 }, 4)).rejects.toMatchObject({
      name: 'LogFailure',
      reason: 'busy',
    });
    await expect(read({ shown: [1, 2], end: 2 }, 4)).rejects.toMatchObject({ reason: 'busy' });
  });
});
