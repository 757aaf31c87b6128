import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

import { runCli } from '#test/fakes/run-cli.ts';

/** What `desktops --json` says of one. */
type PairedDesktop = { readonly id: string; readonly name: string };

/** The built relay, running as a program of its own on a folder, with what its operator does on the command line. */
export class RelayProcess {
  readonly url: string;
  readonly #folder: string;
  readonly #child: ChildProcess;

  private constructor(folder: string, child: ChildProcess, url: string) {
    this.#folder = folder;
    this.#child = child;
    this.url = url;
  }

  static async start(folder: string): Promise<RelayProcess> {
    const args = ['out/main/relay.js', '--port', '0', '--data', folder];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const errors: string[] = [];
    child.stderr.on('data', (bytes: Buffer) => errors.push(bytes.toString()));
    for await (const line of createInterface({ input: child.stdout })) {
      const url = /^Relay is ready at (\S+)$/u.exec(line)?.[1];
      if (url !== undefined) return new RelayProcess(folder, child, url);
    }
    throw new Error(`the relay did not start: ${errors.join('')}`);
  }

  /** A code by which one desktop may join. */
  pair(): string {
    return (JSON.parse(this.#operate('pair', '--json')) as { code: string }).code;
  }

  /** Lets the desktop of this name in no more. */
  revoke(name: string): void {
    const desktops = JSON.parse(this.#operate('desktops', '--json')) as PairedDesktop[];
    const desktop = desktops.find((each) => each.name === name);
    if (desktop === undefined) throw new Error(`no desktop ${name}`);
    this.#operate('revoke', desktop.id);
  }

  /** Ends it as its operator would. */
  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill('SIGTERM');
    await once(this.#child, 'exit');
  }

  #operate(...words: readonly string[]): string {
    return done(runCli([...words, '--data', this.#folder]));
  }
}

/** What a command of the command line printed, once it did what it was asked. */
export function done({ status, out, err }: ReturnType<typeof runCli>): string {
  if (status !== 0) throw new Error(`the command line ended with ${status}: ${err}`);
  return out;
}
