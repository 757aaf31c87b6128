import { useRef, useState } from 'react';

import type { Failure } from '#shared/contract/failure.ts';

import { failureOf } from '../store/failure-of.ts';

/** Something a person asked for: under way, failed, or at rest. */
export type Deed = {
  readonly isBusy: boolean;
  /** Why the last try did not work. */
  readonly failure: Failure | null;
  /** Does it, once at a time. @returns whether it was done */
  readonly run: (deed: () => Promise<unknown>) => Promise<boolean>;
};

/** Keeps how something fares that a person asked for. */
export function useDeed(): Deed {
  const underWay = useRef(false);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const run = async (deed: () => Promise<unknown>): Promise<boolean> => {
    if (underWay.current) return false;
    underWay.current = true;
    setBusy(true);
    setFailure(null);
    try {
      await deed();
      return true;
    } catch (error) {
      setFailure(failureOf(error));
      return false;
    } finally {
      underWay.current = false;
      setBusy(false);
    }
  };
  return { isBusy, failure, run };
}
