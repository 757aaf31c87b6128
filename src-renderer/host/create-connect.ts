import type { Wire } from '#shared/contract/wire.ts';

/** How this page stands with its host. `away`: nobody answers. */
export type Standing = 'known' | 'refused' | 'away';

/** What connecting needs of the page. */
export type Connecting = {
  readonly openWire: () => Promise<Wire>;
  readonly askStanding: () => Promise<Standing>;
  /** Told true where the host is there but does not accept this page's key, and false once a wire opens. */
  readonly onRefused: (refused: boolean) => void;
};

/** Opens the wire, and tells a host that is away from one that will not have this page: a failed wire itself says neither. */
export function createConnect({
  openWire,
  askStanding,
  onRefused,
}: Connecting): () => Promise<Wire> {
  return async () => {
    try {
      const wire = await openWire();
      onRefused(false);
      return wire;
    } catch (error) {
      onRefused((await askStanding()) === 'refused');
      throw error;
    }
  };
}
