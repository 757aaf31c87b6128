import { randomBytes } from 'node:crypto';

import { addConnection, listConnections } from '#main/history/connections.ts';
import { type NewLine, addLine } from '#main/history/lines.ts';
import { type WritableDb, transact } from '#main/sqlite/database.ts';
import { type ConnectionId, connectionIdSchema } from '#shared/message/line.ts';

import type { SecretStore } from './host-services.ts';
import { credentialsName } from './open-connections.ts';

const firstLines: readonly Omit<NewLine, 'connectionId'>[] = [
  { label: 'Support', number: '+12065550142', numberType: '10dlc', colour: '#3b7dd8' },
  { label: 'Billing', number: '+18005550117', numberType: 'toll-free', colour: '#b4652a' },
];

/** Gives an empty history a sandbox account with two numbers, so that the first text can be written at once. */
export async function addFirstAccount(
  db: WritableDb,
  secrets: SecretStore,
  now: number,
): Promise<void> {
  if (listConnections(db).length > 0) return;
  const id = newConnectionId();
  const credentials = { apiKey: newSecret(), webhookSecret: newSecret() };
  await secrets.set(credentialsName(id), JSON.stringify(credentials));
  transact(db, () => {
    addConnection(db, { id, provider: 'sandbox', label: 'Sandbox', baseUrl: null }, now);
    for (const line of firstLines) addLine(db, { ...line, connectionId: id }, now);
  });
}

const newSecret = (): string => randomBytes(32).toString('base64url');

function newConnectionId(): ConnectionId {
  return connectionIdSchema.parse(randomBytes(8).toString('hex'));
}
