import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import { ours, sandboxOptions } from './sandbox-desk.ts';

const program = fileURLToPath(new URL('run-sandbox-carrier.ts', import.meta.url));

/** A sandbox carrier in a process of its own, to be killed. */
export class SandboxProcess {
  /** Resolves when the process is gone. */
  readonly ended: Promise<unknown>;
  readonly #child: ChildProcess;
  readonly #url: string;

  private constructor(child: ChildProcess, url: string) {
    this.#child = child;
    this.#url = url;
    this.ended = once(child, 'exit');
  }

  static async start(dataFile: string): Promise<SandboxProcess> {
    const child = spawn(process.execPath, [program, dataFile], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    return new SandboxProcess(child, line.toString().trim());
  }

  async send(to: string, reference: string): Promise<Response> {
    return await fetch(`${this.#url}/v1/messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${sandboxOptions().account.apiKey}` },
      body: JSON.stringify({ from: ours, to, text: 'Hello', reference }),
    });
  }

  /** Without a warning: SIGKILL. */
  kill(): void {
    this.#child.kill('SIGKILL');
  }
}
