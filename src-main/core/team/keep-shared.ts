import {
  findConnection,
  listConnections,
  markConnectionRemoved,
} from '#main/history/connections.ts';
import { addLine, changeLine, findLineByNumber } from '#main/history/lines.ts';
import { keepTeamConnection } from '#main/history/team-connections.ts';
import { log } from '#main/log/log.ts';
import { type WritableDb, transact } from '#main/sqlite/database.ts';
import type { SharedConnection } from '#shared/team/stream-frames.ts';

import type { ConnectionBook } from '../connections/connection-book.ts';
import type { ConnectionHealth } from '../connections/connection-health.ts';
import {
  forgetSecrets,
  readCredentials,
  readPathSecret,
  saveCredentials,
  savePathSecret,
} from '../connections/credentials.ts';
import type { SecretStore } from '../host-services.ts';

export type KeepingShared = {
  readonly db: WritableDb;
  readonly secrets: SecretStore;
  readonly now: number;
  readonly book: ConnectionBook;
  readonly health: ConnectionHealth;
};

/**
 * Makes the team's connections here what the relay says they are: new ones are opened, changed ones opened anew, those no
 * longer shared used no more. Those of one's own stay as they are.
 * @returns whether anything changed
 */
export async function keepShared(
  keeping: KeepingShared,
  shared: readonly SharedConnection[],
): Promise<boolean> {
  let changed = await removeUnshared(keeping, new Set(shared.map((each) => each.connectionId)));
  for (const each of shared) changed = (await keepOne(keeping, each)) || changed;
  return changed;
}

async function removeUnshared(
  { db, secrets, now, book, health }: KeepingShared,
  shared: ReadonlySet<string>,
): Promise<boolean> {
  const gone = listConnections(db).filter(({ id, origin }) => origin === 'team' && !shared.has(id));
  for (const { id } of gone) {
    markConnectionRemoved(db, id, now);
    book.close(id);
    health.forget(id);
    await forgetSecrets(secrets, id);
  }
  return gone.length > 0;
}

async function keepOne(keeping: KeepingShared, shared: SharedConnection): Promise<boolean> {
  const { db, secrets, now, book } = keeping;
  const { connectionId } = shared;
  // Secrets first, so that no connection is ever kept that has none.
  if (findConnection(db, connectionId)?.origin === 'own') return refuseTaken(connectionId);
  const secretsChanged = await keepSecrets(secrets, shared);
  const rowsChanged = differs(db, shared);
  if (rowsChanged) transact(db, () => writeRows(db, shared, now));
  const isKnown = book.get(connectionId) !== undefined || book.problemOf(connectionId) !== null;
  if (!secretsChanged && !rowsChanged && isKnown) return false;
  await book.open(connectionId);
  return true;
}

function refuseTaken(connectionId: string): false {
  log('team.connection-refused', { connection: connectionId });
  return false;
}

async function keepSecrets(
  secrets: SecretStore,
  { connectionId, credentials, pathSecret }: SharedConnection,
): Promise<boolean> {
  const isNew = !sameCredentials(await readCredentials(secrets, connectionId), credentials);
  if (isNew) await saveCredentials(secrets, connectionId, credentials);
  if (pathSecret === null || (await readPathSecret(secrets, connectionId)) === pathSecret)
    return isNew;
  await savePathSecret(secrets, connectionId, pathSecret);
  return true;
}

type Credentials = SharedConnection['credentials'];

function sameCredentials(kept: Readonly<Credentials> | null, told: Credentials): boolean {
  const names = Object.keys(told);
  return (
    kept !== null &&
    Object.keys(kept).length === names.length &&
    names.every((name) => kept[name] === told[name])
  );
}

/** Is anything kept otherwise than it was told? */
function differs(db: WritableDb, shared: SharedConnection): boolean {
  const kept = listConnections(db).find(({ id }) => id === shared.connectionId);
  if (kept === undefined) return true;
  const isSame =
    kept.provider === shared.provider &&
    kept.label === shared.label &&
    kept.baseUrl === shared.baseUrl &&
    kept.publicUrl === shared.publicUrl &&
    kept.disabled === shared.disabled;
  return !isSame || shared.numbers.some((each) => lineDiffers(db, shared.connectionId, each));
}

function lineDiffers(
  db: WritableDb,
  connectionId: string,
  { number, label, colour }: SharedConnection['numbers'][number],
): boolean {
  const line = findLineByNumber(db, connectionId, number);
  return line === undefined || line.label !== label || line.colour !== colour;
}

function writeRows(db: WritableDb, shared: SharedConnection, now: number): void {
  const { connectionId, numbers, ...rest } = shared;
  if (!keepTeamConnection(db, { ...rest, id: connectionId }, now))
    throw new Error('a connection of one’s own has this id');
  for (const each of numbers) {
    const line = findLineByNumber(db, connectionId, each.number);
    if (line === undefined) addLine(db, { ...each, connectionId }, now);
    else changeLine(db, line.id, each);
  }
}
