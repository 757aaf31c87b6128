import { useState } from 'react';

import type { Failure } from '#shared/contract/failure.ts';
import type { ConnectionId } from '#shared/message/line.ts';
import { BrokenTable } from '#shared/table/csv-reader.ts';

import { useDeed } from '../controls/use-deed.ts';
import { useScreen } from '../screen/screen-context.ts';
import { type TakenFile, takeRecords } from './take-records.ts';

/** A record file with what became of it, or would become of it. */
export type TriedFile = {
  readonly file: File;
  readonly taken: TakenFile;
  readonly isDone: boolean;
};

export type Taking = {
  readonly tried: TriedFile | null;
  /** Why the file cannot be used. */
  readonly problem: string | null;
  readonly isBusy: boolean;
  readonly failure: Failure | null;
  readonly take: (file: File, dryRun: boolean) => void;
  readonly forget: () => void;
};

/** Tries and takes record files of a connection. */
export function useTaking(connectionId: ConnectionId | null, onTaken: () => void): Taking {
  const { host } = useScreen();
  const [tried, setTried] = useState<TriedFile | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const { isBusy, failure, run } = useDeed();
  const forget = (): void => {
    setProblem(null);
    setTried(null);
  };
  const take = async (file: File, dryRun: boolean): Promise<void> => {
    if (connectionId === null) return;
    forget();
    try {
      const taken = await takeRecords(host, { connectionId, file, dryRun });
      setTried({ file, taken, isDone: !dryRun });
      if (!dryRun) onTaken();
    } catch (error) {
      if (!(error instanceof BrokenTable)) throw error;
      setProblem(error.message);
    }
  };
  const start = (file: File, dryRun: boolean): void => void run(() => take(file, dryRun));
  return { tried, problem, isBusy, failure, take: start, forget };
}
