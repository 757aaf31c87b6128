import { existsSync } from 'node:fs';
import path from 'node:path';

import type { SecretStore } from '#main/core/host-services.ts';
import { createKeyFileStore } from '#main/core/key-file-store.ts';

/**
 * The program's own secrets over those of the key file, the only store that the command line and the served screen know. What
 * lies in the key file was written by them since, so it counts first; what is written here is taken out of it.
 */
export function layerSecrets(own: SecretStore, folder: string): SecretStore {
  const keyFile = createKeyFileStore(folder);
  // Asked each time, as another program may write the first one meanwhile; reading would make a key where there is none.
  const hasKeyFile = () => existsSync(path.join(folder, 'secrets.json'));
  return {
    async get(name) {
      const written = hasKeyFile() ? await keyFile.get(name) : null;
      return written ?? own.get(name);
    },
    async set(name, value) {
      await own.set(name, value);
      if (hasKeyFile()) await keyFile.delete(name);
    },
    async delete(name) {
      await own.delete(name);
      if (hasKeyFile()) await keyFile.delete(name);
    },
  };
}
