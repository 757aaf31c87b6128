import { randomBytes } from 'node:crypto';

import { readCredentials, saveCredentials } from './connections/credentials.ts';
import type { SecretStore } from './host-services.ts';

export type SandboxCredentials = { readonly apiKey: string; readonly webhookSecret: string };

/**
 * What this program and its own sandbox carrier know each other by. Where the store has none, because it is new or is another
 * host's, they are made anew: both ends are ours, so nothing is lost by it.
 */
export async function sandboxCredentials(
  secrets: SecretStore,
  connectionId: string,
): Promise<SandboxCredentials> {
  const { apiKey, webhookSecret } = (await readCredentials(secrets, connectionId)) ?? {};
  if (apiKey !== undefined && webhookSecret !== undefined) return { apiKey, webhookSecret };
  const made = { apiKey: newSecret(), webhookSecret: newSecret() };
  await saveCredentials(secrets, connectionId, made);
  return made;
}

const newSecret = (): string => randomBytes(32).toString('base64url');
