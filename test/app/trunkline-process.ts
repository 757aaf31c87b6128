import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** A fresh, empty data folder. */
export function newDataFolder(): string {
  return mkdtempSync(path.join(tmpdir(), 'trunkline-app-'));
}

/** Deletes a data folder and everything in it. */
export function removeDataFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** The built served host, running as a program of its own on a data folder. */
export class TrunklineProcess {
  readonly dataFolder: string;
  readonly #child: ChildProcess;
  readonly lines: string[] = [];
  url = '';
  relayUrl = '';

  private constructor(dataFolder: string, child: ChildProcess) {
    this.dataFolder = dataFolder;
    this.#child = child;
  }

  /** @param now what its clock shows as it starts, milliseconds since 1970; the right time where nothing is given */
  static async start(
    dataFolder: string,
    flags: readonly string[] = [],
    now: number = Date.now(),
  ): Promise<TrunklineProcess> {
    const flagsOfNode = ['--import', clockAhead(now - Date.now())];
    const host = ['out/main/served.js', '--no-open', '--port', '0', '--data', dataFolder];
    const args = [...flagsOfNode, ...host, ...flags];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const running = new TrunklineProcess(dataFolder, child);
    await running.#ready();
    return running;
  }

  async #ready(): Promise<void> {
    const errors: string[] = [];
    this.#child.stderr?.on('data', (bytes: Buffer) => errors.push(bytes.toString()));
    if (this.#child.stdout === null) throw new Error('the program has no output');
    for await (const line of createInterface({ input: this.#child.stdout })) {
      this.lines.push(line);
      this.relayUrl ||= /^Relay is ready at (\S+)$/.exec(line)?.[1] ?? '';
      this.url ||= /^Trunkline is ready at (\S+)$/.exec(line)?.[1] ?? '';
      if (this.url !== '' && this.relayUrl !== '') return;
    }
    throw new Error(`Trunkline did not start: ${errors.join('')}`);
  }

  /** Ends it as a person would, and waits until it has. */
  async stop(): Promise<number | null> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      this.#child.kill('SIGTERM');
      await once(this.#child, 'exit');
    }
    return this.#child.exitCode;
  }

  /** Ends it as a power cut would. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await once(this.#child, 'exit');
  }
}

/** A module that sets a program's clock ahead by so many milliseconds. */
const clockAhead = (ms: number): string =>
  `data:text/javascript,const now = Date.now; Date.now = () => now() + ${ms};`;
