import { randomBytes } from 'node:crypto';

import { addConnection, hadConnection } from '#main/history/connections.ts';
import { type NewLine, addLine } from '#main/history/lines.ts';
import { findTeam } from '#main/history/team.ts';
import { type WritableDb, transact } from '#main/sqlite/database.ts';
import { type ConnectionId, connectionIdSchema } from '#shared/message/line.ts';

const firstLines: readonly Omit<NewLine, 'connectionId'>[] = [
  { label: 'Support', number: '+12065550142', numberType: '10dlc', colour: '#3b7dd8' },
  { label: 'Billing', number: '+18005550117', numberType: 'toll-free', colour: '#b4652a' },
];

/** Gives an empty history that is in no team a sandbox account with two numbers, so that the first text can be written at once. */
export function addFirstAccount(db: WritableDb, now: number): void {
  if (hadConnection(db) || findTeam(db) !== undefined) return;
  const id = newConnectionId();
  transact(db, () => {
    addConnection(db, { id, provider: 'sandbox', label: 'Sandbox', baseUrl: null }, now);
    for (const line of firstLines) addLine(db, { ...line, connectionId: id }, now);
  });
}

function newConnectionId(): ConnectionId {
  return connectionIdSchema.parse(randomBytes(8).toString('hex'));
}
