import { describe, expect, it } from 'vitest';

import { streamLimits } from '#shared/team/stream-frames.ts';
import { TeamRelay } from '#test/fakes/team-relay.ts';

const mebibyte = 1_024 ** 2;

/** A relay whose one workspace has so many octets of credentials. */
async function relayOf(octets: number): Promise<TeamRelay> {
  const relay = await TeamRelay.start();
  const { shared } = relay.workspace();
  const [account] = shared;
  if (account !== undefined) shared[0] = { ...account, credentials: { key: 'k'.repeat(octets) } };
  return relay;
}

describe('the accounts of a workspace', () => {
  it('are told before the members also where they fill most of the longest frame', async () => {
    const relay = await relayOf(streamLimits.frameFromRelay - 4 * 1_024);
    const desktop = await relay.join();
    // Nothing is read till all of it was said.
    desktop.socket.pause();
    await relay.workspace().append('later');
    desktop.socket.resume();
    expect((await desktop.next('connections')).connections).toHaveLength(1);
    await desktop.next('members');
    expect(await desktop.deliveries(1)).toMatchObject([{ seq: 1 }]);
  });

  it('end the stream for good where they are more than one frame holds', async () => {
    const relay = await relayOf(9 * mebibyte);
    const desktop = await relay.join();
    expect(await desktop.untilClosed()).toEqual({
      code: 4413,
      reason: 'This workspace has more accounts than can be told: divide them among several.',
    });
    expect(desktop.frames.map(({ type }) => type)).toEqual(['challenge']);
    expect(await relay.metric('stream_ended_total{reason="too-many-connections"}')).toBe(1);
  });
});
