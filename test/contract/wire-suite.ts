import { describe } from 'vitest';

import type { Wire } from '#shared/contract/wire.ts';

import { describeCalls } from './calls-over-wire.ts';
import { describeHostileFrames } from './hostile-frames.ts';
import { describeWireItself } from './wire-itself.ts';

/** Both ends of a wire freshly opened for one test. */
export type WirePair = {
  readonly screen: Wire;
  readonly host: Wire;
  /** Closes whatever was opened for the pair. */
  dispose(): Promise<void>;
};

export type OpenPair = () => Promise<WirePair>;

/**
 * What every wire must do, run over one of them. `openPair` may be called many times in one test.
 * @example describeWire('memory', async () => { const [screen, host] = createMemoryWirePair(); … });
 */
export function describeWire(name: string, openPair: OpenPair): void {
  describe(`${name} wire`, () => {
    describeWireItself(openPair);
    describeHostileFrames(openPair);
    describeCalls(openPair);
  });
}
