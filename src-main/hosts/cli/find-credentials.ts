import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';

import { credentialsName, readCredentials } from '#main/core/connections/credentials.ts';
import { StartFailure } from '#main/core/core.ts';
import { createKeyFileStore } from '#main/core/key-file-store.ts';
import type { CredentialsFound, FindCredentials } from '#main/review/checks/check-secrets.ts';

/**
 * Looks for the credentials of connections: in the key file, which is opened, and by name in the files that the key store of
 * the system sealed for the window, which only the window can open. Nothing is written, and no secret leaves this function.
 */
export function findCredentialsIn(dataFolder: string): FindCredentials {
  const secrets = createKeyFileStore(dataFolder);
  return async (connectionId): Promise<CredentialsFound> => {
    try {
      if ((await readCredentials(secrets, connectionId)) !== null) return { kind: 'opened' };
    } catch (error) {
      return { kind: 'unreadable', sentence: sentenceOf(error) };
    }
    const sealed = await namesInKeyStores(dataFolder);
    return { kind: sealed.has(credentialsName(connectionId)) ? 'in-key-store' : 'missing' };
  };
}

function sentenceOf(error: unknown): string {
  if (error instanceof StartFailure) return error.message;
  if (error instanceof SyntaxError) return 'its credentials are damaged; enter them again';
  throw error;
}

async function namesInKeyStores(dataFolder: string): Promise<Set<string>> {
  const files = (await readdir(dataFolder)).filter((name) => /^secrets-.+\.json$/.test(name));
  const names = await Promise.all(files.map((name) => namesIn(path.join(dataFolder, name))));
  return new Set(names.flat());
}

/* A file that cannot be read holds nothing for us; the window says so itself. */
async function namesIn(file: string): Promise<string[]> {
  try {
    const { sealed } = JSON.parse(await readFile(file, 'utf8')) as { sealed?: object };
    return Object.keys(sealed ?? {});
  } catch {
    return [];
  }
}
