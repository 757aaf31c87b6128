import type { WritableDb } from '#main/sqlite/database.ts';
import type { Clock } from '#shared/contract/clock.ts';
import type { Tell } from '#shared/contract/contract.ts';
import type { ProviderAdapter } from '#shared/provider/provider.ts';

/** What the inbound road works with; lent by the core. */
export type InboundDesk = {
  readonly db: WritableDb;
  readonly clock: Clock;
  readonly tell: Tell;
  /** The open adapter of a connection; undefined where the connection is gone. */
  adapterOf(connectionId: string): ProviderAdapter | undefined;
  /** Called after a commit that may have left media to fetch, parts to wait for, or a reply to send. */
  wakeInbound(): void;
};
