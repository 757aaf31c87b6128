import type { WritableDb } from '#main/sqlite/database.ts';
import type { Clock } from '#shared/contract/clock.ts';
import type { Tell } from '#shared/contract/contract.ts';
import type { ProviderAdapter, SendOutcome } from '#shared/provider/provider.ts';

import type { MediaRoad } from './media-road.ts';

/** What the outbound road works with; lent by the core. */
export type OutboundDesk = {
  readonly db: WritableDb;
  readonly clock: Clock;
  readonly tell: Tell;
  /** This run of the program: what another run left on the road is not ours to wait for. */
  readonly bootId: string;
  /** Between 0 and 1, for pauses that do not march in step. */
  readonly random: () => number;
  /** The open adapter of a connection; undefined where the connection is gone. */
  adapterOf(connectionId: string): ProviderAdapter | undefined;
  readonly mediaRoad: MediaRoad;
  /** Hears how every send ended, for the connection's health. */
  noteOutcome(connectionId: string, outcome: SendOutcome): void;
  /** Called after a commit that left a text of unknown outcome to look for. */
  wakeReconcile(): void;
};
