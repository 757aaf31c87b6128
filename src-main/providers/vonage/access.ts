import type { KeyObject } from 'node:crypto';

import type { HookAddress } from '#shared/provider/carrier-lists.ts';

/** The application a connection acts as. */
export type Application = {
  readonly id: string;
  /** Null where the connection signs in by key and secret alone. */
  readonly privateKey: KeyObject | null;
};

/** Where Vonage is and what it knows us by. */
export type Access = {
  /** Host of messages, applications, reports and calls, without a slash at its end. */
  readonly apiUrl: string;
  /** Host of SMS, numbers and the balance. */
  readonly restUrl: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly application: Application | null;
  readonly hooks: readonly HookAddress[];
};
