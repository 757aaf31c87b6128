import { randomBytes } from 'node:crypto';

import type { SecretStore } from '../host-services.ts';

export type Credentials = Readonly<Record<string, string>>;

/** Name under which a connection's credentials lie in the secret store. */
export const credentialsName = (connectionId: string): string => `credentials/${connectionId}`;
const pathSecretName = (connectionId: string): string => `path-secret/${connectionId}`;

/** A connection's credentials; null where the store has none. */
export async function readCredentials(
  secrets: SecretStore,
  connectionId: string,
): Promise<Credentials | null> {
  const stored = await secrets.get(credentialsName(connectionId));
  return stored === null ? null : (JSON.parse(stored) as Credentials);
}

export async function saveCredentials(
  secrets: SecretStore,
  connectionId: string,
  credentials: Credentials,
): Promise<void> {
  await secrets.set(credentialsName(connectionId), JSON.stringify(credentials));
}

/** Forgets everything secret of a connection. */
export async function forgetSecrets(secrets: SecretStore, connectionId: string): Promise<void> {
  await secrets.delete(credentialsName(connectionId));
  await secrets.delete(pathSecretName(connectionId));
}

/** The last part of the hooks' address as it is kept; null where the store has none. */
export const readPathSecret = (
  secrets: SecretStore,
  connectionId: string,
): Promise<string | null> => secrets.get(pathSecretName(connectionId));

export const savePathSecret = (
  secrets: SecretStore,
  connectionId: string,
  pathSecret: string,
): Promise<void> => secrets.set(pathSecretName(connectionId), pathSecret);

/** The last part of the hooks' address of a carrier that signs nothing: 256 bits, made on the first use. */
export async function pathSecretOf(secrets: SecretStore, connectionId: string): Promise<string> {
  const kept = await readPathSecret(secrets, connectionId);
  if (kept !== null) return kept;
  const made = randomBytes(32).toString('base64url');
  await savePathSecret(secrets, connectionId, made);
  return made;
}
