import type { WritableDb } from '#main/sqlite/database.ts';
import type { Clock } from '#shared/contract/clock.ts';

import type { CallbackPoster } from './callback-poster.ts';
import type { Temper } from './plan-events.ts';

/** The one customer of the carrier. */
export type Account = {
  readonly id: string;
  /** What the customer shows with every call of the API. */
  readonly apiKey: string;
  /** What callbacks are signed with. */
  readonly webhookSecret: string;
};

/** A running carrier, as its parts see it. */
export type Carrier = {
  readonly db: WritableDb;
  readonly clock: Clock;
  readonly account: Account;
  readonly numbers: readonly string[];
  readonly temper: Temper;
  readonly poster: CallbackPoster;
};
