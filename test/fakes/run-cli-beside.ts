import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';

import type { CliRun } from './run-cli.ts';

/** Runs `npm run trunkline` with these words to its end, while what this process serves goes on. */
export async function runCliBeside(args: readonly string[]): Promise<CliRun> {
  const program = path.resolve('src-main/hosts/cli/start.ts');
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, err] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { status: child.exitCode, out, err };
}
