import { readdir } from 'node:fs/promises';
import path from 'node:path';

import type { SecretStore } from '#main/core/host-services.ts';

import type { SafeStoragePart } from './electron-parts.ts';
import { findKeyStore } from './find-key-store.ts';
import { layerSecrets } from './layered-secrets.ts';
import { readSealed, type ReadSealed } from './sealed-file.ts';
import { SealedSecrets } from './sealed-secrets.ts';

export type OpenedSecrets = {
  readonly store: SecretStore;
  /** What the person should know about where secrets are kept now, in one sentence; asked once the secrets were used. */
  readonly warning: () => string | null;
};

export type OpenSecretsOptions = {
  readonly safeStorage: SafeStoragePart;
  readonly folder: string;
  readonly platform: NodeJS.Platform;
};

/**
 * Opens the secrets of a data folder. Each key store has a file of its own, so that a change of key store overwrites nothing.
 * Where there is none to trust, secrets stay in memory: never a constant key, never plain text on disk.
 */
export async function openSecrets(options: OpenSecretsOptions): Promise<OpenedSecrets> {
  const own = await openOwn(options);
  return { ...own, store: layerSecrets(own.store, options.folder) };
}

async function openOwn(options: OpenSecretsOptions): Promise<OpenedSecrets> {
  const keyStore = await findKeyStore(options.safeStorage, options.platform);
  if (keyStore.kind === 'none') return { store: memorySecrets(), warning: () => inMemoryOnly };
  const file = path.join(options.folder, fileNameOf(keyStore.name));
  const read = await readSealed(file);
  let sentence = await warnOf(read, options.folder, keyStore.name);
  const store = new SealedSecrets({
    safeStorage: options.safeStorage,
    keyStore: keyStore.name,
    file,
    sealed: read.kind === 'read' ? read.sealed : {},
    onUnopened: () => (sentence = unopened),
  });
  return { store, warning: () => sentence };
}

const inMemoryOnly =
  'This computer has no key store that Trunkline can trust, so carrier credentials are kept in memory only and are asked for again after every start.';

const unopened =
  'The key store of this computer did not open all saved credentials: unlock it and start Trunkline again, or enter them anew.';

const prefix = 'secrets-';
const suffix = '.json';

function fileNameOf(keyStore: string): string {
  return `${prefix}${keyStore}${suffix}`;
}

async function warnOf(read: ReadSealed, folder: string, keyStore: string): Promise<string | null> {
  if (read.kind === 'read') return warnOfChange(folder, keyStore);
  return `The file of saved credentials was damaged and is kept as ${path.basename(read.keptAs)}; enter the credentials again.`;
}

/** Secrets that another key store sealed, and none sealed by this one: the person changed desktops. */
async function warnOfChange(folder: string, keyStore: string): Promise<string | null> {
  const names = await readdir(folder).catch(() => []);
  const others = names.filter((name) => name.startsWith(prefix) && name.endsWith(suffix));
  const [other] = others;
  if (other === undefined || others.includes(fileNameOf(keyStore))) return null;
  const before = other.slice(prefix.length, -suffix.length);
  return `Credentials were saved with the key store ${before}, which is not the one in use now (${keyStore}); enter them again, or start Trunkline where they were saved.`;
}

function memorySecrets(): SecretStore {
  const secrets = new Map<string, string>();
  return {
    get: (name) => Promise.resolve(secrets.get(name) ?? null),
    set(name, value) {
      secrets.set(name, value);
      return Promise.resolve();
    },
    delete(name) {
      secrets.delete(name);
      return Promise.resolve();
    },
  };
}
