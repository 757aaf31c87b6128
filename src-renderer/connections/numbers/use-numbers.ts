import { useCallback, useEffect, useState } from 'react';

import type { CommandOutput } from '#shared/contract/contract.ts';
import type { Failure } from '#shared/contract/failure.ts';
import type { ConnectionId } from '#shared/message/line.ts';

import { useScreen } from '../../screen/screen-context.ts';
import { failureOf } from '../../store/failure-of.ts';
import { carrierPatience } from '../change-connection.ts';

/** A number of the account as its carrier tells of it. */
export type CarrierNumber = CommandOutput<'connection.numbers'>['numbers'][number];

export type Numbers = {
  /** Null until the carrier told them. */
  readonly rows: readonly CarrierNumber[] | null;
  readonly failure: Failure | null;
  readonly isLoading: boolean;
  readonly reload: () => void;
};

/** The numbers of an account, asked of its carrier as the page opens and whenever that is wanted. */
export function useNumbers(connectionId: ConnectionId, isListed: boolean): Numbers {
  const { host } = useScreen();
  const [told, setTold] = useState<Omit<Numbers, 'reload' | 'isLoading'>>(nothingYet);
  const [asked, setAsked] = useState(0);
  const [answered, setAnswered] = useState(-1);
  useEffect(() => {
    if (!isListed) return undefined;
    let isCurrent = true;
    host
      .call('connection.numbers', { connectionId }, carrierPatience)
      .then(({ numbers: rows }) => ({ rows, failure: null }))
      .catch((error: unknown) => ({ failure: failureOf(error) }))
      .then((next) => {
        if (!isCurrent) return;
        setTold((known) => ({ ...known, ...next }));
        setAnswered(asked);
      });
    return () => {
      isCurrent = false;
    };
  }, [host, connectionId, isListed, asked]);
  const reload = useCallback(() => setAsked((count) => count + 1), []);
  return { ...told, isLoading: isListed && answered < asked, reload };
}

const nothingYet = { rows: null, failure: null } as const;
