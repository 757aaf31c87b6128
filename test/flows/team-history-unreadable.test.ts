import { expect, it, onTestFinished } from 'vitest';

import { systemClock } from '#main/log/system-clock.ts';
import { StreamClient } from '#main/relay/desktop-end/stream-client.ts';
import type { StreamEnd } from '#main/relay/desktop-end/stream-end.ts';
import { pairTaker, streamUrlOf } from '#test/fakes/stream-taker.ts';
import { TeamRelay } from '#test/fakes/team-relay.ts';
import { until } from '#test/fakes/until.ts';

it.each(['cursor', 'onWelcome', 'onTold'] as const)(
  'a history that fails once at %s ends the stream and not the program, and the next one holds',
  async (where) => {
    const relay = await TeamRelay.start();
    const identity = await pairTaker(relay.url, relay.makeCode());
    const ends: StreamEnd[] = [];
    let [failures, told] = [0, 0];
    const fail = (at: typeof where): void => {
      if (at !== where || failures > 0) return;
      failures += 1;
      throw new Error('the disk does not answer');
    };
    const client = new StreamClient({
      ...identity,
      streamUrl: streamUrlOf(relay.url),
      clock: systemClock,
      random: () => 0,
      cursor() {
        fail('cursor');
        return { log: null, after: 0 };
      },
      onWelcome: () => fail('onWelcome'),
      onTold(frame) {
        fail('onTold');
        if (frame.type === 'members') told += 1;
        return true;
      },
      onLost: (end) => void ends.push(end),
    });
    onTestFinished(() => client.close());
    await until(() => told > 0);
    expect(failures).toBe(1);
    expect(ends).toEqual([
      {
        sentence: 'What the relay told could not be saved here.',
        cure: 'Trunkline tries again by itself.',
        final: false,
      },
    ]);
  },
);
