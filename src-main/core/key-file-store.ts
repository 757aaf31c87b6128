import { randomBytes } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import path from 'node:path';

import {
  createDurably,
  isCode,
  makePrivateFolder,
  writeDurably,
} from '#main/files/write-durably.ts';

import { StartFailure } from './core.ts';
import type { SecretStore } from './host-services.ts';
import { keyOctets, seal, unseal } from './seal.ts';

/** Sealed values by name, as `secrets.json` holds them. */
type Sealed = Record<string, string>;

/**
 * Secrets in `secrets.json`, each sealed by the key in `secrets.key`, for hosts that the system lends no key store. It guards a
 * copy of the one file without the other, and whatever other accounts of the machine may try; it does not guard against
 * programs of the same person.
 *
 * Nothing is touched before the first use. Every method throws `StartFailure` with a sentence for the person where the files
 * cannot be used; neither is ever overwritten then.
 */
export function createKeyFileStore(dataFolder: string): SecretStore {
  return new KeyFileStore(dataFolder);
}

class KeyFileStore implements SecretStore {
  readonly #folder: string;
  readonly #keyFile: string;
  readonly #secretsFile: string;
  #key: Promise<Buffer> | null = null;
  /** Each use begins when the one before has ended, so that no write undoes another. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(folder: string) {
    this.#folder = folder;
    this.#keyFile = path.join(folder, 'secrets.key');
    this.#secretsFile = path.join(folder, 'secrets.json');
  }

  get(name: string): Promise<string | null> {
    return this.#use(async (sealed) => {
      const value = Object.hasOwn(sealed, name) ? sealed[name] : undefined;
      if (value === undefined) return null;
      const secret = unseal(await this.#openKey(sealed), name, value);
      if (secret === null) throw new StartFailure(this.#wrongKey(name));
      return secret;
    });
  }

  set(name: string, value: string): Promise<void> {
    return this.#use(async (sealed) => {
      const key = await this.#openKey(sealed);
      await this.#write({ ...sealed, [name]: seal(key, name, value) });
    });
  }

  delete(name: string): Promise<void> {
    return this.#use(async (sealed) => {
      if (!Object.hasOwn(sealed, name)) return;
      const { [name]: _gone, ...rest } = sealed;
      await this.#write(rest);
    });
  }

  /** The file is read anew each time, as another program of ours may have written it. */
  #use<Result>(deed: (sealed: Sealed) => Promise<Result>): Promise<Result> {
    const next = this.#last.then(async () => {
      try {
        return await deed(await this.#read());
      } catch (error) {
        throw this.#explain(error);
      }
    });
    this.#last = next.catch(() => {});
    return next;
  }

  async #read(): Promise<Sealed> {
    const text = await readFile(this.#secretsFile, 'utf8').catch(missing);
    if (text === null) return {};
    const sealed = parseSealed(text);
    if (sealed !== null) return sealed;
    throw new StartFailure(
      `${this.#secretsFile} is damaged: put back a copy of it, or remove it and connect the accounts again.`,
    );
  }

  #write(secrets: Sealed): Promise<void> {
    return writeDurably(this.#secretsFile, `${JSON.stringify({ version: 1, secrets }, null, 2)}\n`);
  }

  /** A failure is not remembered, so that the cure works without a restart. */
  #openKey(sealed: Sealed): Promise<Buffer> {
    this.#key ??= this.#readKey(Object.keys(sealed).length > 0).catch((error: unknown) => {
      this.#key = null;
      throw error;
    });
    return this.#key;
  }

  async #readKey(needed: boolean): Promise<Buffer> {
    const existing = await readPrivateFile(this.#keyFile);
    if (existing !== null) return this.#checkKey(existing);
    if (needed) throw new StartFailure(this.#keyGone());
    await makePrivateFolder(this.#folder);
    const made = randomBytes(keyOctets);
    if (await createDurably(this.#keyFile, made)) return made;
    return this.#readKey(needed);
  }

  #checkKey(key: Buffer): Buffer {
    if (key.length === keyOctets) return key;
    throw new StartFailure(
      `${this.#keyFile} is damaged: put back a copy of it, or remove it together with secrets.json and connect the accounts again.`,
    );
  }

  #keyGone(): string {
    return `${this.#keyFile} is missing, and without it secrets.json cannot be read: put the key back, or remove secrets.json and connect the accounts again.`;
  }

  #wrongKey(name: string): string {
    return `The secret "${name}" does not open with ${this.#keyFile}: put back the key that belongs to this folder, or connect the account again.`;
  }

  #explain(error: unknown): unknown {
    if (isCode(error, 'ENOSPC', 'EDQUOT'))
      return new StartFailure(
        `The disk of ${this.#folder} is full: free some space and try again.`,
      );
    if (isCode(error, 'EACCES', 'EPERM', 'EROFS'))
      return new StartFailure(
        `${this.#folder} cannot be read or written: let your account own it, or choose another folder with --data.`,
      );
    if (isCode(error, 'ENOTDIR', 'EEXIST'))
      return new StartFailure(`${this.#folder} is not a folder: choose another with --data.`);
    return error;
  }
}

function missing(error: unknown): null {
  if (isCode(error, 'ENOENT')) return null;
  throw error;
}

function parseSealed(text: string): Sealed | null {
  try {
    const { version, secrets } = JSON.parse(text);
    const isSealed = typeof secrets === 'object' && secrets !== null && version === 1;
    return isSealed && Object.values(secrets).every((each) => typeof each === 'string')
      ? secrets
      : null;
  } catch {
    return null;
  }
}

/**
 * The bytes of a file that only its owner may read, by one handle, so that what was looked at is what is read. Windows keeps no
 * such mode; there the folder of the person's account guards it.
 */
async function readPrivateFile(file: string): Promise<Buffer | null> {
  const handle = await open(file, 'r').catch(missing);
  if (handle === null) return null;
  try {
    const { mode } = await handle.stat();
    if (process.platform !== 'win32' && (mode & 0o077) !== 0)
      throw new StartFailure(
        `Other accounts of this machine may read ${file}: run chmod 600 on it, and change the secrets if others may have seen it.`,
      );
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}
