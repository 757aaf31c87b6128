import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

import { onTestFinished } from 'vitest';

import { openSqliteLog } from '#main/relay/sqlite-log.ts';
import { readAll, textOf } from '#test/fakes/deliveries.ts';

const program = path.join(import.meta.dirname, 'relay-in-child.ts');

/** A relay in a process of its own, to be killed. */
export class RelayProcess {
  readonly url: string;
  readonly #child: ChildProcess;

  private constructor(url: string, child: ChildProcess) {
    this.url = url;
    this.#child = child;
  }

  static async start(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<RelayProcess> {
    const child = spawn(process.execPath, [program, ...args], {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, ...env },
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    return new RelayProcess(line.toString().trim(), child);
  }

  /** Posts a text; resolves with the status, or with null where no answer came. */
  async post(text: string): Promise<number | null> {
    try {
      const answer = await fetch(`${this.url}/hooks/acme/c1`, { method: 'POST', body: text });
      return answer.status;
    } catch {
      return null;
    }
  }

  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill('SIGKILL');
    await once(this.#child, 'exit');
  }
}

/** What became of the acknowledged texts in a log that no relay holds any more. */
export async function tallyLog(dataFile: string, acknowledged: Iterable<string>) {
  const log = openSqliteLog(dataFile);
  const stored = await readAll(log);
  await log.close();
  const texts = stored.map(textOf);
  const known = new Set(texts);
  const unique = new Set(acknowledged);
  return {
    acknowledged: unique.size,
    stored: texts.length,
    lost: [...unique].filter((text) => !known.has(text)).length,
    twice: texts.length - known.size,
    gaps: stored.filter(({ seq }, index) => seq !== index + 1).length,
  };
}

/** Repeatable chance: the same seed gives the same numbers, from 0 to below 1. */
export function chanceFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}
