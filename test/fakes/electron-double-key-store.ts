import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

import type { SafeStoragePart } from '#main/hosts/electron/electron-parts.ts';

type Backend = ReturnType<SafeStoragePart['getSelectedStorageBackend']>;

/** `safeStorage` over a key of its own: real encryption, and every state the system's may be in. */
export class KeyStoreDouble implements SafeStoragePart {
  readonly #keys: Buffer[] = [randomBytes(32)];
  backend: Backend = 'gnome_libsecret';
  isAvailable = true;
  /** The store is locked: what is asked of it fails, for now. */
  isLocked = false;
  /** The store gives back another text than was put in, as a misconfigured one may. */
  givesWrongText = false;
  /** How sealed text begins; `v10` on Linux is the password that is the same everywhere. */
  mark = 'v11';

  getSelectedStorageBackend(): Backend {
    return this.backend;
  }

  isAsyncEncryptionAvailable(): Promise<boolean> {
    return Promise.resolve(this.isAvailable);
  }

  async encryptStringAsync(text: string): Promise<Buffer> {
    this.#refuseIfShut('encryptStringAsync');
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.#newest(), nonce);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.from(this.mark), nonce, cipher.getAuthTag(), sealed]);
  }

  async decryptStringAsync(sealed: Buffer): Promise<{ shouldReEncrypt: boolean; result: string }> {
    this.#refuseIfShut('decryptStringAsync');
    if (this.givesWrongText) return { shouldReEncrypt: false, result: 'something else' };
    for (const key of this.#keys.toReversed()) {
      const result = open(sealed, key);
      if (result !== null) return { shouldReEncrypt: key !== this.#newest(), result };
    }
    throw new Error('Error while decrypting the ciphertext provided to decryptStringAsync.');
  }

  /** The system makes a new key; what the old one sealed still opens. */
  changeKey(): void {
    this.#keys.push(randomBytes(32));
  }

  /** Only what the newest key sealed opens from now on. */
  forgetOldKeys(): void {
    this.#keys.splice(0, this.#keys.length - 1);
  }

  #newest(): Buffer {
    return this.#keys.at(-1)!;
  }

  #refuseIfShut(what: string): void {
    if (this.isLocked) throw new Error(`${what} is temporarily unavailable. Please try again.`);
    if (!this.isAvailable) throw new Error(`Error in ${what}. Encryption is not available.`);
  }
}

function open(sealed: Buffer, key: Buffer): string | null {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(3, 15));
    decipher.setAuthTag(sealed.subarray(15, 31));
    return Buffer.concat([decipher.update(sealed.subarray(31)), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}
