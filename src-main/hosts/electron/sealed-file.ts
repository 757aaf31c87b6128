import { readFile, rename } from 'node:fs/promises';
import path from 'node:path';

import { isCode, makePrivateFolder, writeDurably } from '#main/files/write-durably.ts';

/** Sealed texts in base64, by the secret's name. */
export type Sealed = Readonly<Record<string, string>>;

export type ReadSealed =
  | { readonly kind: 'read'; readonly sealed: Sealed }
  /** Nobody can read the file; it was set aside under `keptAs`, not deleted. */
  | { readonly kind: 'damaged'; readonly keptAs: string };

/** Reads a file of sealed secrets; one that is not there holds none. */
export async function readSealed(file: string): Promise<ReadSealed> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (isCode(error, 'ENOENT')) return null;
    throw error;
  });
  if (text === null) return { kind: 'read', sealed: {} };
  const sealed = parse(text);
  if (sealed !== null) return { kind: 'read', sealed };
  const keptAs = `${file}.damaged-${Date.now()}`;
  await rename(file, keptAs);
  return { kind: 'damaged', keptAs };
}

/** Durable when it resolves. The key store's name stands beside what only it can open. */
export async function writeSealed(file: string, keyStore: string, sealed: Sealed): Promise<void> {
  await makePrivateFolder(path.dirname(file));
  await writeDurably(file, `${JSON.stringify({ format: 1, keyStore, sealed }, null, 2)}\n`);
}

function parse(text: string): Sealed | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return null;
    const { format, sealed } = value as { format?: unknown; sealed?: unknown };
    return format === 1 && isSealed(sealed) ? sealed : null;
  } catch {
    return null;
  }
}

function isSealed(value: unknown): value is Sealed {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((text) => typeof text === 'string')
  );
}
