import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** The built served host, running on a data folder. */
export type ServedProgram = {
  /** Opens the screen. */
  readonly url: string;
  /** Milliseconds from the spawn to the line that says it is ready. */
  readonly readyMs: number;
  /** Megabytes of memory it takes now; null where the system does not tell. */
  residentMb(): number | null;
  stop(): Promise<void>;
};

const program = path.join(import.meta.dirname, '../out/main/served.js');
const startWithinMs = 60_000;

export async function startServedProgram(dataFolder: string): Promise<ServedProgram> {
  const flags = ['--no-open', '--port', '0', '--relay-port', '0', '--data', dataFolder];
  const from = performance.now();
  const child = spawn(process.execPath, [program, ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const url = await readAddress(child);
  const readyMs = performance.now() - from;
  return {
    url,
    readyMs,
    residentMb: () => residentMb(child.pid ?? 0),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

async function readAddress(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('the program has no output');
  const said: string[] = [];
  child.stderr?.on('data', (bytes: Buffer) => said.push(bytes.toString()));
  const late = setTimeout(() => child.kill('SIGKILL'), startWithinMs);
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      const url = /^Trunkline is ready at (\S+)$/.exec(line)?.[1];
      if (url !== undefined) return url;
    }
    throw new Error(`the program did not start: ${said.join('')}`);
  } finally {
    clearTimeout(late);
  }
}

function residentMb(pid: number): number | null {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) / 1_024;
  } catch {
    return null;
  }
}
