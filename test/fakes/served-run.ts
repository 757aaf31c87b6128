import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { onTestFinished } from 'vitest';

/** Takes the page's folder as its first word. */
export const program = path.resolve(import.meta.dirname, 'served-program.ts');
/** The program as a person starts it. */
export const entry = path.resolve(import.meta.dirname, '../../src-main/hosts/served/start.ts');

export async function tempFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'trunkline-served-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export async function pageFolder(): Promise<string> {
  const folder = await tempFolder();
  await writeFile(path.join(folder, 'index.html'), '<!doctype html><title>Trunkline</title>');
  return folder;
}

/** A program under way, and all it has said so far. */
export class Run {
  stdout = '';
  stderr = '';
  readonly #child: ChildProcess;
  readonly #left: Promise<number>;

  constructor(words: readonly string[], env: Readonly<Record<string, string>> = {}) {
    const { DISPLAY: _d, WAYLAND_DISPLAY: _w, ...inherited } = process.env;
    this.#child = spawn(process.execPath, words, { env: { ...inherited, ...env } });
    this.#child.stdout?.on('data', (part) => (this.stdout += part));
    this.#child.stderr?.on('data', (part) => (this.stderr += part));
    this.#left = once(this.#child, 'close').then(([code]) => code as number);
    onTestFinished(async () => {
      this.#child.kill('SIGKILL');
      await this.#left;
    });
  }

  left(): Promise<number> {
    return this.#left;
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  /** Waits until it has said so much on standard output, or has ended. */
  async saidLines(count: number): Promise<string[]> {
    const lines = () => this.stdout.split('\n').slice(0, -1);
    while (lines().length < count) {
      const ended = await Promise.race([
        this.#left.then(() => true),
        new Promise<false>((resolve) => setTimeout(() => resolve(false), 10)),
      ]);
      if (ended) throw new Error(`it ended, saying: ${this.stderr}`);
    }
    return lines();
  }
}

/** A program that has said where it is. */
export async function start(
  more: readonly string[] = ['--no-open'],
  env: Record<string, string> = {},
) {
  const data = path.join(await tempFolder(), 'data');
  const run = new Run([program, await pageFolder(), '--port', '0', '--data', data, ...more], env);
  const [ready = '', relay = ''] = await run.saidLines(2);
  const url = new URL(ready.replace('Trunkline is ready at ', ''));
  return {
    run,
    data,
    ready,
    relay,
    url,
    relayUrl: new URL(relay.replace('Relay is ready at ', '')),
  };
}

/** What a program that cannot start says and returns. */
export async function failToStart(words: readonly string[], env: Record<string, string> = {}) {
  const run = new Run(words, env);
  const code = await run.left();
  return { code, stdout: run.stdout, stderr: run.stderr };
}
