import { readFile } from 'node:fs/promises';
import { text as readAll } from 'node:stream/consumers';

import {
  keepConnection,
  mustFindProvider,
  tryOpening,
} from '#main/core/connections/change-connections.ts';
import { readConnectFile } from '#main/core/connections/connect-file.ts';
import { needsPathSecret } from '#main/core/connections/connection-book.ts';
import { pathSecretOf } from '#main/core/connections/credentials.ts';
import { hookAddresses } from '#main/core/connections/hook-addresses.ts';
import { createKeyFileStore } from '#main/core/key-file-store.ts';
import { openWorkspace } from '#main/core/open-workspace.ts';
import { findConnection } from '#main/history/connections.ts';
import { newConnectionSchema } from '#shared/contract/connection-shapes.ts';

import { dataFolderIn, readWords, textIn } from './read-words.ts';
import { WrongUse } from './wrong-use.ts';

/** `connect PROVIDER --data DIR --from FILE.json`: keeps a connection and prints where the carrier should call. */
export async function connect(argv: readonly string[]): Promise<number> {
  const words = readWords(argv, {
    data: { type: 'string' },
    from: { type: 'string' },
    'public-url': { type: 'string' },
  });
  const [providerId, ...more] = words.positionals;
  const from = textIn(words, 'from');
  if (providerId === undefined || more.length > 0)
    throw new WrongUse('Name one carrier: connect PROVIDER --data DIR --from FILE.json.');
  if (from === null)
    throw new WrongUse(
      'Say where the credentials are with --from FILE.json, or --from - for standard input.',
    );
  const dataFolder = dataFolderIn(words);
  const provider = mustFindProvider(providerId);
  const publicUrl = textIn(words, 'public-url');
  if (!newConnectionSchema.shape.publicUrl.safeParse(publicUrl).success)
    throw new WrongUse(
      '--public-url must be the address at which carriers reach the relay, such as https://hooks.example.com.',
    );
  const file = readConnectFile(await readSource(from), { provider: providerId, publicUrl });
  if (file.kind === 'wrong') throw new WrongUse(file.sentence);
  const workspace = openWorkspace(dataFolder);
  try {
    const secrets = createKeyFileStore(dataFolder);
    const { db } = workspace;
    const connectionId = await keepConnection({ db, secrets, now: Date.now() }, file.wanted);
    const connection = findConnection(db, connectionId);
    if (connection === undefined) throw new Error('the connection just kept is not there');
    const pathSecret = needsPathSecret(provider) ? await pathSecretOf(secrets, connectionId) : null;
    const { capabilities } = tryOpening(file.wanted).adapter;
    const hooks = hookAddresses(
      { connection, capabilities, pathSecret },
      connection.publicUrl ?? '',
    );
    process.stdout.write(`${JSON.stringify({ connectionId, hooks })}\n`);
    return 0;
  } finally {
    workspace.close();
  }
}

async function readSource(from: string): Promise<string> {
  if (from === '-') return readAll(process.stdin);
  try {
    return await readFile(from, 'utf8');
  } catch {
    throw new WrongUse(
      `The file ${from} cannot be read: check its name, or use --from - for standard input.`,
    );
  }
}
