import type { SecretStore } from '../host-services.ts';

/** Name under which the private key of this desktop lies in the secret store. */
const keyName = 'team-key';

export const readTeamKey = (secrets: SecretStore): Promise<string | null> => secrets.get(keyName);

export const saveTeamKey = (secrets: SecretStore, privateKey: string): Promise<void> =>
  secrets.set(keyName, privateKey);

export const forgetTeamKey = (secrets: SecretStore): Promise<void> => secrets.delete(keyName);
