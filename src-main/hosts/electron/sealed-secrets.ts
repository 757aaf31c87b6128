import type { SecretStore } from '#main/core/host-services.ts';
import { log } from '#main/log/log.ts';

import type { SafeStoragePart } from './electron-parts.ts';
import { writeSealed, type Sealed } from './sealed-file.ts';

export type SealedSecretsOptions = {
  readonly safeStorage: SafeStoragePart;
  readonly keyStore: string;
  readonly file: string;
  /** What the file holds. */
  readonly sealed: Sealed;
  /** A secret is there but does not open; the program goes on without it. */
  readonly onUnopened: () => void;
};

/** `isStale`: sealed by a key that has been replaced since. */
type Opened = { readonly value: string; readonly isStale: boolean };

/**
 * Secrets sealed by the system's key store, each by itself, in one file. One that does not open now counts as absent, so that
 * the history can be read all the same; it stays in the file until it is set anew.
 */
export class SealedSecrets implements SecretStore {
  readonly #options: SealedSecretsOptions;
  readonly #sealed: Map<string, string>;
  /** Writes go one after another. */
  #lastWrite: Promise<void> = Promise.resolve();

  constructor(options: SealedSecretsOptions) {
    this.#options = options;
    this.#sealed = new Map(Object.entries(options.sealed));
  }

  async get(name: string): Promise<string | null> {
    const sealed = this.#sealed.get(name);
    if (sealed === undefined) return null;
    const opened = await this.#open(name, Buffer.from(sealed, 'base64'));
    if (opened === null) {
      this.#options.onUnopened();
      return null;
    }
    const { value, isStale } = opened;
    if (isStale) await this.set(name, value).catch(() => log('secrets.not-sealed-anew'));
    return value;
  }

  async set(name: string, value: string): Promise<void> {
    const text = JSON.stringify({ name, value });
    const sealed = await this.#options.safeStorage.encryptStringAsync(text);
    await this.#change((all) => all.set(name, sealed.toString('base64')));
  }

  async delete(name: string): Promise<void> {
    await this.#change((all) => all.delete(name));
  }

  /** The name is sealed with the value, so that swapping two entries of the file swaps no credentials. */
  async #open(name: string, sealed: Buffer): Promise<Opened | null> {
    try {
      const first = await this.#options.safeStorage.decryptStringAsync(sealed);
      // A key that was changed meanwhile is only used from the second call on.
      const { result } = first.shouldReEncrypt
        ? await this.#options.safeStorage.decryptStringAsync(sealed)
        : first;
      const opened = JSON.parse(result) as { name?: unknown; value?: unknown };
      if (opened.name !== name || typeof opened.value !== 'string') return null;
      return { value: opened.value, isStale: first.shouldReEncrypt };
    } catch {
      return null;
    }
  }

  /** What is in memory changes only once the file has. */
  #change(deed: (all: Map<string, string>) => void): Promise<void> {
    const { file, keyStore } = this.#options;
    const write = this.#lastWrite.then(async () => {
      const all = new Map(this.#sealed);
      deed(all);
      await writeSealed(file, keyStore, Object.fromEntries(all));
      deed(this.#sealed);
    });
    this.#lastWrite = write.catch(() => {});
    return write;
  }
}
