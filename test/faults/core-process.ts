import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

/** A text the core is asked to send. */
export type ChildRequest = { readonly uid: string; readonly to: string; readonly text: string };

type ChildReport =
  | { readonly kind: 'ready'; readonly relayUrl: string }
  | { readonly kind: 'sent'; readonly uid: string }
  | { readonly kind: 'refused'; readonly uid: string; readonly why: string };

/** A core in a process of its own. */
export class CoreProcess {
  readonly #child: ChildProcess;
  readonly acknowledged = new Set<string>();
  readonly refused: string[] = [];
  relayUrl = '';

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  /** Starts `program` (a file of this folder) on a data folder and waits until it takes texts. */
  static async start(
    dataFolder: string,
    program = 'core-child.ts',
    env: NodeJS.ProcessEnv = {},
  ): Promise<CoreProcess> {
    const child = fork(new URL(program, import.meta.url), [dataFolder], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: { ...process.env, ...env },
    });
    const errors: string[] = [];
    child.stderr?.on('data', (bytes: Buffer) => errors.push(bytes.toString()));
    const running = new CoreProcess(child);
    const ready = new Promise<void>((resolve, reject) => {
      child.on('message', (report: ChildReport) => running.#hear(report, resolve));
      child.once('exit', (code) =>
        reject(new Error(`the core ended with ${code}: ${errors.join('')}`)),
      );
    });
    ready.catch(() => undefined);
    await ready;
    return running;
  }

  #hear(report: ChildReport, ready: () => void): void {
    if (report.kind === 'sent') this.acknowledged.add(report.uid);
    if (report.kind === 'refused') this.refused.push(report.why);
    if (report.kind !== 'ready') return;
    this.relayUrl = report.relayUrl;
    ready();
  }

  send(request: ChildRequest): void {
    if (this.#child.connected) this.#child.send(request, () => undefined);
  }

  /** Freezes it, or lets it go on. */
  signal(name: 'SIGSTOP' | 'SIGCONT'): void {
    this.#child.kill(name);
  }

  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill('SIGKILL');
    await once(this.#child, 'exit');
  }
}
