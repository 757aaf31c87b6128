import { LogFailure, type DeliveryLog, type LineOf } from './delivery-log.ts';
import type { FindConnection } from './intake.ts';
import { RelayFailure } from './relay-failure.ts';
import { serveWorkspaces, type Serving, type ServingOptions } from './serve-workspaces.ts';
import { openSqliteLog } from './sqlite-log.ts';

export type RelayOptions = Omit<ServingOptions, 'workspaces' | 'certificate' | 'behindProxy'> & {
  /** File of the log, made where it is missing. Not touched where `openLog` is given. */
  readonly dataFile: string;
  /** Opens a log of another engine. The relay closes it when it stops. */
  readonly openLog?: () => Promise<DeliveryLog>;
  /** Which of our numbers a delivery is counted for, where the log counts; by default none is. */
  readonly lineOf?: LineOf;
  readonly findConnection: FindConnection;
  /** Number of the last delivery its reader has taken for good: nothing after it is trimmed. By default nothing is held. */
  readonly taken?: () => number;
};

/** A relay of one log, which it closes when it has stopped. */
export type Relay = Serving & { readonly log: DeliveryLog };

/** Starts intake and log for a reader in this program. Throws {@link RelayFailure}. */
export async function startRelay(options: RelayOptions): Promise<Relay> {
  const log = await openLog(options);
  try {
    const { findConnection, taken = () => Infinity } = options;
    const workspaces = [{ name: 'main', log, findConnection, taken, team: null }];
    const serving = await serveWorkspaces({ ...options, workspaces });
    const stop = async (): Promise<void> => {
      await serving.stop();
      await log.close();
    };
    return { ...serving, log, stop };
  } catch (error) {
    await log.close();
    throw error;
  }
}

async function openLog({ dataFile, openLog: open, lineOf }: RelayOptions): Promise<DeliveryLog> {
  try {
    return open === undefined ? openSqliteLog(dataFile, lineOf) : await open();
  } catch (error) {
    if (!(error instanceof LogFailure)) throw error;
    throw new RelayFailure(error.message, { cause: error });
  }
}
