import path from 'node:path';

import { closeHistory, openHistory } from '#main/history/open-history.ts';
import { MediaLinks } from '#main/relay/media-links/media-links.ts';

import { ConnectionBook } from './connections/connection-book.ts';
import { ConnectionHealth } from './connections/connection-health.ts';
import type { Core, CoreOptions } from './core.ts';
import { explainStart } from './explain-start.ts';
import { addFirstAccount } from './first-account.ts';
import type { HostServices } from './host-services.ts';
import { prepareDataFolder } from './prepare-data-folder.ts';
import { runDesk } from './run-desk.ts';
import { startEmbeddedRelay } from './start-embedded-relay.ts';
import { startSandbox } from './start-sandbox.ts';

/**
 * Puts the whole program together: takes the data folder, opens the history, starts the sandbox and the relay, and sets both
 * roads going. Everything that was opened is closed again where a later step fails.
 * @throws {StartFailure}
 */
export async function startCore(host: HostServices, options: CoreOptions): Promise<Core> {
  const undo: (() => void | Promise<void>)[] = [];
  try {
    return await assemble(host, options, undo);
  } catch (error) {
    for (const step of undo.toReversed()) await step();
    throw explainStart(error, host.dataFolder);
  }
}

type Undo = (() => void | Promise<void>)[];

async function assemble(host: HostServices, options: CoreOptions, undo: Undo): Promise<Core> {
  undo.push(prepareDataFolder(host.dataFolder));
  const db = openHistory(host.dataFolder);
  undo.push(() => closeHistory(db));
  addFirstAccount(db, host.clock.now());
  const sandbox = await startSandbox(db, host, options);
  if (sandbox !== null) undo.push(() => sandbox.carrier.stop());
  const whereIs = (id: string): string | null =>
    id === sandbox?.connectionId ? sandbox.carrier.url : null;
  const book = new ConnectionBook({ db, secrets: host.secrets, whereIs });
  await book.openAll();
  const health = new ConnectionHealth();
  const links = new MediaLinks({
    folder: path.join(host.dataFolder, 'outbound-media'),
    clock: host.clock,
  });
  undo.push(() => links.close());
  const { relayPort: port, mediaBase } = options;
  const relay = await startEmbeddedRelay({ host, db, book, health, links, port });
  undo.push(() => relay.stop());
  await book.relayListensOn(relay.url);
  sandbox?.carrier.setWebhookUrl(`${relay.url}/hooks/sandbox/${sandbox.connectionId}`);
  const desk = runDesk({ host, db, book, health, relay, links, mediaBase });
  undo.push(() => desk.stop());
  return {
    relayUrl: relay.url,
    attach: desk.attach,
    readMedia: desk.readMedia,
    stop: once(async () => {
      for (const step of undo.toReversed()) await step();
    }),
  };
}

function once(deed: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | null = null;
  return () => (done ??= deed());
}
