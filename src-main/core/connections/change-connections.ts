import { randomBytes } from 'node:crypto';

import {
  type Connection,
  addConnection,
  changeConnection,
  findConnection,
  listConnections,
  markConnectionRemoved,
} from '#main/history/connections.ts';
import { addLine, findLineByNumber } from '#main/history/lines.ts';
import { findProvider } from '#main/providers/registry.ts';
import { type WritableDb, transact } from '#main/sqlite/database.ts';
import type { NewConnection } from '#shared/contract/connection-shapes.ts';
import type { CommandInput } from '#shared/contract/contract.ts';
import { CommandFailure } from '#shared/contract/failure.ts';
import { type ConnectionId, type Line, connectionIdSchema } from '#shared/message/line.ts';
import { readNumber } from '#shared/phone/read-number.ts';
import type { ProviderDefinition } from '#shared/provider/provider.ts';

import type { SecretStore } from '../host-services.ts';
import {
  type Credentials,
  forgetSecrets,
  readCredentials,
  saveCredentials,
} from './credentials.ts';

export type Keeping = {
  readonly db: WritableDb;
  readonly secrets: SecretStore;
  readonly now: number;
};

/** The carrier of this id, or a failure that lists those there are. */
export function mustFindProvider(id: string): ProviderDefinition {
  const provider = findProvider(id);
  if (provider !== undefined) return provider;
  throw new CommandFailure('bad-input', `There is no carrier called "${id}".`, {
    field: 'provider',
    cure: 'Choose one of those that are offered.',
  });
}

export function mustFindConnection(db: WritableDb, id: string): Connection {
  const connection = findConnection(db, id);
  const kept = listConnections(db).some((each) => each.id === id);
  if (connection !== undefined && kept) return connection;
  throw new CommandFailure('not-found', 'This connection is no longer there.', {
    field: 'connectionId',
  });
}

/** A connection that is changed here; one of the team's is changed on its relay, where every desktop has it from. */
export function mustBeOwn(db: WritableDb, id: string): Connection {
  const connection = mustFindConnection(db, id);
  if (connection.origin === 'own') return connection;
  throw new CommandFailure('refused', 'This connection is kept by the team’s relay.', {
    field: 'connectionId',
    cure: 'Change it on the relay; every desktop of the team then has it so.',
  });
}

/** Checks what was entered by opening the carrier with it; nothing is sent and nothing kept. */
export function tryOpening(wanted: Pick<NewConnection, 'provider' | 'baseUrl' | 'credentials'>) {
  const { baseUrl, credentials } = wanted;
  try {
    return mustFindProvider(wanted.provider).open({
      connectionId: 'trial',
      baseUrl,
      credentials,
      numbers: [],
      hooks: [],
    });
  } catch (error) {
    if (error instanceof CommandFailure) throw error;
    throw new CommandFailure(
      'bad-input',
      error instanceof Error ? error.message : 'The carrier refused it.',
      {
        field: 'credentials',
        cure: 'Correct what is named and try again.',
      },
    );
  }
}

/**
 * Keeps a new connection: its credentials in the secret store first, then the rest in one transaction, so that no connection
 * is ever kept that has none.
 * @returns its id
 */
export async function keepConnection(
  { db, secrets, now }: Keeping,
  wanted: NewConnection,
): Promise<ConnectionId> {
  tryOpening(wanted);
  const numbers = wanted.numbers.map((each) => ({ ...each, number: asNumber(each.number) }));
  const id = connectionIdSchema.parse(randomBytes(8).toString('hex'));
  await saveCredentials(secrets, id, wanted.credentials);
  transact(db, () => {
    const { provider, label, baseUrl, publicUrl } = wanted;
    addConnection(db, { id, provider, label, baseUrl, publicUrl }, now);
    for (const each of numbers) keepLine({ db, now }, { ...each, connectionId: id });
  });
  return id;
}

/** E.164 or the digits of a short code, from what a person or file says. */
function asNumber(written: string): string {
  const read = readNumber(written);
  if (read.kind === 'number') return read.e164;
  if (read.kind === 'short-code') return read.digits;
  throw new CommandFailure('bad-input', `${read.reason} ("${written}")`, {
    field: 'numbers',
    cure: read.cure,
  });
}

const colours = [
  '#3b7dd8',
  '#b4652a',
  '#7a57b8',
  '#2f8f5b',
  '#b03a6f',
  '#8a7a1f',
  '#3a8fa3',
  '#a34b3a',
];

/** Makes a number a line, with a colour that is not yet taken where there is one. A line that is there already stays. */
export function keepLine(
  { db, now }: Pick<Keeping, 'db' | 'now'>,
  wanted: Pick<Line, 'connectionId' | 'number' | 'label' | 'numberType'>,
): Line {
  const there = findLineByNumber(db, wanted.connectionId, wanted.number);
  if (there !== undefined) return there;
  const taken = db.prepare('SELECT count(*) FROM lines').pluck().get() as number;
  return addLine(db, { ...wanted, colour: colours[taken % colours.length] ?? '#6e6d67' }, now);
}

/** Changes what is given and leaves the rest. New credentials are tried before they take the place of the old ones. */
export async function alterConnection(
  { db, secrets }: Keeping,
  change: CommandInput<'connection.change'>,
): Promise<void> {
  const before = mustBeOwn(db, change.connectionId);
  if (change.credentials !== undefined) {
    const credentials = withChanges(await readCredentials(secrets, before.id), change.credentials);
    tryOpening({ provider: before.provider, baseUrl: before.baseUrl, credentials });
    await saveCredentials(secrets, before.id, credentials);
  }
  changeConnection(db, before.id, {
    label: change.label ?? before.label,
    publicUrl: change.publicUrl === undefined ? before.publicUrl : change.publicUrl,
    disabled: change.disabled ?? before.disabled,
  });
}

/** New ones take the place of those of the same name; one that is given empty is forgotten. */
function withChanges(before: Credentials | null, change: Credentials): Credentials {
  const all = Object.entries({ ...before, ...change });
  return Object.fromEntries(all.filter(([, value]) => value !== ''));
}

/** Forgets a connection's secrets and uses it no more; its lines and conversations stay. */
export async function dropConnection(
  { db, secrets, now }: Keeping,
  id: ConnectionId,
): Promise<void> {
  mustBeOwn(db, id);
  markConnectionRemoved(db, id, now);
  await forgetSecrets(secrets, id);
}
