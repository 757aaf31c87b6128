import { type Connection, listConnections } from '#main/history/connections.ts';
import type { ReadableDb } from '#main/sqlite/database.ts';

import { Faults, type Finding, inDigits, noted } from './finding.ts';

/** Where the credentials of a connection are. `unreadable` says why, in a sentence. */
export type CredentialsFound =
  | { readonly kind: 'opened' | 'in-key-store' | 'missing' }
  | { readonly kind: 'unreadable'; readonly sentence: string };

export type FindCredentials = (connectionId: string) => Promise<CredentialsFound>;

/** Are there credentials for every connection, and do they open? None is ever shown. */
export async function checkSecrets(db: ReadableDb, find: FindCredentials): Promise<Finding> {
  const check = 'secrets';
  const faults = new Faults();
  const connections = listConnections(db);
  let inKeyStore = 0;
  for (const connection of connections) {
    const found = await find(connection.id);
    if (found.kind === 'in-key-store') inKeyStore += 1;
    const fault = faultOf(connection, found);
    if (fault !== null) faults.add(`${connection.label} (${connection.id}): ${fault}`);
  }
  const words = `There are credentials for each of ${inDigits(connections.length)} connections.`;
  if (faults.count > 0 || inKeyStore === 0) return faults.judge(check, words);
  return noted(
    check,
    `${words} ${inDigits(inKeyStore)} are sealed by the key store of the system, which only the window opens.`,
  );
}

/* Both ends of the built-in sandbox are ours: where its credentials are missing, the next start makes new ones. */
function faultOf({ provider, baseUrl }: Connection, found: CredentialsFound): string | null {
  switch (found.kind) {
    case 'opened':
    case 'in-key-store':
      return null;
    case 'missing':
      return provider === 'sandbox' && baseUrl === null
        ? null
        : 'there are no credentials; connect the account again';
    case 'unreadable':
      return found.sentence.replace(/\.$/, '');
  }
}
