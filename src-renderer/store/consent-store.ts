import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';

import type { CommandOutput } from '#shared/contract/contract.ts';
import type { Failure } from '#shared/contract/failure.ts';
import type { ThreadId } from '#shared/message/entry.ts';

/** What is known of the consent of the open conversation's number. */
export type ConsentKnown = {
  readonly threadId: ThreadId | null;
  /** Null until it was fetched. */
  readonly known: CommandOutput<'consent.get'> | null;
  readonly failure: Failure | null;
  /** Is the person asked whether to opt somebody out? */
  readonly isAsking: boolean;
};

export const createConsentStore = (): StoreApi<ConsentKnown> =>
  createStore<ConsentKnown>(() => ({
    threadId: null,
    known: null,
    failure: null,
    isAsking: false,
  }));
