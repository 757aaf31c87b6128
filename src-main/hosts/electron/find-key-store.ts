import { randomUUID } from 'node:crypto';

import type { SafeStoragePart } from './electron-parts.ts';

/** `name` tells one key store from another on this computer; what one has sealed another cannot open. */
export type FoundKeyStore =
  | { readonly kind: 'found'; readonly name: string }
  | { readonly kind: 'none' };

/** Linux: neither holds a secret of this person's. `basic_text` is a password that is the same everywhere. */
const constantPasswords: ReadonlySet<string> = new Set(['basic_text', 'unknown']);
/** Linux: how text begins that was sealed with the constant password, whatever store was said to be selected. */
const constantPasswordMark = 'v10';

/** Looks for a key store of the system that can be trusted, and has it prove itself on one round trip. */
export async function findKeyStore(
  safeStorage: SafeStoragePart,
  platform: NodeJS.Platform,
): Promise<FoundKeyStore> {
  try {
    const name = platform === 'linux' ? safeStorage.getSelectedStorageBackend() : platform;
    if (constantPasswords.has(name)) return { kind: 'none' };
    if (!(await safeStorage.isAsyncEncryptionAvailable())) return { kind: 'none' };
    return (await provesItself(safeStorage, platform)) ? { kind: 'found', name } : { kind: 'none' };
  } catch {
    return { kind: 'none' };
  }
}

async function provesItself(
  safeStorage: SafeStoragePart,
  platform: NodeJS.Platform,
): Promise<boolean> {
  const probe = randomUUID();
  const sealed = await safeStorage.encryptStringAsync(probe);
  const mark = sealed.subarray(0, constantPasswordMark.length).toString('latin1');
  if (platform === 'linux' && mark === constantPasswordMark) return false;
  const { result } = await safeStorage.decryptStringAsync(sealed);
  return result === probe;
}
