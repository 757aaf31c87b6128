import path from 'node:path';

import { listConnections } from '#main/history/connections.ts';
import { listLines } from '#main/history/lines.ts';
import {
  type SandboxCarrier,
  startSandboxCarrier,
} from '#main/sandbox-carrier/start-sandbox-carrier.ts';
import type { ReadableDb } from '#main/sqlite/database.ts';

import type { CoreOptions } from './core.ts';
import type { HostServices } from './host-services.ts';
import { sandboxCredentials } from './sandbox-credentials.ts';

export type RunningSandbox = { readonly connectionId: string; readonly carrier: SandboxCarrier };

/** Starts the built-in carrier where an account with it is kept here; null where none is. */
export async function startSandbox(
  db: ReadableDb,
  host: HostServices,
  options: CoreOptions,
): Promise<RunningSandbox | null> {
  const connection = listConnections(db).find(
    (each) => each.provider === 'sandbox' && each.baseUrl === null && each.origin === 'own',
  );
  if (connection === undefined) return null;
  const { apiKey, webhookSecret } = await sandboxCredentials(host.secrets, connection.id);
  const lines = listLines(db).filter((line) => line.connectionId === connection.id);
  const carrier = await startSandboxCarrier({
    dataFile: path.join(host.dataFolder, 'sandbox-carrier.db'),
    port: 0,
    account: { id: connection.id, apiKey, webhookSecret, webhookUrl: null },
    numbers: lines.map((line) => line.number),
    speed: options.sandboxSpeed,
    seed: options.sandboxSeed,
    clock: host.clock,
  });
  return { connectionId: connection.id, carrier };
}
