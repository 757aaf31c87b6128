import type { Wire } from '#shared/contract/wire.ts';

/** What connecting needs of the page. */
export type Connecting = {
  readonly openWire: () => Promise<Wire>;
  /** Does the host answer at all, whatever it answers? */
  readonly isHostUp: () => Promise<boolean>;
  /** Told true once a host that is up keeps refusing the wire, which means that the key is not valid, and false once it opens. */
  readonly onRefused: (refused: boolean) => void;
};

/** A host that has just come up may refuse one attempt that was made a moment too early. */
const refusalsBelieved = 2;

/** Opens the wire and tells a host that is away from one that will not have this screen. */
export function createConnect({ openWire, isHostUp, onRefused }: Connecting): () => Promise<Wire> {
  let refusals = 0;
  return async () => {
    try {
      const wire = await openWire();
      refusals = 0;
      onRefused(false);
      return wire;
    } catch (error) {
      refusals = (await isHostUp()) ? refusals + 1 : 0;
      if (refusals >= refusalsBelieved) onRefused(true);
      throw error;
    }
  };
}
