import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { onTestFinished } from 'vitest';

import type { Core, StoredMedia } from '#main/core/core.ts';
import type { HostServices } from '#main/core/host-services.ts';
import { mediaBase } from '#main/hosts/electron/pages.ts';
import { startElectronHost } from '#main/hosts/electron/start-electron-host.ts';
import type { Wire } from '#shared/contract/wire.ts';

import { runPreload } from './electron-double-pair.ts';
import { ElectronDouble, type Desktop } from './electron-double.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A core that remembers what its host did with it. */
class CoreDouble implements Core {
  readonly relayUrl = 'http://127.0.0.1:4418';
  readonly wires: Wire[] = [];
  readonly media = new Map<string, StoredMedia>();
  readonly host: HostServices;
  stops = 0;
  /** What stopping waits for. */
  stopping: Promise<void> = Promise.resolve();

  constructor(host: HostServices) {
    this.host = host;
  }

  attach(wire: Wire): void {
    this.wires.push(wire);
  }

  readMedia(id: string): StoredMedia | null {
    return this.media.get(id) ?? null;
  }

  stop(): Promise<void> {
    this.stops += 1;
    return this.stopping;
  }
}

export type HostDoubleOptions = {
  readonly desktop?: Desktop;
  readonly dataFolder?: string;
  readonly platform?: NodeJS.Platform;
  readonly allowDevTools?: boolean;
  /** Thrown by the start of the core. */
  readonly coreFailure?: Error;
  /** Changes the double before the host starts. */
  readonly prepare?: (electron: ElectronDouble) => void;
};

/** What a host did and said, from its start to its end. */
export type RunningHost = {
  readonly electron: ElectronDouble;
  readonly dataFolder: string;
  /** Of the core that was started; throws where none was. */
  readonly core: CoreDouble;
  readonly printed: string[];
  readonly warned: string[];
  readonly launcherWords: string[];
};

/** Starts the whole desktop host over the double, with a small built screen. */
export async function startHost(options: HostDoubleOptions = {}): Promise<RunningHost> {
  const electron = new ElectronDouble({
    runPreload,
    ...(options.desktop === undefined ? {} : { desktop: options.desktop }),
  });
  options.prepare?.(electron);
  const dataFolder = options.dataFolder ?? temporaryFolder();
  const said = { printed: [] as string[], warned: [] as string[], launcherWords: [] as string[] };
  let core: CoreDouble | null = null;
  await startElectronHost(electron, {
    dataFolder,
    core: { relayPort: 0, mediaBase, sandboxSpeed: 1, sandboxSeed: 1 },
    built: { pages: buildPages(), preload: '/built/preload.cjs' },
    platform: options.platform ?? 'linux',
    allowDevTools: options.allowDevTools ?? false,
    startCore: async (host) => {
      if (options.coreFailure !== undefined) throw options.coreFailure;
      return (core = new CoreDouble(host));
    },
    tellLauncher: (word) => said.launcherWords.push(word),
    print: (line) => said.printed.push(line),
    warn: (line) => said.warned.push(line),
  });
  await settle();
  onTestFinished(() => electron.windows.forEach((window) => window.webContents.destroy()));
  return {
    electron,
    dataFolder,
    ...said,
    get core() {
      if (core === null) throw new Error('No core was started');
      return core;
    },
  };
}

/** Long enough for everything sent between processes to have arrived. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20));
}

function buildPages(): string {
  const folder = temporaryFolder();
  mkdirSync(path.join(folder, 'assets'));
  writeFileSync(path.join(folder, 'index.html'), '<!doctype html><title>Trunkline</title>');
  writeFileSync(path.join(folder, 'assets', 'index-1.js'), 'export {};');
  writeFileSync(path.join(folder, 'assets', 'index-1.css'), 'body {}');
  writeFileSync(path.join(folder, 'assets', 'inter.woff2'), 'font');
  return folder;
}
