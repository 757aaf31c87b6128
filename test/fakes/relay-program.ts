import path from 'node:path';

import { keepConnection } from '#main/core/connections/change-connections.ts';
import { createKeyFileStore } from '#main/core/key-file-store.ts';
import { openWorkspace } from '#main/core/open-workspace.ts';
import { DesktopBook } from '#main/relay/stream/desktop-book.ts';
import type { NewConnection } from '#shared/contract/connection-shapes.ts';

import { Run } from './served-run.ts';
import { type Identity, StreamDesktop } from './stream-desktop.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** The program as a person starts it. */
export const relayEntry = path.resolve('src-main/hosts/relay/start.ts');

/** The relay as a program of its own, with a data folder of the test's. */
export class RelayProgram {
  readonly run: Run;
  readonly data: string;
  readonly url: string;

  private constructor(run: Run, data: string, url: string) {
    this.run = run;
    this.data = data;
    this.url = url;
  }

  static async start(
    data: string = temporaryFolder(),
    words: readonly string[] = [],
  ): Promise<RelayProgram> {
    const run = new Run([relayEntry, '--data', data, '--port', '0', ...words]);
    const [line = ''] = await run.saidLines(1);
    return new RelayProgram(run, data, line.replace('Relay is ready at ', ''));
  }

  /** Pairs a desktop by a code that this process makes in the relay's folder, as the command line does. */
  pair(name = 'Desk 1', folder = this.data): Promise<Identity> {
    const desktops = new DesktopBook(path.join(folder, 'desktops.db'));
    try {
      return StreamDesktop.pair(this.url, desktops.makeCode(Date.now()).code, name);
    } finally {
      desktops.close();
    }
  }

  /** Tells it to stop, and resolves with what it ended with. */
  stop(): Promise<number> {
    this.run.signal('SIGTERM');
    return this.run.left();
  }
}

/** Connects an account, as the command line does before a relay starts on a folder; its id. */
export async function connectAccount(
  folder: string,
  wanted: Pick<NewConnection, 'provider' | 'credentials'> & Partial<NewConnection>,
): Promise<string> {
  const workspace = openWorkspace(folder);
  try {
    const keeping = { db: workspace.db, secrets: createKeyFileStore(folder), now: Date.now() };
    const numbers = [{ number: '+15550100001', label: 'Desk', numberType: '10dlc' as const }];
    const usual = { label: 'Shop', baseUrl: null, publicUrl: null, numbers };
    return await keepConnection(keeping, { ...usual, ...wanted });
  } finally {
    workspace.close();
  }
}
